"""The page of states is what the tables say."""

from etabli.pacts import diagram
from etabli.pacts.workflow import AMENDMENT_TRANSITIONS, TRANSITIONS, State


def test_the_page_of_states_is_up_to_date():
    assert diagram.PAGE.read_text(encoding="utf-8") == diagram.page(), "./run manage statemachine"


def test_every_state_and_every_way_is_drawn():
    drawn = diagram.page()
    ways = [(one, two) for table in (TRANSITIONS, AMENDMENT_TRANSITIONS) for one in table for two in table[one]]
    assert all(f"    {one.value} --> {two.value}\n" in drawn for one, two in ways)
    assert drawn.count(" --> ") == len(ways) + 2 + 4  # two beginnings; closed, abandoned, in force, abandoned


def test_a_way_that_is_added_makes_the_page_stale(monkeypatch):
    monkeypatch.setitem(TRANSITIONS, State.CLOSED, frozenset({State.ACTIVE}))
    assert diagram.PAGE.read_text(encoding="utf-8") != diagram.page()


def test_every_state_is_reached_and_every_table_is_whole():
    assert set(TRANSITIONS) == set(State)
    reached = {state for after in TRANSITIONS.values() for state in after} | {State.DRAFT}
    assert reached == set(State)
