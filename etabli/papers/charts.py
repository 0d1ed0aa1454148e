"""Vega-Lite specifications drawn on the server as SVG and PNG: no script in the page, nothing fetched.

The SVG holds no style attribute and no style element, so it goes into a page under a strict Content-Security-Policy.
Rendering takes 45 to 100 ms (half a second more the first time in a process) and is remembered by the hash of the
specification. Never fork after a first rendering: the child would hang.
"""

import json
import re
from functools import cache as once
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import vl_convert

from etabli.papers import cache, fonts, look
from etabli.papers.errors import PaperError
from etabli.papers.frames import Frame, framed
from etabli.papers.pinning import pinned, with_raised
from etabli.papers.signs import valid

Spec = dict[str, Any]

ENGINE = version("vl-convert-python")
PARTS = (
    "charts",
    "frames",
    "fonts",
    "look",
    "pinning",
    "raising",
)  # pictures are drawn again when one of these changes
CODE = cache.key_of(
    *(Path(__file__).with_name(f"{part}.py").read_bytes() for part in PARTS)
)  # drawn again when these change
ROLE_DESCRIPTION = re.compile(r' aria-roledescription="[^"]*"')
LABELLED = re.compile(r'<(path|text) aria-label="([^"]*)" role="graphics-symbol"([^>]*?)/>')
HIDDEN = re.compile(r'<text [^>]*opacity="0"[^>]*>[^<]*</text>')  # labels that Vega left out for want of room
SOLID = re.compile(r' (?:opacity="1"|pointer-events="none")')
GEOMETRY = re.compile(r'(?<= )(?:d|transform)="[^"]*"')
LONG_NUMBER = re.compile(r"\d+\.\d{3,}")
IDENTIFIER = re.compile(r'(?<=\bid=")[\w-]+(?=")')
OPENING = re.compile(r"<svg [^>]*>")
SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')

_svg = cache.Shelf("svg", suffix=".svg")
_png = cache.Shelf("png", suffix=".png")


def svg(spec: Spec, *, label: str = "", frame: Frame | None = None) -> str:
    """The drawing as a stand-alone SVG file, `role="img"` and named by `label` (French). Raises PaperError."""
    key = _key(spec, label, frame)
    return _svg.remember(key, lambda: _finished(spec, label, frame, f"g{key[:8]}").encode()).decode()


def inline(spec: Spec, *, label: str, css_class: str = "picture") -> str:
    """The same SVG to be put inside a page: as wide as its container, its identifiers unlike those of its neighbours.

    `css_class` is the class of the `<svg>` element. The result is safe markup: texts are escaped by the renderer.
    """
    drawing = svg(spec, label=label)
    opening, body = _split(drawing)
    opening = SIZE.sub(f'class="{css_class}" width="100%"', opening).replace(' class="marks"', "")
    return opening.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "") + pinned(body)


def file(spec: Spec, *, label: str, frame: Frame) -> bytes:
    """The drawing as a file to keep or to send: named, framed, its texts held to their width in any typeface."""
    return pinned(svg(spec, label=label, frame=frame)).encode()


def png(spec: Spec, scale: float = 2, *, frame: Frame | None = None) -> bytes:
    """The drawing as a PNG on white, `scale` pixels for each unit of the specification. Raises PaperError."""

    def draw() -> bytes:
        opening, body = _split(svg(spec, frame=frame))
        white = f'<rect width="100%" height="100%" fill="{look.SHEET}"/>'
        return bytes(vl_convert.svg_to_png(opening + white + with_raised(body), scale=scale))

    _prepare()
    return _png.remember(_key(spec, f"png {scale}", frame), draw)


def warm() -> None:
    """Start the renderer (half a second) before the first visitor needs it. Not before a fork."""
    _draw({"data": {"values": [{"a": 1}]}, "mark": "point"})


def _key(spec: Spec, variant: str, frame: Frame | None) -> str:
    drawn = json.dumps(_dressed(spec), sort_keys=True, ensure_ascii=False)
    return cache.key_of(ENGINE, CODE, valid(drawn), valid(variant), repr(frame))


@once
def _prepare() -> None:
    """Tell the renderer our typeface, once in a process."""
    vl_convert.register_font_directory(str(fonts.folder()))


def _dressed(spec: Spec) -> Spec:
    """`spec` in the house look, unless it brings its own configuration."""
    dressed: Spec = {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", **spec}
    dressed.setdefault("config", look.chart())
    return dressed


def _valid_spec(spec: Any) -> Any:
    """`spec` whose texts hold no sign that SVG refuses."""
    match spec:
        case str():
            return valid(spec)
        case dict():
            return {key: _valid_spec(value) for key, value in spec.items()}
        case list() | tuple():
            return [_valid_spec(value) for value in spec]
    return spec


def _draw(spec: Spec) -> str:
    _prepare()
    try:
        return vl_convert.vegalite_to_svg(
            _valid_spec(_dressed(spec)), format_locale="fr-FR", time_format_locale="fr-FR", allowed_base_urls=[]
        )
    except ValueError as error:
        raise PaperError(f"Ce graphique n’a pas pu être dessiné\u00a0: {error}") from error


def _finished(spec: Spec, label: str, frame: Frame | None, prefix: str) -> str:
    drawing = _tidy(_draw(spec), label, prefix)
    return framed(drawing, frame) if frame else drawing


def _tidy(drawing: str, label: str, prefix: str) -> str:
    """Name the picture, drop the English role descriptions, give each named mark a tooltip, make identifiers its own.

    Vega numbers its clip paths from 1 in each process: two charts in a page would share them.
    """
    drawing = SOLID.sub("", HIDDEN.sub("", ROLE_DESCRIPTION.sub("", drawing)))
    drawing = drawing.replace(f'font-family="{fonts.FAMILY}"', f'font-family="{fonts.STACK}"')
    drawing = GEOMETRY.sub(lambda found: LONG_NUMBER.sub(_rounded, found.group()), drawing)
    drawing = LABELLED.sub(r'<\1 aria-label="\2" role="graphics-symbol"\3><title>\2</title></\1>', drawing)
    for number, identifier in enumerate(dict.fromkeys(IDENTIFIER.findall(drawing))):
        for before, after in ('id="', '"'), ("url(#", ")"), ('href="#', '"'):
            drawing = drawing.replace(f"{before}{identifier}{after}", f"{before}{prefix}-{number}{after}")
    opening, body = _split(drawing)
    name = f" aria-label={quoteattr(valid(label))}" if label else ""
    return f'{opening[:-1]} role="img"{name}>{body}'


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number.group()):.2f}".rstrip("0").rstrip(".")


def _split(drawing: str) -> tuple[str, str]:
    """The opening tag of an SVG, and the rest. Raises PaperError."""
    opening = OPENING.match(drawing)
    if opening is None:
        raise PaperError("Le moteur de dessin n’a pas rendu de SVG.")
    return opening.group(), drawing[opening.end() :]
