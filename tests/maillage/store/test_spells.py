"""Periods become spells: each rule by example, then everything against the slow twin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.store.columns import OPEN_END, UNKNOWN_START, Closing, Opening
from maillage.store.periods import OUTSIDE, Periods, State, empty_codes
from maillage.store.spells import cut_overlaps, merge, resolve_trades
from tests.maillage.store import slow_spells as slow

BAKER, BUTCHER, FLORIST = 0, 1, 2
TRADES = 3
NONE = 0
OLD_FOOD, OLD_BAKER, OLD_OFFICE, OLD_MIXED = 1, 2, 3, 4  # older nomenclature
NEW_BAKER, NEW_BUTCHER, NEW_OFFICE, NEW_BAKER_TOO = 5, 6, 7, 8  # newer nomenclature
COARSE_FOOD, COARSE_OFFICE = 9, 10  # the newest one, which says less
MEANINGS = {
    NONE: (-1, False, []),
    OLD_FOOD: (0, False, [(BUTCHER, 0), (BAKER, 0)]),
    OLD_BAKER: (0, False, [(BAKER, 0)]),
    OLD_OFFICE: (0, False, []),
    OLD_MIXED: (0, False, [(None, 2), (FLORIST, 2), (BAKER, 2)]),
    NEW_BAKER: (1, False, [(BAKER, 0)]),
    NEW_BUTCHER: (1, False, [(BUTCHER, 1)]),
    NEW_OFFICE: (1, False, []),
    NEW_BAKER_TOO: (1, False, [(BAKER, 2)]),
    COARSE_FOOD: (2, True, [(BAKER, 0), (BUTCHER, 2), (None, 2)]),
    COARSE_OFFICE: (2, True, []),
}
STATES = {"A": State.ACTIVE, "F": State.CLOSED, None: State.UNKNOWN}


def code_table():
    table = empty_codes(max(MEANINGS) + 1, TRADES)
    for code, (age, coarse, candidates) in MEANINGS.items():
        table.age[code], table.coarse[code] = age, coarse
        numbers = [(OUTSIDE if trade is None else trade, reach) for trade, reach in candidates]
        for trade, _reach in numbers or [(OUTSIDE, 0)]:
            table.allowed[code, trade] = code != NONE
        if numbers:
            table.trade[code], table.reach[code] = numbers[0]
    return table


def fast(histories):
    """Spells of several establishments, each a list of (start, end, state, code), in the twin's words."""
    rows = sorted(
        (number, start, end, STATES[state], code)
        for number, periods in enumerate(histories)
        for start, end, state, code in periods
    )
    columns = list(zip(*rows, strict=True)) or [()] * 5
    types = (np.uint32, np.int32, np.int32, np.uint8, np.uint16)
    periods = cut_overlaps(
        Periods(*(np.array(values, dtype=kind) for values, kind in zip(columns, types, strict=True)))
    )
    found = merge(periods, resolve_trades(periods, code_table()))
    spells = [[] for _ in histories]
    for row in range(len(found.start)):
        spells[found.establishment[row]].append(
            {
                "trade": int(found.trade[row]),
                "reach": int(found.reach[row]),
                "start": int(found.start[row]),
                "end": int(found.end[row]),
                "opening": Opening(int(found.opening[row])).name,
                "closing": Closing(int(found.closing[row])).name,
            }
        )
    return spells


def one(*periods):
    (spells,) = fast([list(periods)])
    return spells


def trades(spells):
    return [(spell["trade"], spell["start"], spell["end"]) for spell in spells]


def test_periods_cut_by_a_change_of_name_are_one_spell():
    spells = one((0, 10, "A", NEW_BAKER), (10, 20, "A", NEW_BAKER), (20, OPEN_END, "A", NEW_BAKER))
    assert trades(spells) == [(BAKER, 0, OPEN_END)]
    assert (spells[0]["opening"], spells[0]["closing"]) == ("CREATED", "OPEN")


def test_two_codes_of_one_trade_are_one_spell_with_the_reach_of_the_last():
    spells = one((0, 10, "A", NEW_BAKER), (10, 20, "A", NEW_BAKER_TOO), (20, OPEN_END, "F", NEW_BAKER_TOO))
    assert trades(spells) == [(BAKER, 0, 20)]
    assert spells[0]["reach"] == 2
    assert spells[0]["closing"] == "CLOSED"


def test_old_code_takes_the_newer_trade_that_it_allows():
    assert trades(one((0, 10, "A", OLD_FOOD), (10, OPEN_END, "A", NEW_BAKER))) == [(BAKER, 0, OPEN_END)]


def test_old_code_keeps_its_default_when_the_newer_trade_is_none_of_its_own():
    spells = one((0, 10, "A", OLD_BAKER), (10, OPEN_END, "A", NEW_BUTCHER))
    assert trades(spells) == [(BAKER, 0, 10), (BUTCHER, 10, OPEN_END)]
    assert [spell["closing"] for spell in spells] == ["CHANGED_ACTIVITY", "OPEN"]
    assert [spell["opening"] for spell in spells] == ["CREATED", "CHANGED_ACTIVITY"]


def test_old_code_keeps_its_default_when_the_newer_period_does_not_follow_the_next_day():
    assert trades(one((0, 9, "A", OLD_FOOD), (10, OPEN_END, "A", NEW_BAKER))) == [
        (BUTCHER, 0, 9),
        (BAKER, 10, OPEN_END),
    ]


def test_newer_trade_runs_back_through_equal_codes_and_older_ones():
    periods = ((0, 5, "A", OLD_FOOD), (5, 10, "A", OLD_FOOD), (10, OPEN_END, "A", NEW_BAKER))
    assert trades(one(*periods)) == [(BAKER, 0, OPEN_END)]


def test_coarser_newest_code_keeps_the_trade_of_the_day_before():
    periods = ((0, 5, "A", NEW_BUTCHER), (5, 10, "A", COARSE_FOOD), (10, OPEN_END, "A", COARSE_FOOD))
    assert trades(one(*periods)) == [(BUTCHER, 0, OPEN_END)]


def test_coarser_newest_code_after_no_craft_is_no_craft_when_it_may_be():
    assert one((0, 5, "A", NEW_OFFICE), (5, OPEN_END, "A", COARSE_FOOD)) == []


def test_coarser_newest_code_that_stands_for_nothing_else_is_a_change_of_activity():
    spells = one((0, 5, "A", NEW_BAKER), (5, OPEN_END, "A", COARSE_OFFICE))
    assert (trades(spells), spells[0]["closing"]) == ([(BAKER, 0, 5)], "CHANGED_ACTIVITY")


def test_two_codes_of_one_nomenclature_are_a_change_of_activity():
    spells = one((0, 10, "A", NEW_BUTCHER), (10, OPEN_END, "A", NEW_BAKER))
    assert trades(spells) == [(BUTCHER, 0, 10), (BAKER, 10, OPEN_END)]


def test_partly_craft_old_code_is_no_craft_when_the_newer_code_says_so():
    assert one((0, 10, "A", OLD_MIXED), (10, OPEN_END, "A", NEW_OFFICE)) == []


def test_old_code_that_most_often_is_no_craft_takes_the_newer_trade():
    assert trades(one((0, 10, "A", OLD_MIXED), (10, OPEN_END, "A", NEW_BAKER))) == [(BAKER, 0, OPEN_END)]


def test_wholly_craft_old_code_stays_craft_whatever_comes_next():
    assert trades(one((0, 10, "A", OLD_BAKER), (10, OPEN_END, "A", NEW_OFFICE))) == [(BAKER, 0, 10)]


def test_active_period_without_code_takes_the_trade_given_the_next_day():
    spells = one((0, 10, "A", NONE), (10, OPEN_END, "A", NEW_BAKER))
    assert trades(spells) == [(BAKER, 0, OPEN_END)]
    assert spells[0]["opening"] == "CREATED"


def test_closure_with_a_newer_code_names_the_trade_that_closed():
    assert trades(one((0, 10, "A", OLD_FOOD), (10, OPEN_END, "F", NEW_BAKER))) == [(BAKER, 0, 10)]


def test_establishment_that_closes_and_opens_again_has_two_spells():
    spells = one((0, 10, "A", NEW_BAKER), (10, 20, "F", NEW_BAKER), (20, OPEN_END, "A", NEW_BAKER))
    assert trades(spells) == [(BAKER, 0, 10), (BAKER, 20, OPEN_END)]
    assert [spell["opening"] for spell in spells] == ["CREATED", "REOPENED"]


def test_unknown_state_before_is_no_earlier_life():
    spells = one((0, 10, None, NEW_BAKER), (10, OPEN_END, "A", NEW_BAKER))
    assert (trades(spells), spells[0]["opening"]) == ([(BAKER, 10, OPEN_END)], "CREATED")


def test_unknown_start_is_no_creation():
    assert one((UNKNOWN_START, OPEN_END, "A", NEW_BAKER))[0]["opening"] == "UNKNOWN"


def test_coming_from_an_activity_that_is_no_craft_is_a_change_of_activity():
    spells = one((0, 10, "A", NEW_OFFICE), (10, 20, "A", NEW_BAKER), (20, OPEN_END, "A", NEW_OFFICE))
    assert (spells[0]["opening"], spells[0]["closing"]) == ("CHANGED_ACTIVITY", "CHANGED_ACTIVITY")


def test_overlapping_periods_are_cut_where_the_next_one_starts():
    assert trades(one((0, 15, "A", NEW_BAKER), (10, OPEN_END, "A", NEW_BUTCHER))) == [
        (BAKER, 0, 10),
        (BUTCHER, 10, OPEN_END),
    ]


@pytest.mark.parametrize("histories", [[], [[]]])
def test_nothing_gives_nothing(histories):
    assert fast(histories) == histories


days = st.sampled_from([UNKNOWN_START, *range(12)])
period = st.tuples(
    days,
    st.sampled_from([*range(1, 14), OPEN_END]),
    st.sampled_from(["A", "A", "A", "F", None]),
    st.sampled_from([*MEANINGS]),
).filter(lambda row: row[0] < row[1])


@st.composite
def chains(draw):
    """Periods that follow one another the next day, as Sirene's do."""
    bounds = sorted(draw(st.sets(st.integers(0, 30), min_size=2, max_size=8)))
    ends = [*bounds[1:-1], draw(st.sampled_from([bounds[-1], OPEN_END]))]
    states = st.sampled_from(["A", "A", "A", "A", "F", None])
    return [
        (start, end, draw(states), draw(st.sampled_from([*MEANINGS])))
        for start, end in zip(bounds[:-1], ends, strict=True)
    ]


@given(st.lists(st.one_of(chains(), st.lists(period, max_size=6, unique_by=lambda row: row[:2])), max_size=5))
def test_same_spells_as_the_slow_twin(histories):
    assert fast(histories) == [slow.spells_of(periods, MEANINGS) for periods in histories]
