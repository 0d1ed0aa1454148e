"""A report as slides: what was held, each axis with its large figures and gauges, what was said, the decisions."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Cm, Pt

from etabli.pacts.reports.contents import HELD, LATE, MISSED, Content
from etabli.pacts.reports.outputs import (
    BLUE,
    CLAY,
    FAMILY,
    INK,
    PAPER,
    SAGE,
    SOFT,
    Pictures,
    beside,
    decision,
    definition,
    gauge_png,
)

WIDE, HIGH, LEFT, ROOM, STEP, FOOT = 33.87, 19.05, 2.0, 29.87, 3.2, 17.6  # centimetres
WIDTHS, NUMBERS = (1.8, 15.87, 4.6, 3.3, 3.8), (2, 3)
WASH, WHITE = "F1ECE3", "FFFFFF"
PER_SLIDE, PER_TABLE = 3, 8
FEW_LETTERS = 450  # of what is written, that stand large in the place of one figure
LINE_LETTERS, LETTERS_PER_CM = 110, 140
REST = "La suite est dans les commentaires de cette diapositive."
FIRST = re.compile(r"(?<=\b1)(er)\b")
TITLE_ONLY = 5  # layout of the library's own template


def _ink(colour: str) -> Any:
    return RGBColor.from_string(colour)  # type: ignore[no-untyped-call] # the library has types for the rest


@dataclass(frozen=True)
class Look:
    """How lines are set."""

    size: int = 16
    colour: str = INK
    bold: bool = False
    right: bool = False


class _Show:
    """The presentation being made: every slide has its title, its foot and the paper of the house."""

    def __init__(self, content: Content) -> None:
        self.file = Presentation()
        self.file.core_properties.title, self.file.core_properties.author = content["title"], "Établi"
        self.file.core_properties.language = "fr-FR"
        self.file.slide_width, self.file.slide_height = Cm(WIDE), Cm(HIGH)
        fiction = "Données fictives · " if content["fictitious"] else ""
        self.foot = f"{fiction}{content['title']}"

    def slide(self, title: str, *, size: int = 26, top: float = 1.2, height: float = 2.4) -> Any:
        """The next slide."""
        made = self.file.slides.add_slide(self.file.slide_layouts[TITLE_ONLY])
        made.background.fill.solid()
        made.background.fill.fore_color.rgb = _ink(PAPER)
        head = made.shapes.title
        head.left, head.top, head.width, head.height = Cm(LEFT), Cm(top), Cm(ROOM), Cm(height)
        head.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        _said(head, [title], Look(size, bold=True))
        _bar(made, LEFT + 0.25, top + height + 0.15)
        self.box(made, [f"{self.foot} · {len(self.file.slides)}"], 17.9, Look(11, SOFT))
        return made

    @staticmethod
    def box(slide: Any, lines: Sequence[str], top: float, look: Look, *, height: float = 1) -> None:
        """Lines of text at some height."""
        _said(slide.shapes.add_textbox(Cm(LEFT), Cm(top), Cm(ROOM), Cm(height)), lines, look)


def pptx(content: Content, photos: Pictures) -> bytes:
    """The presentation; what each figure counts stands in the notes of its slide."""
    show = _Show(content)
    _first(show, content)
    figures = [(axis["number"], one) for axis in content["axes"] for one in axis["figures"]]
    for start in range(0, len(figures), PER_TABLE):
        _summary(show, figures[start : start + PER_TABLE], content["headline"])
    for axis in content["axes"]:
        for start in range(0, len(axis["figures"]), PER_SLIDE):
            _axis(show, axis, axis["figures"][start : start + PER_SLIDE], more=start > 0)
        for one in axis["photos"]:
            _photo(show, axis, one["alt"], photos[one["pk"]])
    for start in range(0, len(content["decisions"]), PER_TABLE):
        slide = show.slide("Décisions de l’année")
        several = content["decisions"][start : start + PER_TABLE]
        show.box(slide, [f"• {decision(one)}" for one in several], 4.6, Look(18), height=12)
    saved = io.BytesIO()
    show.file.save(saved)
    return saved.getvalue()


def _first(show: _Show, content: Content) -> None:
    slide = show.slide(content["title"], size=36, top=3, height=4.2)
    show.box(slide, [content["headline"]], 8, Look(24, BLUE, bold=True))
    show.box(slide, [f"{content['convention']}, {content['dates']}", *content["parties"]], 10.2, Look(17), height=4)
    show.box(slide, [content["subtitle"], content["version"]], 15, Look(13, SOFT), height=2)


def _summary(show: _Show, figures: Sequence[tuple[str, Content]], headline: str) -> None:
    slide = show.slide(headline or "Les objectifs de l’année")
    rows = [("Axe", "Objectif", "Réalisé", "Cible", "État")]
    rows += [(number, one["title"], one["value"], one["target"], one["state"]) for number, one in figures]
    height = Cm(1.35 * len(rows))
    frame = slide.shapes.add_table(len(rows), len(WIDTHS), Cm(LEFT + 0.25), Cm(4.5), Cm(sum(WIDTHS)), height)
    _describe(frame._element.nvGraphicFramePr, "Les objectifs, ce qui est réalisé et ce qui était visé")  # noqa: SLF001 - the library has no other way
    table = frame.table
    table.horz_banding = False
    for place, width in enumerate(WIDTHS):
        table.columns[place].width = Cm(width)
    for rank, texts in enumerate(rows):
        for place, text in enumerate(texts):
            _cell(table.cell(rank, place), text, head=rank == 0, number=place in NUMBERS)


def _cell(cell: Any, text: str, *, head: bool, number: bool) -> None:
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = _ink(WASH if head else WHITE)
    colour = {HELD: SAGE, MISSED: CLAY, LATE: CLAY}.get(text, SOFT if head else INK)
    _said(
        cell,
        [text],
        Look(14 if head else 16, colour, bold=head or number or text in (HELD, MISSED, LATE), right=number),
    )


def _axis(show: _Show, axis: Content, figures: Sequence[Content], *, more: bool) -> None:
    slide = show.slide(f"Axe {axis['number']}. {axis['title']}{' (suite)' if more else ''}")
    for place, figure in enumerate(figures):
        top, printed = 4.5 + STEP * place, not figure["hidden"]
        show.box(slide, [figure["title"]], top, Look(18, bold=True))
        show.box(slide, [figure["sentence"]], top + 0.95, Look(18, BLUE) if printed else Look(14, SOFT))
        if figure["svg"]:
            drawing = io.BytesIO(gauge_png(figure["svg"]))
            drawn = slide.shapes.add_picture(drawing, Cm(LEFT + 0.25), Cm(top + 2), Cm(ROOM - 0.5))
            _describe(drawn._element._nvXxPr, figure["alt"])  # noqa: SLF001 - the library has no other way
    below, said = 4.7 + STEP * len(figures), [*axis["comment"], *map(_quoted, axis["quotations"])]
    if said and not more and below + 2 < FOOT:
        few = sum(map(len, said)) < FEW_LETTERS * (PER_SLIDE - len(figures))
        fitting = _fitting(said, int((FOOT - below) * LETTERS_PER_CM))
        show.box(slide, fitting, below, Look(18 if few else 15), height=FOOT - below)
    told = [*said, *axis["withdrawn"]]
    for figure in figures:
        told += [figure["title"], *beside(figure), definition(figure)]
    slide.notes_slide.notes_text_frame.text = "\n".join(told)


def _fitting(lines: Sequence[str], room: int) -> list[str]:
    """As many letters as the slide has room for, cut between words; the notes have them all."""
    kept: list[str] = []
    for line in lines:
        if len(line) > room:
            return [*kept, f"{line[:room].rpartition(' ')[0]}\u00a0…".lstrip(), REST]
        kept.append(line)
        room -= len(line) + LINE_LETTERS // 2
    return kept


def _quoted(one: Content) -> str:
    return f"«\u00a0{one['text']}\u00a0» {one['said_by']}"


def _photo(show: _Show, axis: Content, alt: str, content: bytes) -> None:
    slide = show.slide(f"Axe {axis['number']}. {axis['title']}")
    drawn = slide.shapes.add_picture(io.BytesIO(content), Cm(LEFT + 0.25), Cm(4.5), height=Cm(11.6))
    if drawn.width > Cm(ROOM):
        drawn.width, drawn.height = Cm(ROOM), int(drawn.height * Cm(ROOM) / drawn.width)
    _describe(drawn._element._nvXxPr, alt)  # noqa: SLF001 - the library has no other way
    show.box(slide, [alt], 16.3, Look(13, SOFT))


def _describe(properties: Any, words: str) -> None:
    """The words of a picture or a table, for who does not see it."""
    properties.cNvPr.set("descr", words)


def _bar(slide: Any, left: float, top: float) -> None:
    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(left), Cm(top), Cm(3.2), Cm(0.12))
    bar.fill.solid()
    bar.fill.fore_color.rgb = _ink(CLAY)
    bar.line.fill.background()
    drawn = bar._element  # noqa: SLF001 - the library has no other way
    drawn.remove(drawn.find(qn("p:style")))  # which would cast a shadow


def _said(shape: Any, lines: Sequence[str], look: Look) -> None:
    frame = shape.text_frame
    frame.word_wrap = True
    frame.text = "\n".join(lines)
    for paragraph in frame.paragraphs:
        for run in _raised(paragraph):  # on each run: programs do not all read what a paragraph says of its letters
            run.font.name, run.font.size, run.font.bold = FAMILY, Pt(look.size), look.bold
            run.font.color.rgb = _ink(look.colour)
        paragraph.alignment = PP_ALIGN.RIGHT if look.right else PP_ALIGN.LEFT
        paragraph.space_after = Pt(4)


def _raised(paragraph: Any) -> Any:
    """The runs of a paragraph, « 1er » with its letters raised."""
    parts = FIRST.split(paragraph.text)
    if len(parts) > 1:
        paragraph.text = parts[0]
        for rank, part in enumerate(parts[1:], 1):
            run = paragraph.add_run()
            run.text = part
            if rank % 2:
                run.font._element.set("baseline", "30000")  # noqa: SLF001 - the library has no other way
    return paragraph.runs
