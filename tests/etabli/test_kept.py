"""Memory of answers is bounded by what they weigh."""

from hypothesis import given
from hypothesis import strategies as st

from etabli.kept import Kept


def test_the_heaviest_values_leave_room_by_age():
    kept = Kept(10, len)
    for name, size in (("a", 4), ("b", 4), ("c", 2)):
        kept.keep(name, "x" * size)
    assert kept.find("a") == "xxxx", "asked for last"
    kept.keep("d", "xxx")
    assert [kept.find(name) is None for name in "abcd"] == [False, True, False, False]


def test_what_is_heavier_than_all_drives_nothing_out():
    kept = Kept(10, len)
    kept.keep("a", "xx")
    kept.keep("b", "x" * 11)
    assert (kept.find("a"), kept.find("b"), kept.weight) == ("xx", None, 2)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12))))
def test_the_weight_is_that_of_what_is_held_and_never_above_the_bound(sizes):
    kept = Kept(20, len)
    for name, size in sizes:
        kept.keep(name, "x" * size)
        held = [value for name in range(10) if (value := kept.find(name)) is not None]
        assert kept.weight == sum(map(len, held)) <= 20
