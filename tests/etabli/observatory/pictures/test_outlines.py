"""Outlines in px: any winding, any shape, nothing outside the frame."""

import pytest

from etabli.observatory.pictures.outlines import corners, fitted, flat, middle_of

SQUARE = [[2.0, 50.0], [2.1, 50.0], [2.1, 50.1], [2.0, 50.1], [2.0, 50.0]]  # counter-clockwise, as RFC 7946 has it
HOLE = [[2.04, 50.04], [2.06, 50.04], [2.06, 50.06], [2.04, 50.06], [2.04, 50.04]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def test_outlines_fit_their_frame():
    projection = fitted(SQUARE, 300, 200, margin=5)
    points = [projection.point(x, y) for x, y in SQUARE]
    assert min(x for x, _ in points) >= 5 - 1e-6
    assert max(x for x, _ in points) <= 295 + 1e-6
    assert min(y for _, y in points) == pytest.approx(5)
    assert max(y for _, y in points) == pytest.approx(projection.height - 5)


def test_north_is_up_and_east_is_right():
    projection = fitted(SQUARE, 300, 200)
    assert projection.point(2.0, 50.1)[1] < projection.point(2.0, 50.0)[1]
    assert projection.point(2.0, 50.0)[0] < projection.point(2.1, 50.0)[0]


def test_a_degree_of_longitude_is_narrower_than_one_of_latitude():
    projection = fitted(SQUARE, 300, 300)
    wide = projection.point(2.1, 50.0)[0] - projection.point(2.0, 50.0)[0]
    high = projection.point(2.0, 50.0)[1] - projection.point(2.0, 50.1)[1]
    assert wide / high == pytest.approx(0.6424, abs=1e-3)  # cosine of 50.05°


def test_a_single_place_does_not_divide_by_zero():
    projection = fitted([(2.0, 50.0)], 300, 200, margin=20)
    assert projection.point(2.0, 50.0) == pytest.approx((150, 20), abs=1)


def test_holes_and_islands_are_kept():
    projection = fitted(SQUARE, 300, 200)
    assert len(flat(polygon(SQUARE, HOLE), projection)["coordinates"][0]) == 2
    islands = {"type": "MultiPolygon", "coordinates": [[SQUARE], [HOLE]]}
    assert len(flat(islands, projection)["coordinates"]) == 2
    both = {"type": "GeometryCollection", "geometries": [polygon(SQUARE), polygon(HOLE)]}
    assert len(list(corners(both))) == 10


def test_points_nearer_than_the_grain_are_dropped():
    projection = fitted(SQUARE, 300, 200)
    dense = [[2.0 + step / 10_000, 50.0] for step in range(1000)] + SQUARE[1:]
    (ring,) = flat(polygon(dense), projection, grain=2)["coordinates"][0]
    assert len(ring) < 150
    assert ring[0] == ring[-1]


def test_the_middle_is_the_centre_of_gravity_of_the_largest_part():
    assert middle_of({"type": "MultiPolygon", "coordinates": [[HOLE], [SQUARE]]}) == pytest.approx((2.05, 50.05))
    assert middle_of(polygon(SQUARE[::-1])) == pytest.approx((2.05, 50.05))


def test_a_line_is_no_outline():
    with pytest.raises(ValueError, match="not an outline"):
        list(corners({"type": "LineString", "coordinates": SQUARE}))
