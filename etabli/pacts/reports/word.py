"""A report as a Word document that an officer may go on writing: A4, real headings, a table, pictures said in words."""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from etabli.pacts.reports.contents import Content
from etabli.pacts.reports.outputs import (
    BLUE,
    CLAY,
    FAMILY,
    INK,
    LINE,
    SAGE,
    SOFT,
    Pictures,
    beside,
    decision,
    definition,
    gauge_png,
)
from etabli.papers.raising import raise_in_word

HEADINGS = {"Title": (24, INK), "Heading 1": (15, BLUE), "Heading 2": (12, INK)}
TABLE = (("Axe", 1.2), ("Objectif", 8.6), ("Réalisé", 2.6), ("Cible", 2.2), ("État", 2.4))


def docx(content: Content, photos: Pictures) -> bytes:
    """The document."""
    page = _blank(content)
    page.add_heading(content["title"], 0)
    _said(page, content["headline"], size=13, colour=BLUE, bold=True)
    page.add_paragraph(f"{content['convention']}, {content['dates']}.")
    for party in content["parties"]:
        page.add_paragraph(party, style="List Bullet")
    _said(page, f"{content['perimeter']}. {content['subtitle']}", size=9.5, colour=SOFT)
    page.add_heading("Les objectifs de l’année", 1)
    _summary(page, content)
    for axis in content["axes"]:
        _axis(page, axis, photos)
    if content["decisions"]:
        page.add_heading("Décisions de l’année", 1)
    for one in content["decisions"]:
        page.add_paragraph(decision(one), style="List Bullet")
    page.add_heading("Ce que l’on compte", 1)
    for figure in _figures(content):
        page.add_heading(figure["title"], 2)
        _said(page, definition(figure), size=9.5)
    saved = io.BytesIO()
    raise_in_word(page)
    page.save(saved)
    return saved.getvalue()


def _figures(content: Content) -> list[Content]:
    return [figure for axis in content["axes"] for figure in axis["figures"]]


def _blank(content: Content) -> Any:
    page = Document()
    page.core_properties.title, page.core_properties.author = content["title"], "Établi"
    page.core_properties.language = "fr-FR"
    part = page.sections[0]
    part.page_width, part.page_height = Cm(21), Cm(29.7)
    part.left_margin = part.right_margin = part.top_margin = part.bottom_margin = Cm(2)
    normal = page.styles["Normal"]
    _lettered(normal, 11, INK)
    normal.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    normal.element.get_or_add_rPr().append(language)
    for name, (size, colour) in HEADINGS.items():
        _lettered(page.styles[name], size, colour)
        page.styles[name].paragraph_format.space_after = Pt(4)
    page.styles["Title"].paragraph_format.space_after = Pt(10)
    page.styles["Footer"].font.size = Pt(8)
    line = page.styles["Title"].element.find(qn("w:pPr")).find(qn("w:pBdr"))
    line.getparent().remove(line)
    foot = part.footer.paragraphs[0]
    fiction = "Données fictives. " if content["fictitious"] else ""
    run = foot.add_run(f"{fiction}{content['version']}\nEmpreinte du gel\u00a0: {content['sha256']}\nPage\u00a0")
    _number(foot, run)
    return page


def _lettered(style: Any, size: float, colour: str) -> None:
    """Our letters: the theme of the library's own template would win otherwise."""
    style.font.name, style.font.size, style.font.color.rgb = FAMILY, Pt(size), RGBColor.from_string(colour)
    letters = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in letters.attrib if name.endswith("Theme")]:
        del letters.attrib[name]
    letters.set(qn("w:hAnsi"), FAMILY)


def _number(foot: Any, before: Any) -> None:
    """The number of the page, kept by Word."""
    before.font.size = Pt(8)
    run = foot.add_run()
    run.font.size = Pt(8)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run._r.append(part)  # noqa: SLF001 - the library has no other way


def _said(page: Any, text: str, *, size: float, colour: str = INK, bold: bool = False, style: str = "Normal") -> Any:
    paragraph = page.add_paragraph(style=style)
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.font.color.rgb = Pt(size), bold, RGBColor.from_string(colour)
    return paragraph


def _summary(page: Any, content: Content) -> None:
    rows = [
        (axis["number"], one["title"], one["value"], one["target"], one["state"])
        for axis in content["axes"] for one in axis["figures"]
    ]  # fmt: skip
    table = page.add_table(rows=0, cols=len(TABLE))
    table.autofit = False
    _ruled(table)
    for column, (_, width) in zip(table.columns, TABLE, strict=True):
        column.width = Cm(width)
    for rank, row in enumerate([tuple(head for head, _ in TABLE), *rows]):
        cells = table.add_row().cells
        for place, (text, (_, width)) in enumerate(zip(row, TABLE, strict=True)):
            cells[place].width = Cm(width)
            _cell(cells[place], text, head=rank == 0, number=place in (2, 3))
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - the library has no other way


def _cell(cell: Any, text: str, *, head: bool, number: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    if number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(10), head
    colour = {"tenu": SAGE, "non tenu": CLAY, "en retard": CLAY}.get(text, SOFT if head else INK)
    run.font.color.rgb = RGBColor.from_string(colour)


def _ruled(table: Any) -> None:
    """A thin line under each row, nothing else."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", LINE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)  # noqa: SLF001 - the library has no other way


def _axis(page: Any, axis: Content, photos: Pictures) -> None:
    page.add_heading(f"Axe {axis['number']}. {axis['title']}", 1)
    for line in axis["comment"]:
        page.add_paragraph(line)
    for one in axis["quotations"]:
        said = _said(page, f"«\u00a0{one['text']}\u00a0»", size=11, style="Quote")
        said.paragraph_format.left_indent = Cm(0.8)
        signed = said.add_run(f"\n{one['said_by']}")
        signed.font.size, signed.font.color.rgb, signed.italic = Pt(9.5), RGBColor.from_string(SOFT), False
    for figure in axis["figures"]:
        page.add_heading(figure["title"], 2)
        said = _said(page, figure["sentence"], size=11, bold=not figure["hidden"])
        said.paragraph_format.keep_with_next = True
        if figure["svg"]:
            _described(page.add_picture(io.BytesIO(gauge_png(figure["svg"])), width=Cm(16.9)), figure["alt"])
        for line in beside(figure):
            _said(page, line, size=9.5, colour=SOFT)
    for one in axis["photos"]:
        _described(page.add_picture(io.BytesIO(photos[one["pk"]]), width=Cm(10)), one["alt"])
        _said(page, one["alt"], size=9.5, colour=SOFT)
    for line in axis["withdrawn"]:
        _said(page, line, size=9.5, colour=SOFT)


def _described(picture: Any, alt: str) -> None:
    """The words of a picture, for who does not see it; and no margin around it."""
    inline = picture._inline  # noqa: SLF001 - the library has no other way
    inline.docPr.set("descr", alt)
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
