"""PDF/UA-1 documents by typst: tagged, titled, in French, readable by a screen reader.

A template is a `.typ` file of the product; it finds its data as JSON in `sys.inputs.data` (text stays text: nothing
in it is ever read as markup) and the house style in `/papers/house.typ`. `@preview` packages are forbidden: they
would be fetched. typst refuses a picture without alternative text, a skipped heading level or a missing title. Only
our typeface is given to it, so that none other can slip in.
"""

import json
from datetime import UTC, date, datetime, time
from functools import cache as once
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst

from etabli.papers import cache, fonts
from etabli.papers.errors import PaperError

ROOT = Path(__file__).resolve().parents[1]  # what templates may read: the package `etabli`
HOUSE = Path(__file__).with_name("house.typ")
ENGINE = version("typst")
CODE = cache.key_of(Path(__file__).read_bytes())

NEAR = {"\u2011": "-", "\u2009": "\u202f", "\u2007": "\u00a0", "\u2010": "-", "●": "•", "\ufeff": " "}

_pdf = cache.Shelf("pdf", suffix=".pdf")


def pdf(template: Path, data: dict[str, Any], *, made_on: date) -> bytes:
    """The document as PDF/UA-1 bytes, the same for the same inputs (`made_on` is its date). Raises PaperError."""
    text = json.dumps(printable(data), ensure_ascii=False, sort_keys=True)
    key = cache.key_of(
        ENGINE, CODE, template.read_bytes(), HOUSE.read_bytes(), text, made_on.isoformat()
    )  # fmt: skip
    return _pdf.remember(key, lambda: _compile(template, text, made_on))


def printable(data: Any) -> Any:
    """`data` with every sign that the typeface lacks replaced: a single one would stop the whole document."""
    match data:
        case str():
            return "".join(map(_sign, data))
        case dict():
            return {key: printable(value) for key, value in data.items()}
        case list() | tuple():
            return [printable(value) for value in data]
    return data


@once
def _sign(letter: str) -> str:
    if letter in "\n\t" or fonts.knows(letter):
        return letter
    return next((other for other in NEAR.get(letter, ()) if fonts.knows(other)), "?")


@once
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.folder())])


def _compile(template: Path, data: str, made_on: date) -> bytes:
    compiler = typst.Compiler(root=str(ROOT), font_paths=_fonts(), sys_inputs={"data": data})
    moment = datetime.combine(made_on, time(), UTC)
    try:
        made, warnings = compiler.compile_with_warnings(
            input=str(template), format="pdf", pdf_standards="ua-1", timestamp=moment
        )
    except typst.TypstError as error:
        raise PaperError(f"Ce document n’a pas pu être composé\u00a0: {error.message}") from error
    if warnings:
        raise PaperError(f"Ce document n’est pas composé comme prévu\u00a0: {warnings[0].message}")
    if not isinstance(made, bytes):
        raise PaperError("Ce document n’a pas pu être composé\u00a0: le moteur n’a rien rendu.")
    return made
