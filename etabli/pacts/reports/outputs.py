"""What the files of a report share (small photos, gauges as pictures, the words read with a figure), and the PDF."""

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import vl_convert
from PIL import Image, ImageOps

from etabli.pacts.models import Photo
from etabli.pacts.reports.contents import Content
from etabli.papers import cache, storage, typeset

TEMPLATE = Path(__file__).with_name("report.typ")
CODE = cache.key_of(*(Path(__file__).with_name(name).read_bytes() for name in ("outputs.py", "word.py", "slides.py")))
FAMILY = "Calibri"  # Word, PowerPoint and LibreOffice have it, or its double
BLUE, INK, SOFT, CLAY, SAGE, PAPER, LINE = "1F4E79", "20262E", "56606B", "A6472B", "3F6B4C", "FBF8F3", "E2DACE"
WIDEST = 1200  # pixels of a printed photo
WIDTH, HIGHEST = 62, 47  # percent of the line
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
        {**axis, "photos": [{**one, **printed(photos[one["pk"]])} for one in axis["photos"]]}
        for axis in content["axes"]
    ]
    return typeset.pdf(TEMPLATE, {**content, "axes": axes}, made_on=made_on)


def printed(photo: bytes) -> dict[str, Any]:
    """Its bytes, and its width in percent of the line: no higher than a third of a page, or it would empty one."""
    with Image.open(io.BytesIO(photo)) as opened:
        width, height = opened.size
    return {"bytes": list(photo), "width": min(WIDTH, HIGHEST * width / height)}


def beside(figure: Content) -> list[str]:
    """What is read with a figure: notes, communes, corrections."""
    parts = ", ".join(one["said"] for one in figure["parts"])
    return [
        *figure["notes"],
        *([f"Par commune\u00a0: {parts}. {figure['parts_note']}".rstrip()] if parts else []),
        *(f"Correction du {one['on']} ({one['by']})\u00a0: {one['value']}. {one['reason']}"
          for one in figure["corrections"]),
    ]  # fmt: skip


def definition(figure: Content) -> str:
    """What the figure counts, and over which days, in one line."""
    return " ".join([f"{figure['period']}.", *(f"{one['term']}\u00a0: {one['text']}." for one in figure["definition"])])


def decision(one: Content) -> str:
    """« Ouvrir deux ateliers (CMA), pour le 3 mars 2026 », « …, faite le 2 mars 2026 »."""
    owner = f" ({one['owner']})" if one["owner"] else ""
    when = f", faite le {one['done']}" if one["done"] else f", pour le {one['due']}" if one["due"] else ""
    return f"{one['text']}{owner}{when}"
