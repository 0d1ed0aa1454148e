"""The typeface of the pages: two weights of Source Sans Pro as Latin woff2 files of 30 kB at most.

    python -m etabli.papers.assets

They are made into `data/assets/fonts/` (never committed) in about two seconds; run again, it finds them and does
nothing. Without them the pages use the reader's own sans serif.
"""

import io
import os
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from etabli.papers.cache import PROJECT, write_atomically
from etabli.papers.fonts import WHEEL

FILES = {
    "source-sans-pro-regular.woff2": "SourceSansPro-Regular.ttf",
    "source-sans-pro-semibold.woff2": "SourceSansPro-Semibold.ttf",
}
HEAVIEST = 30_000  # bytes: 60 kB for the two is what a phone in the country can wait for

# Latin letters of French and its neighbours, then punctuation, currency, arrows, mathematics, markers (no ●).
LETTERS = (range(0x20, 0x7F), range(0xA0, 0x180))
SIGNS = "ŒœŸ‐–—‘’‚“”„†•…‰′″‹›⁄€™−×÷≈≠≤≥←↑→↓↗↘▲▼◆■✓\u202f\u2212\u2032\u2009ᵉʳᵈⁿ"
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum", "sups", "ordn", "frac"]


def make(folder: Path) -> list[Path]:
    """Make the files that are missing or older than the typeface; returns those made. Raises OSError."""
    made = []
    for name, original in FILES.items():
        target, source = folder / name, WHEEL / original
        if not target.is_file() or target.stat().st_mtime < Path(__file__).stat().st_mtime:
            write_atomically(target, subset(source))
            target.chmod(0o644)
            made.append(target)
    return made


def subset(source: Path) -> bytes:
    """The woff2 bytes of `source` cut down to `LETTERS`, `SIGNS` and `FEATURES`; hinting dropped."""
    options = Options(flavor="woff2", hinting=False, desubroutinize=True, layout_features=FEATURES, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for codes in LETTERS for code in codes] + [ord(sign) for sign in SIGNS])
    buffer = io.BytesIO()
    with TTFont(source) as font:
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(buffer)
    return buffer.getvalue()


def main() -> int:
    """Make the files, one line for each."""
    folder = Path(os.environ.get("ETABLI_DATA") or PROJECT / "data") / "assets" / "fonts"
    try:
        made = make(folder)
    except OSError as error:
        sys.stderr.write(f"Polices non préparées\u00a0: {error}. Les pages utiliseront celles du lecteur.\n")
        return 1
    for path in made:
        sys.stdout.write(f"{path.name}\u00a0: {path.stat().st_size / 1000:.1f} ko\n")
    if not made:
        sys.stdout.write("Polices déjà prêtes.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
