"""Classes of a map: round bounds, every value in one of them, dark is more."""

from hypothesis import given
from hypothesis import strategies as st

from etabli.observatory.pictures.classes import classes
from etabli.papers import look


def test_bounds_are_round_and_classes_about_even():
    found = classes([63, 70, 81, 88, 92, 99, 104, 110, 119, 124, 131, 144, 162, 181])
    assert all(bound == int(bound) for bound in found.bounds)
    counts = [0] * (len(found.bounds) + 1)
    for value in (63, 70, 81, 88, 92, 99, 104, 110, 119, 124, 131, 144, 162, 181):
        counts[found.of(value)] += 1
    assert min(counts) >= 1
    assert found.ends == (63, 181)


@given(st.lists(st.floats(0, 1e6), max_size=60))
def test_every_value_has_a_colour(values):
    found = classes(values)
    assert list(found.bounds) == sorted(set(found.bounds))
    assert all(found.colours[found.of(value)] in look.RAMP for value in values)


def test_values_alike_make_one_class():
    assert classes([12, 12, 12]).bounds == ()
    assert classes([]).bounds == ()
