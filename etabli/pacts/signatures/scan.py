"""A signed copy that comes back as a PDF or a photo: the code at the foot of its pages says what it is."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from etabli.papers.storage import BadFile

OURS = re.compile(r"^https?://[^/\s]+/pacte/signature/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(?:(\d{9})/)?$")
MOST_PAGES = 60
DPI = (150, 250)  # a clean scan is read at once, a poor one at the second look
QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
MOST_SIDE = 3500  # pixels


@dataclass(frozen=True)
class Found:
    """What the codes of a scan name. `siren` is empty when the copy is nobody's in particular."""

    key: str
    siren: str
    pages: int
    marked: int


def read(content: bytes) -> Found:
    """The version and the party of a scan. Raises BadFile: no code, a foreign one, or two different ones."""
    pages, marked, foreign = 0, 0, False
    named: set[tuple[str, str]] = set()
    for texts in _texts_by_page(content):
        pages += 1
        matches = [match for text in texts if (match := OURS.match(text))]
        foreign = foreign or any(not OURS.match(text) for text in texts)
        marked += bool(matches)
        named |= {(match[1], match[2] or "") for match in matches}
    if not named:
        raise BadFile(_without_code(foreign=foreign))
    if len(named) > 1:
        raise BadFile(
            "Ce fichier mêle des pages de plusieurs documents ou de plusieurs exemplaires\u00a0: déposez un seul "
            "exemplaire à la fois."
        )
    ((key, siren),) = named
    return Found(key, siren, pages, marked)


def _without_code(*, foreign: bool) -> str:
    if foreign:
        return (
            "Le code lu sur ce document n’est pas celui d’une convention d’Établi\u00a0: numérisez "
            "l’exemplaire imprimé "
            "depuis la page de signature."
        )
    return (
        "Aucun code n’a été trouvé en bas des pages. Numérisez à plat, en 200 points par pouce, pages "
        "entières\u202f; une "
        "photo doit être nette et prise de face."
    )


def _texts_by_page(content: bytes) -> Iterator[list[str]]:
    if content.startswith(b"%PDF-"):
        yield from _texts_of_pdf(content)
    else:
        yield _texts_of_picture(_upright(content))


def _texts_of_pdf(content: bytes) -> Iterator[list[str]]:
    document = pypdfium2.PdfDocument(content)
    try:
        if len(document) > MOST_PAGES:
            raise BadFile(f"Ce fichier a {len(document)} pages\u00a0: un exemplaire signé en a {MOST_PAGES} au plus.")
        for number in range(len(document)):
            page = document[number]
            longest = max(page.get_size())
            for dpi in DPI:
                scale = min(dpi / 72, MOST_SIDE / longest)
                texts = _texts_of_picture(page.render(scale=scale).to_pil())
                if texts:
                    break
            page.close()
            yield texts
    finally:
        document.close()


def _upright(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
        turned = ImageOps.exif_transpose(picture).convert("L")
    turned.thumbnail((MOST_SIDE, MOST_SIDE))
    return turned


def _texts_of_picture(picture: Image.Image) -> list[str]:
    """At the first look, else through a blur that takes the grain of a photo away, else doubled."""
    grey = picture.convert("L")
    for look in _LOOKS:
        found = zxingcpp.read_barcodes(look(grey), formats=QR)
        if found:
            return [code.text for code in found]
    return []


def _plain(grey: Image.Image) -> Image.Image:
    return grey


def _blurred(grey: Image.Image) -> Image.Image:
    return grey.filter(ImageFilter.GaussianBlur(1))


def _doubled(grey: Image.Image) -> Image.Image:
    """The foot of the page alone, twice as large: that is where the code is."""
    foot = grey.crop((0, int(grey.height * 0.75), grey.width, grey.height))
    return foot.resize((foot.width * 2, foot.height * 2), Image.Resampling.BICUBIC)


_LOOKS: tuple[Callable[[Image.Image], Image.Image], ...] = (_plain, _blurred, _doubled)
