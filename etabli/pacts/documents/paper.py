"""The PDF of a convention: PDF/UA by typst, a QR on each page that names the version and, on a copy, the party."""

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import segno

from etabli.pacts.documents.printed import printed
from etabli.pacts.documents.snapshot import Content
from etabli.papers import typeset

TEMPLATE = Path(__file__).with_name("convention.typ")


@dataclass(frozen=True)
class Mark:
    """What the foot of each page says: the address in the QR, the fingerprint, whose copy it is."""

    address: str = ""
    sha256: str = ""
    copy_for: str = ""


def pdf(content: Content, *, standing: str, made_on: date, mark: Mark | None = None, fictitious: bool = False) -> bytes:
    """The document, the same for the same inputs. Raises PaperError."""
    mark = mark or Mark()
    data = {
        **printed(content, standing=standing, fictitious=fictitious),
        "qr": qr_svg(mark.address) if mark.address else "",
        "qr_alt": f"Code\u00a0: {mark.address}",
        "sha256": mark.sha256,
        "copy_for": mark.copy_for,
    }
    return typeset.pdf(TEMPLATE, data, made_on=made_on)


def qr_svg(address: str) -> str:
    """The QR of an address, with modules large enough for a tired scanner."""
    drawn = io.BytesIO()
    segno.make(address, error="m", boost_error=False, micro=False).save(drawn, kind="svg", xmldecl=False, border=3)
    return drawn.getvalue().decode()
