"""The PDF of a convention: PDF/UA by typst, a QR on each page that names the version and, on a copy, the party.

Its words are the house's, or those of the Word template that the pilot gave itself.
"""

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import segno

from etabli.pacts.documents import blocks, word
from etabli.pacts.documents.fields import BadTemplate
from etabli.pacts.documents.printed import Printed, printed
from etabli.pacts.documents.snapshot import Content
from etabli.papers import typeset
from etabli.papers.errors import PaperError

STANDARD = Path(__file__).with_name("convention.typ")
OWN = Path(__file__).with_name("template.typ")


@dataclass(frozen=True)
class Mark:
    """What the foot of each page says: the address in the QR, the fingerprint, whose copy it is."""

    address: str = ""
    sha256: str = ""
    copy_for: str = ""


def pdf(
    content: Content, *, standing: str, made_on: date, mark: Mark | None = None, fictitious: bool = False,
    template: bytes | None = None, strict: bool = False,
) -> bytes:  # fmt: skip
    """The document, the same for the same inputs; as `template` (Word) says it. Raises PaperError, BadTemplate.

    `strict` refuses a picture that cannot be drawn; otherwise the page is made without it.
    """
    mark = mark or Mark()
    said = printed(content, standing=standing, fictitious=fictitious)
    if template is not None:
        said = _as_in(word.docx(content, template, standing=standing, fictitious=fictitious), said, strict=strict)
    data = {
        **said,
        "qr": qr_svg(mark.address) if mark.address else "",
        "qr_alt": f"Code\u00a0: {mark.address}",
        "sha256": mark.sha256,
        "copy_for": mark.copy_for,
    }
    return typeset.pdf(STANDARD if template is None else OWN, data, made_on=made_on)


def check_template(template: bytes) -> None:
    """Raise BadTemplate unless a PDF can be made of it too: it is tried on a sample."""
    try:
        pdf(word.SAMPLE, standing="Essai", made_on=date(2026, 1, 1), template=template, strict=True)
    except PaperError as error:
        raise BadTemplate([str(error)]) from error


def _as_in(document: bytes, said: Printed, *, strict: bool) -> dict[str, Any]:
    """The blocks of a Word document, and what the page itself says. Raises BadTemplate."""
    try:
        read = blocks.read(document, strict=strict)
    except blocks.Undrawn as undrawn:
        raise BadTemplate([str(undrawn)]) from undrawn
    standing = said["standing"]
    told = any(standing in blocks.text_of(one) for one in read["foot"])  # the page would say it once more
    height = max(blocks.height_of(read[name] or ()) for name in ("head", "first_head"))
    own = {"title": said["title"], "standing": standing, "fictitious": said["fictitious"]}
    return {**own, **read, "foot_standing": "" if told else standing, "head_height": max(height, 6.0)}


def qr_svg(address: str) -> str:
    """The QR of an address, with modules large enough for a tired scanner."""
    drawn = io.BytesIO()
    segno.make(address, error="m", boost_error=False, micro=False).save(drawn, kind="svg", xmldecl=False, border=3)
    return drawn.getvalue().decode()
