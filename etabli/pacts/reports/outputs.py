"""The files of a report, each from the same plain data: PDF/UA, Word, slides."""

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import vl_convert
from docx import Document
from docx.shared import Cm, Pt
from PIL import Image, ImageOps

from etabli.pacts.models import Photo
from etabli.pacts.reports.contents import Content
from etabli.papers import storage, typeset

TEMPLATE = Path(__file__).with_name("report.typ")
FAMILY = "Source Sans Pro"
WIDEST = 1200  # pixels of a printed photo
Pictures = Mapping[int, bytes]


def pictures(content: Content) -> dict[int, bytes]:
    """The photos that the content names, made small, without the place and the hour that a telephone writes in them."""
    wanted = [one["pk"] for axis in content["axes"] for one in axis["photos"]]
    rows = Photo.objects.filter(pk__in=wanted).select_related("document")
    return {row.pk: small(storage.read(row.document)) for row in rows}


def small(content: bytes) -> bytes:
    """A JPEG of at most 1200 pixels, upright."""
    with Image.open(io.BytesIO(content)) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
        picture.thumbnail((WIDEST, WIDEST))
        saved = io.BytesIO()
        picture.save(saved, "JPEG", quality=82)
    return saved.getvalue()


def gauge_png(svg: str) -> bytes:
    """A gauge as a picture, for files that take no drawing."""
    return bytes(vl_convert.svg_to_png(svg, scale=2))


def pdf(content: Content, photos: Pictures, *, made_on: date) -> bytes:
    """PDF/UA-1. Raises PaperError."""
    axes = [
        {**axis, "photos": [{**one, "bytes": list(photos[one["pk"]])} for one in axis["photos"]]}
        for axis in content["axes"]
    ]
    return typeset.pdf(TEMPLATE, {**content, "axes": axes}, made_on=made_on)


def docx(content: Content, photos: Pictures) -> bytes:
    """A Word document that an officer may go on writing."""
    page = Document()
    page.core_properties.title, page.core_properties.author = content["title"], "Établi"
    page.core_properties.language = "fr-FR"
    style = page.styles["Normal"]
    style.font.name, style.font.size = FAMILY, Pt(11)
    page.add_heading(content["title"], 0)
    page.add_paragraph(f"{content['convention']}, {content['dates']}")
    page.add_paragraph(content["subtitle"])
    for party in content["parties"]:
        page.add_paragraph(party, style="List Bullet")
    for axis in content["axes"]:
        _docx_axis(page, axis, photos)
    if content["decisions"]:
        page.add_heading("Décisions de l’année", 1)
    for one in content["decisions"]:
        page.add_paragraph(decision(one), style="List Bullet")
    page.sections[0].footer.paragraphs[0].text = f"Empreinte {content['sha256']}"
    saved = io.BytesIO()
    page.save(saved)
    return saved.getvalue()


def _docx_axis(page: Any, axis: Content, photos: Pictures) -> None:
    page.add_heading(f"Axe {axis['number']}. {axis['title']}", 1)
    for line in axis["comment"]:
        page.add_paragraph(line)
    for figure in axis["figures"]:
        page.add_heading(figure["title"], 2)
        if figure["svg"]:
            _described(page.add_picture(io.BytesIO(gauge_png(figure["svg"])), width=Cm(15)), figure["alt"])
        page.add_paragraph().add_run(figure["sentence"]).bold = True
        for line in lines(figure):
            page.add_paragraph(line)
    for one in axis["photos"]:
        _described(page.add_picture(io.BytesIO(photos[one["pk"]]), width=Cm(10)), one["alt"])
    for one in axis["quotations"]:
        page.add_paragraph(f"«\u00a0{one['text']}\u00a0» {one['said_by']}", style="Quote")


def _described(picture: Any, alt: str) -> None:
    """The words of a picture, for who does not see it."""
    picture._inline.docPr.set("descr", alt)  # noqa: SLF001 - the library has no other way


def lines(figure: Content) -> list[str]:
    """What is read with a figure: notes, definition, parts, corrections."""
    defined = " ".join(f"{one['term']}\u00a0: {one['text']}." for one in figure["definition"])
    parts = ", ".join(f"{one['name']} {one['value']}" for one in figure["parts"])
    return [
        *figure["notes"],
        f"{figure['period']}. {defined}",
        *([f"Par commune\u00a0: {parts}."] if parts else []),
        *(f"Correction du {one['on']} ({one['by']})\u00a0: {one['value']}. {one['reason']}"
          for one in figure["corrections"]),
    ]  # fmt: skip


def decision(one: Content) -> str:
    """« Ouvrir deux ateliers (CMA), pour le 3 mars 2026 »."""
    owner = f" ({one['owner']})" if one["owner"] else ""
    return f"{one['text']}{owner}{', pour le ' + one['due'] if one['due'] else ''}"
