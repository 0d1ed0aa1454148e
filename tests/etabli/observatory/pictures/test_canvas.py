"""Round bounds, spread labels, widths: the small arithmetic under every chart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etabli.observatory.pictures.canvas import NARROW, PAPER, WIDE, nice_bounds, spread, ticks
from etabli.papers import charts


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(6.1, 9.9, (6, 10, 1)), (0, 1184, (0, 1500, 500)), (-260, 301, (-400, 400, 200)), (5, 5, (5, 6, 0.25))],
)
def test_bounds_are_round_and_hold_the_values(low, high, expected):
    assert nice_bounds(low, high) == expected


def test_ticks_include_both_ends():
    assert ticks(6, 10, 1) == [6, 7, 8, 9, 10]


@given(st.lists(st.tuples(st.floats(0, 200), st.floats(8, 30)), min_size=1, max_size=6))
def test_labels_never_cover_one_another(labels):
    wanted, sizes = [label[0] for label in labels], [label[1] for label in labels]
    placed = spread(wanted, sizes, 0, 250)
    boxes = sorted(zip(placed, sizes, strict=True))
    for (one, high), (two, tall) in pairwise(boxes):
        assert two - one >= (high + tall) / 2 - 1e-6


def test_labels_with_room_stay_where_they_are():
    assert spread([20, 100], [16, 16], 0, 200) == [20, 100]


@pytest.mark.parametrize("canvas", [WIDE, NARROW, PAPER])
def test_a_drawing_is_exactly_as_wide_as_asked(canvas):
    layer = {"data": {"values": [{"a": 1}]}, "mark": "point"}
    drawing = charts.svg(canvas.spec([layer], height=50, left=31, right=77))
    assert f'width="{canvas.width}"' in drawing


def test_texts_are_at_least_twelve_px_where_they_are_read():
    assert WIDE.font * 484 / WIDE.width >= 12  # the column of a page 1280 px wide
    assert NARROW.font * 284 / NARROW.width >= 12  # the column of a telephone 360 px wide
