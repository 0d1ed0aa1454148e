"""The one typeface of screen, chart and paper: Source Sans Pro (SIL Open Font License), from its wheel.

The wheel carries TTF and OTF side by side, under one family name: typst mixes them. Four TTF files are therefore
copied apart, and only that folder is ever given to a renderer. It has U+202F, U+00A0, arrows, ■ ▲ ◆ ✓, but not U+2009,
U+2011 nor ●: markers are drawn, not written.
"""

import atexit
import logging
import shutil
import tempfile
from functools import cache
from pathlib import Path

import font_source_sans_pro
from fontTools.ttLib import TTFont

from etabli.papers import cache as store
from etabli.papers.errors import PaperError

logger = logging.getLogger(__name__)

FAMILY = "Source Sans Pro"
STACK = f"{FAMILY}, system-ui, sans-serif"  # where the page could not load it
WEIGHTS = ("Regular", "Semibold", "Bold", "It")
WHEEL = Path(font_source_sans_pro.__file__).parent / "files"


@cache
def folder() -> Path:
    """Folder that holds the four TTF files and nothing else, filled at first use: in the cache, else apart.

    Raises PaperError.
    """
    try:
        return _filled(store.folder() / "fonts")
    except OSError:
        logger.warning("fonts: the cache cannot be written, a temporary folder is used", exc_info=True)
    apart = Path(tempfile.mkdtemp(prefix="etabli-fonts-"))
    atexit.register(shutil.rmtree, apart, ignore_errors=True)
    try:
        return _filled(apart)
    except OSError as full:
        raise PaperError("Les polices n’ont pas pu être préparées\u00a0: le disque est plein ou protégé.") from full


def _filled(target: Path) -> Path:
    for weight in WEIGHTS:
        name = f"SourceSansPro-{weight}.ttf"
        copy, original = target / name, WHEEL / name
        if not original.is_file():
            raise PaperError(f"Police introuvable\u00a0: {name}. Réinstallez le projet avec ./run demo.")
        if not copy.is_file() or copy.stat().st_size != original.stat().st_size:
            store.write_atomically(copy, original.read_bytes())
    return target


@cache
def _advances(weight: str) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    with TTFont(WHEEL / f"SourceSansPro-{weight}.ttf") as font:
        return font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm


def knows(letter: str) -> bool:
    """Can the typeface write this letter?"""
    return ord(letter) in _advances("Regular")[0]


def width(text: str, size: float, weight: str = "Regular") -> float:
    """Width of `text` set at `size`, in the same unit, without kerning (a percent or two above the truth)."""
    names, metrics, em = _advances(weight)
    return sum(metrics[names.get(ord(letter), ".notdef")][0] for letter in text) * size / em


def wrap(text: str, size: float, limit: float, weight: str = "Regular") -> list[str]:
    """`text` cut at ordinary spaces into lines no wider than `limit` (a longer word stands alone on its line)."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and width(f"{lines[-1]} {word}", size, weight) <= limit:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
