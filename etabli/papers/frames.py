"""What surrounds a picture that leaves the page: its title above, its source and warnings below.

Inside a page the title is a heading and the source a caption; a file that is saved or sent must carry both itself.
"""

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from etabli.papers import fonts, look
from etabli.papers.signs import valid

ROOT = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)" viewBox="0 0 [\d.]+ [\d.]+"[^>]*>')
MARGIN = 12
TITLE_SIZE, TITLE_LEAD = 17, 22
NOTE_SIZE, NOTE_LEAD = 12, 16


@dataclass(frozen=True)
class Frame:
    """Words around a picture: the title, then one line or more for each note (source, date, scope, fiction)."""

    title: str
    notes: tuple[str, ...] = ()


def framed(drawing: str, frame: Frame) -> str:
    """`drawing` (an SVG file) on white, larger by its title and its notes. The viewBox keeps one unit for one pixel."""
    root = ROOT.search(drawing)
    if root is None:
        raise ValueError("drawing has no width, height and viewBox")
    width, height = float(root[1]), float(root[2])
    title = fonts.wrap(frame.title, TITLE_SIZE, width, "Semibold")
    notes = [line for note in frame.notes for line in fonts.wrap(note, NOTE_SIZE, width)]
    top = MARGIN + len(title) * TITLE_LEAD + 4
    total_width, total_height = width + 2 * MARGIN, top + height + 8 + len(notes) * NOTE_LEAD + MARGIN
    opening = root.group().replace(f'width="{root[1]}" height="{root[2]}"', f'width="{total_width:g}" '
                                   f'height="{total_height:g}"')  # fmt: skip
    opening = re.sub(r'viewBox="[^"]*"', f'viewBox="0 0 {total_width:g} {total_height:g}"', opening)
    parts = [opening, f'<rect width="{total_width:g}" height="{total_height:g}" fill="{look.SHEET}"/>']
    parts += [_line(text, MARGIN + (number + 0.75) * TITLE_LEAD, TITLE_SIZE, look.INK, 600)
              for number, text in enumerate(title)]  # fmt: skip
    parts += [f'<g transform="translate({MARGIN},{top:g})">', drawing[root.end() : -len("</svg>")], "</g>"]
    parts += [_line(text, top + height + 8 + (number + 0.75) * NOTE_LEAD, NOTE_SIZE, look.INK_SOFT, 400)
              for number, text in enumerate(notes)]  # fmt: skip
    return "".join([*parts, "</svg>"])


def _line(text: str, y: float, size: int, colour: str, weight: int) -> str:
    return (
        f'<text x="{MARGIN}" y="{y:g}" font-family="{fonts.STACK}" font-size="{size}px" font-weight="{weight}" '
        f'fill="{colour}">{escape(valid(text))}</text>'
    )
