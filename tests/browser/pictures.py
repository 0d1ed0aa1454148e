"""The pictures of the guide: where each is taken from, how it is kept small, and when one passes for out of date."""

import base64
import os
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from playwright.sync_api import Page

from tests.browser.addresses import LENS_LIEVIN
from tools.commands import ROOT

TAKING = os.environ.get("ETABLI_PICTURES") == "1"
FOLDER = ROOT / "docs" / "guide" / "images"
HEAVIEST = 200_000  # bytes
WIDTHS = {1280, 360}
CHANGED = 0.12  # share of a picture that may differ from the page of today before it must be taken again
SIGNATURE = b"\x89PNG\r\n\x1a\n"

# Share of the cells of 16 × 16 pixels whose mean grey differs by more than 10 levels out of 255.
DIFFERENCE = """async ([before, now]) => {
  const cells = async source => {
    const picture = await createImageBitmap(await (await fetch(source)).blob());
    const canvas = new OffscreenCanvas(Math.ceil(picture.width / 16), Math.ceil(picture.height / 16));
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const {data} = context.getImageData(0, 0, canvas.width, canvas.height);
    return Array.from({length: data.length / 4}, (_, n) => (data[4 * n] + data[4 * n + 1] + data[4 * n + 2]) / 3);
  };
  const [old, today] = [await cells(before), await cells(now)];
  if (old.length !== today.length) return 1;
  return old.filter((grey, n) => Math.abs(grey - today[n]) > 10).length / old.length;
}"""


@dataclass(frozen=True)
class Picture:
    """What is photographed: a page, the size of the window, and what is done before."""

    address: str
    height: int
    width: int = 1280
    before: Callable[[Page], None] = lambda _page: None

    def take(self, page: Page) -> bytes:
        """The PNG of today."""
        page.set_viewport_size({"width": self.width, "height": self.height})
        page.goto(self.address)
        self.before(page)
        page.evaluate("document.fonts.ready")
        return squeezed(page.screenshot(animations="disabled", caret="hide"))


@dataclass(frozen=True)
class Paper:
    """A printed document: its pages side by side."""

    address: str
    width: int = 1280

    def take(self, page: Page) -> bytes:
        """The PNG of today."""
        printed = pypdfium2.PdfDocument(page.request.get(self.address).body())
        sheets = [self._drawn(sheet, self.width // len(printed)) for sheet in printed]
        return png(np.hstack(sheets))

    @staticmethod
    def _drawn(sheet: pypdfium2.PdfPage, width: int) -> np.ndarray:
        drawn = sheet.render(scale=width / sheet.get_width(), rev_byteorder=True).to_numpy()
        framed = np.ascontiguousarray(drawn[:, :width, :3])
        framed[[0, -1]] = framed[:, [0, -1]] = 0xCC
        return np.round(framed / 17).astype(np.uint8) * 17  # sixteen shades a colour: letters take half the room


def _to(selector: str) -> Callable[[Page], None]:
    """Bring a part of the page to the top of the window."""
    return lambda page: page.locator(selector).first.evaluate("part => part.scrollIntoView()")


def _unfold(page: Page) -> None:
    page.locator(".figures summary").first.click()
    _to(".figures")(page)
    page.mouse.move(0, 0)


def _type_a_firm(page: Page) -> None:
    page.get_by_role("textbox", name="Entreprise").press_sequentially("boulangerie m", delay=30)
    page.locator("#propositions input[value^='siret:']").first.check()
    page.evaluate("scrollTo(0, 0)")


def _build_an_objective(page: Page) -> None:
    page.get_by_label("Ce qui est promis").fill("Entreprises visitées")
    page.locator("#id_kinds_0").check()
    page.locator("#apercu table").wait_for()
    page.evaluate("scrollTo(0, 0)")


OF_DIARY: dict[str, Picture] = {
    "carnet.png": Picture("/atelier/carnet/", 740, width=360, before=_type_a_firm),
    "actes.png": Picture("/atelier/actes/", 760),
}
"""Taken by the test of the page, which knows who is logged in and what was noted."""

OF_PACTS: dict[str, Picture] = {
    "pacte.png": Picture("/pacte/lens-lievin/", 1000),
    "objectif-nouveau.png": Picture("/pacte/projet/objectifs/nouveau/", 900, before=_build_an_objective),
}
"""Taken by the test of the dashboard, at half-way of a pact."""

OF_ACCOUNTS: dict[str, Picture] = {
    "organisation.png": Picture("/organisation/", 760),
    "second-facteur.png": Picture("/compte/securite/", 740, width=360),
}
"""Taken by the journey of accounts."""

_PACT = "/pacte/convention-pour-l-artisanat-de-lens-lievin/"
OF_CONVENTION_DRAFT: dict[str, Picture | Paper] = {
    "convention.png": Picture(f"{_PACT}convention/", 860),
    "convention-perimetre.png": Picture(f"{_PACT}convention/perimetre/", 760),
    "convention-parties.png": Picture(f"{_PACT}convention/parties/", 700),
    "convention-telephone.png": Picture(f"{_PACT}convention/", 740, width=360),
}
OF_JOURNEY: dict[str, Picture | Paper] = {
    **OF_CONVENTION_DRAFT,
    "convention-signer.png": Picture(f"{_PACT}convention/signer/", 1100),
    "bilan-figer.png": Picture(f"{_PACT}bilan/2018/", 780),
    "bilan.png": Picture(f"{_PACT}bilan/2018/", 1080),
    "bilan-papier.png": Paper(f"{_PACT}bilan/2018/bilan.pdf?version=publique"),
    "bilan-public.png": Picture("/pactes/convention-pour-l-artisanat-de-lens-lievin/bilans/2018/", 900, width=360),
}
"""Taken by the journey of a pact, each when it has come so far."""

PICTURES: dict[str, Picture | Paper] = {
    "chercher.png": Picture("/territoires/?q=lievin", 620),
    "portrait.png": Picture(LENS_LIEVIN, 1000),
    "portrait-telephone.png": Picture(LENS_LIEVIN, 740, width=360),
    "chiffre.png": Picture(LENS_LIEVIN, 760, before=_unfold),
    "etablissements.png": Picture(f"{LENS_LIEVIN}etablissements/?indicateur=stock_firms&metier=boulangerie", 720),
    "comparer.png": Picture("/comparer/?t=epci:246200364&t=epci:246200299&t=epci:245901160", 900),
    "metier.png": Picture(f"{LENS_LIEVIN}metiers/boulangerie/", 900),
    "veille.png": Picture(f"{LENS_LIEVIN}veille/", 800),
    "papier.png": Paper(f"{LENS_LIEVIN}portrait.pdf"),
    "donnees.png": Picture("/donnees/", 860),
    "survie.png": Picture("/definitions/#survival", 620),
}


def compare(page: Page, name: str, picture: Picture | Paper) -> None:
    """Fail when the picture kept in the guide is no longer that of the page; keep today’s when asked to."""
    kept, now = FOLDER / name, picture.take(page)
    if TAKING:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(now)
    assert difference(page, kept, now) <= CHANGED, f"{name}: ETABLI_PICTURES=1 ./run test, on the test of its page"


def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG, in pixels."""
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def squeezed(picture: bytes) -> bytes:
    """The same PNG compressed as much as can be: a browser compresses in haste."""
    chunks, place = [], len(SIGNATURE)
    while place < len(picture):
        length = struct.unpack(">I", picture[place : place + 4])[0]
        chunks.append((picture[place + 4 : place + 8], picture[place + 8 : place + 8 + length]))
        place += length + 12
    data = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    head = next(body for kind, body in chunks if kind == b"IHDR")
    return _png(head, data)


def png(pixels: np.ndarray) -> bytes:
    """A PNG of pixels (height, width, 3), 0 to 255."""
    height, width, _ = pixels.shape
    lines = np.hstack([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)])  # 0: a line as it is
    return _png(struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0), lines.tobytes())


def _png(head: bytes, data: bytes) -> bytes:
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(data, 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )


def difference(page: Page, before: Path, now: bytes) -> float:
    """Share of a picture that changed, 0 to 1; 1 when the size is no longer the same."""
    addresses = [f"data:image/png;base64,{base64.b64encode(one).decode()}" for one in (before.read_bytes(), now)]
    page.goto("about:blank")
    return float(page.evaluate(DIFFERENCE, addresses))
