"""Presences of firms and the events at their ends, against pure Python on random spells."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maillage.columnar import presence as module
from maillage.columnar.events import closings, openings
from maillage.columnar.facts import Facts
from maillage.columnar.presence import BRIDGE, presences
from maillage.store import OPEN_END, UNKNOWN_START, Links

SPELL = st.tuples(
    st.integers(0, 3),  # firm
    st.integers(-400, 3000) | st.just(UNKNOWN_START),
    st.integers(1, 900) | st.none(),  # length, None still open
    st.integers(0, 2),
    st.integers(0, 1),
)
SPELLS = st.lists(SPELL, max_size=12)


def facts_of(spells: list[tuple]) -> Facts:
    """Columns; days shifted to 1990 so that random starts are plausible dates."""
    count = len(spells)
    start = np.array([s if s == UNKNOWN_START else s + 7000 for _, s, _, _, _ in spells], dtype=np.int32)
    ends = [
        OPEN_END if length is None else (8000 if s == UNKNOWN_START else s + 7000) + length
        for _, s, length, _, _ in spells
    ]
    opening = [3 if s == UNKNOWN_START else how for _, s, _, how, _ in spells]
    closing = [9 if length is None else how for _, _, length, _, how in spells]
    return Facts(
        commune=np.zeros(count, np.uint16),
        trade=np.zeros(count, np.uint16),
        start=start,
        end=np.array(ends, dtype=np.int32),
        establishment=np.arange(count, dtype=np.uint32),
        firm=np.array([firm for firm, *_ in spells], dtype=np.uint32),
        opening=np.array(opening, dtype=np.uint8),
        closing=np.array(closing, dtype=np.uint8),
    )


def by_hand(facts: Facts) -> set[tuple[int, int, int]]:
    """(firm, start, end) of each presence."""
    found = set()
    for firm in set(facts.firm.tolist()):
        rows = sorted((int(facts.start[i]), int(facts.end[i])) for i in range(len(facts)) if facts.firm[i] == firm)
        low, high = rows[0]
        for start, end in rows[1:]:
            if start - high > BRIDGE:
                found.add((firm, low, high))
                low, high = start, end
            high = max(high, end)
        found.add((firm, low, high))
    return found


@given(spells=SPELLS)
def test_presences_are_unions_with_gaps_of_a_year_bridged(spells):
    facts = facts_of(spells)
    found = presences(facts)
    assert set(zip(found.firm.tolist(), found.start.tolist(), found.end.tolist(), strict=True)) == by_hand(facts)
    assert len(found) == len(by_hand(facts))


@given(spells=SPELLS)
def test_setting_single_spells_apart_changes_nothing(spells):
    facts = facts_of(spells)
    usual = presences(facts)
    large, module._LARGE = module._LARGE, -1
    try:
        apart = presences(facts)
    finally:
        module._LARGE = large
    columns = ("firm", "start", "end", "first", "last")
    assert sorted(zip(*(getattr(usual, c).tolist() for c in columns), strict=True)) == sorted(
        zip(*(getattr(apart, c).tolist() for c in columns), strict=True)
    )


@given(spells=SPELLS)
def test_first_and_last_spells_touch_the_ends_of_their_presence(spells):
    facts = facts_of(spells)
    found = presences(facts)
    assert (facts.start[found.first] == found.start).all()
    assert (facts.end[found.last] == found.end).all()
    assert (facts.firm[found.first] == found.firm).all()
    assert (facts.firm[found.last] == found.firm).all()


@given(
    spells=SPELLS,
    links=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(6600, 11_000)), max_size=8),
)
def test_transfers_are_events_with_a_near_link_to_another_spell_of_the_selection(spells, links):
    facts = facts_of(spells)
    count = len(facts)
    columns = np.array(links, dtype=np.int64).reshape(-1, 3)
    table = Links(columns[:, 0].astype(np.uint32), columns[:, 1].astype(np.uint32), columns[:, 2].astype(np.int32))
    found = presences(facts)
    for edges, mine, other in (
        (openings(facts, found, table, 12), 1, 0),
        (closings(facts, found, table, 12), 0, 1),
    ):
        for rank in range(len(found)):
            near = any(
                link[mine] == edges.spell[rank] and link[other] < count and abs(link[2] - int(edges.day[rank])) <= 365
                for link in links
            )
            assert bool(edges.transferred[rank]) == (near and bool(edges.real[rank]))
