"""Charts: safe inside a page under a strict policy, French, the same for the same specification."""

import re
import struct
import zlib
from xml.etree import ElementTree as ET

import pytest

from etabli.papers import charts, look
from etabli.papers.errors import PaperError
from etabli.papers.frames import Frame

SVG = "{http://www.w3.org/2000/svg}"
BARS = {
    "width": 300,
    "height": 100,
    "data": {"values": [{"a": "bâtiment", "b": 1184.5, "d": 'bâtiment\u00a0: <1> & "2"'}]},
    "mark": {"type": "bar", "clip": True},
    "encoding": {
        "x": {"field": "b", "type": "quantitative", "axis": {"format": ",.1f"}},
        "y": {"field": "a", "type": "nominal"},
        "description": {"field": "d"},
    },
}
FRAME = Frame("Le bâtiment fait 42\u202f% du tissu", ("Source\u00a0: Insee, Sirene", "Données fictives"))


def texts(drawing):
    return [element.text for element in ET.fromstring(drawing).iter(f"{SVG}text")]


def test_svg_needs_no_style_and_no_script():
    drawing = charts.svg(BARS, label="Entreprises par secteur", frame=FRAME)
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|<image|href=\"http", drawing)


def test_svg_is_an_image_named_in_french():
    root = ET.fromstring(charts.svg(BARS, label="Entreprises & secteurs « <b> »"))
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Entreprises & secteurs « <b> »"
    assert "axis" not in charts.svg(BARS, label="x").replace("role-axis", "")


def test_each_named_mark_has_its_label_and_its_tooltip():
    root = ET.fromstring(charts.svg(BARS, label="x"))
    marks = [element for element in root.iter() if element.get("role") == "graphics-symbol"]
    assert [mark.get("aria-label") for mark in marks] == ['bâtiment\u00a0: <1> & "2"']
    assert [mark.find(f"{SVG}title").text for mark in marks] == ['bâtiment\u00a0: <1> & "2"']


def test_numbers_are_french():
    assert "1\u00a0200,0" in [text.replace("\u202f", "\u00a0") for text in texts(charts.svg(BARS))]


def test_two_charts_of_a_page_share_no_identifier():
    other = {**BARS, "width": 301}
    first, second = (set(re.findall(r'\bid="([^"]+)"', charts.inline(spec, label="x"))) for spec in (BARS, other))
    assert first
    assert second
    assert not first & second
    assert all(f"url(#{name})" in charts.inline(BARS, label="x") for name in first)


def test_inline_drawing_is_as_wide_as_its_container():
    root = ET.fromstring(charts.inline(BARS, label="x", css_class="picture"))
    assert (root.get("width"), root.get("height"), root.get("class")) == ("100%", None, "picture")
    assert root.get("viewBox")


def test_a_file_carries_its_title_and_its_source():
    words = texts(charts.svg(BARS, frame=FRAME))
    assert words[0] == FRAME.title
    assert words[-2:] == list(FRAME.notes)


def test_png_is_on_white_at_twice_the_size():
    content = charts.png(BARS, frame=FRAME)
    width, height, depth, colour = struct.unpack(">IIBB", content[16:26])
    root = ET.fromstring(charts.svg(BARS, frame=FRAME))
    assert (width, height) == pytest.approx((2 * float(root.get("width")), 2 * float(root.get("height"))), abs=2)
    assert (depth, colour) == (8, 6)  # red, green, blue, opacity
    assert first_pixel(content) == (255, 255, 255, 255)


def first_pixel(png):
    """The top left pixel: whatever the filter of its line, it has no neighbour and stands as it is."""
    place, data = 8, b""
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            data += png[place + 8 : place + 8 + length]
        place += 12 + length
    return tuple(zlib.decompress(data)[1:5])


def test_the_same_specification_is_drawn_once(monkeypatch):
    first = charts.svg(BARS, label="une fois")
    monkeypatch.setattr(charts, "_draw", lambda spec: pytest.fail("drawn twice"))
    assert charts.svg(BARS, label="une fois") == first


def test_nothing_is_fetched():
    with pytest.raises(PaperError):
        charts.svg({**BARS, "data": {"url": "https://example.org/donnees.json"}})


def test_a_wrong_specification_is_refused_in_french():
    with pytest.raises(PaperError, match="n’a pas pu être dessiné"):
        charts.svg({"mark": "nonsense"})


def test_sector_colours_are_told_apart_from_white_and_text():
    assert all(contrast(colour, look.SHEET) >= 4.5 for colour in (*look.SECTOR_COLOURS.values(), *look.SERIES))


def contrast(one, other):
    """WCAG 2 contrast of two colours."""

    def luminance(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
