"""The codes on the pages of a scan, read in a process of its own: a hostile PDF neither stops nor fills the server.

`python -m etabli.pacts.signatures.codes SECONDS` reads a file on its input and writes what it found:
{"pages": 2, "texts": [["…"], …]}. It imports nothing of Django.
"""

import io
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

SECONDS = 60
"""Of computing: sixty pages without any code ask for less."""
MOST_MEMORY = 2 * 1024**3  # bytes of addresses: a page drawn at 250 points takes a tenth of it
MOST_PAGES = 60
DPI = (150, 250)  # a clean scan is read at once, a poor one at the second look
QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
MOST_SIDE = 3500  # pixels
ROOT = Path(__file__).parents[3]


class Unreadable(Exception):
    """The file broke its reader, or took too long."""


def texts_by_page(content: bytes) -> tuple[int, list[list[str]]]:
    """How many pages a file has and the texts of their codes; no text beyond `MOST_PAGES`. Raises Unreadable."""
    command = [sys.executable, "-m", __name__, str(SECONDS)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, cwd=ROOT, timeout=2 * SECONDS, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise Unreadable from error
    found: dict[str, Any] = json.loads(done.stdout)
    return found["pages"], found["texts"]


def main(seconds: int) -> None:
    """The process apart."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pages, texts = read(sys.stdin.buffer.read())
    json.dump({"pages": pages, "texts": list(texts)}, sys.stdout)


def read(content: bytes) -> tuple[int, Iterator[list[str]]]:
    """The same, in the process that asks: for a file that one trusts."""
    if not content.startswith(b"%PDF-"):
        return 1, iter([_texts_of_picture(_upright(content))])
    document = pypdfium2.PdfDocument(content)
    pages = len(document)
    return pages, _texts_of_pdf(document) if pages <= MOST_PAGES else iter(())


def _texts_of_pdf(document: pypdfium2.PdfDocument) -> Iterator[list[str]]:
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

if __name__ == "__main__":
    main(int(sys.argv[1]))
