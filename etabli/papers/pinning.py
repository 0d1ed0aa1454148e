"""Texts of a drawing held to the width they were measured at, whatever typeface the reader has.

A file that is sent, or a page whose typeface did not load, is drawn with another one, often a tenth wider: names would
leave the picture. SVG lets each text say its length; with our own typeface nothing changes but a percent of kerning.
"""

import re
from html import unescape

from etabli.papers import fonts
from etabli.papers.raising import LETTERS, SMALL, raised

TEXT = re.compile(r"<text ([^>]*)>([^<]+)</text>")
SIZE = re.compile(r'font-size="([\d.]+)px"')
HEAVY = re.compile(r'font-weight="(?:600|700|bold)"')


def pinned(drawing: str) -> str:
    """`drawing` (SVG) with the length of each of its texts."""
    return TEXT.sub(_pinned, drawing)


def with_raised(drawing: str) -> str:
    """`drawing` (SVG) whose « 1er » have their letters raised, its texts as long as the renderer makes them."""
    return TEXT.sub(lambda found: f"<text {found[1]}>{raised(found[2])}</text>", drawing)


def _pinned(found: re.Match[str]) -> str:
    attributes, words = found.groups()
    size = SIZE.search(attributes)
    if size is None or "textLength" in attributes:
        return f"<text {attributes}>{raised(words)}</text>"
    weight = "Semibold" if HEAVY.search(attributes) else "It" if 'font-style="italic"' in attributes else "Regular"
    length = fonts.width(unescape(words), float(size[1]), weight)
    length -= len(LETTERS.findall(words)) * (1 - SMALL) * fonts.width("er", float(size[1]), weight)
    return f'<text {attributes} textLength="{length:.1f}" lengthAdjust="spacingAndGlyphs">{raised(words)}</text>'
