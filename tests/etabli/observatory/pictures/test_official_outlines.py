"""The outlines of Lens-Liévin as they are published, drawn both ways round."""

import json
import re

import pytest

from etabli.observatory.pictures.commune_map import commune_map
from etabli.observatory.pictures.outlines import middle_of
from etabli.papers import charts
from tests.etabli.observatory.pictures.answers import densities

FILE = "contours/communes_246200364_call_1000m_2022.geojson"


@pytest.fixture
def outlines(real_data):
    features = json.loads((real_data / FILE).read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: feature["geometry"] for feature in features}


def turned(geometry):
    return {**geometry, "coordinates": [ring[::-1] for ring in geometry["coordinates"]]}


def areas(picture):
    """(colour, area in square px) of each commune as it is drawn."""
    drawing = charts.svg(picture.spec)
    found = []
    for path, colour in re.findall(r'role="graphics-symbol"[^>]* d="M([^"]+)Z"[^>]*fill="(#[0-9A-F]{6})"', drawing):
        points = [tuple(map(float, pair.split(","))) for pair in re.split("L|ZM", path)]
        turns = zip(points, [*points[1:], points[0]], strict=True)
        found.append((colour, abs(sum(x * y2 - x2 * y for (x, y), (x2, y2) in turns)) / 2))
    return found


@pytest.mark.real_data
def test_official_outlines_make_a_map_of_36_communes_both_ways_round(outlines):
    one = areas(commune_map(densities(), outlines.get, lambda code: middle_of(outlines[code])))
    other = areas(commune_map(densities(), lambda code: turned(outlines[code]), lambda code: None))
    assert len(one) == 36
    assert [colour for colour, _ in one] == [colour for colour, _ in other]
    assert [area for _, area in one] == pytest.approx([area for _, area in other], rel=0.05)
    assert max(area for _, area in one) < 0.2 * 520 * 400, "no commune fills the frame"
