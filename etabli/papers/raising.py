"""« 1er » with its letters raised, in a Word document and in a drawing; the words stay the same for who listens."""

import copy
import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

LETTERS = re.compile(r"(?<=(?<!\w)1)er(?!\w)")
SMALL, RISE = 0.7, 0.25  # of the size of the text around
RUN, TEXT, LOOK = qn("w:r"), qn("w:t"), qn("w:rPr")


def raise_in_word(page: Any) -> None:
    """In the body of a document of python-docx, and at the foot and head of its pages."""
    edges = [edge for part in page.sections for edge in (part.header, part.footer) if not edge.is_linked_to_previous]
    for root in (page.element.body, *(edge._element for edge in edges)):  # noqa: SLF001 - the library has no other way
        for run in list(root.iter(RUN)):
            if any(LETTERS.search(text.text or "") for text in run.findall(TEXT)):
                _cut(run)


def _cut(run: Any) -> None:
    """One run in several, the letters in their own."""
    for part in [part for part in run if part.tag != LOOK]:
        if part.tag != TEXT:
            run.addprevious(_like(run, part))
            continue
        pieces = LETTERS.split(part.text or "")
        for number, piece in enumerate(pieces):
            if number:
                Run(_like(run, _text("er"), before=run), None).font.superscript = True  # type: ignore[arg-type] # no parent is asked for
            if piece:
                _like(run, _text(piece), before=run)
    run.getparent().remove(run)


def _like(run: Any, part: Any, before: Any = None) -> Any:
    made, look = OxmlElement("w:r"), run.find(LOOK)
    if look is not None:
        made.append(copy.deepcopy(look))
    made.append(part)
    if before is not None:
        before.addprevious(made)
    return made


def _text(words: str) -> Any:
    made = OxmlElement("w:t")
    made.text = words
    made.set(qn("xml:space"), "preserve")
    return made


def raised(words: str) -> str:
    """The content of a `<text>` of SVG, already escaped."""
    first, *others = LETTERS.split(words)
    letters = f'<tspan dy="-{RISE / SMALL:.3g}em" font-size="{SMALL:.0%}">er</tspan>'
    return first + "".join(f'{letters}<tspan dy="{RISE}em">{one}</tspan>' if one else letters for one in others)
