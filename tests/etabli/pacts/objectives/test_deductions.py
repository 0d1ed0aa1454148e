"""Whom a pact that one may not read helps is found by no subtraction: each test attacks as an insider would.

The attacker knows each act of their own organisation, and reads all that a page or a file says.
"""

from collections import Counter
from datetime import date

import pytest

from etabli.pacts.diary import moved
from etabli.pacts.objectives import pages
from tests.etabli.pacts import attacks
from tests.etabli.pacts.attacks import DIMENSIONS, by_own_acts
from tests.etabli.pacts.ground import LENS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]


@pytest.fixture(autouse=True)
def summer(time_machine):
    time_machine.move_to(date(2025, 7, 1))


def told(table):
    return {part.key: part.value for part in table.parts if not part.hidden}


def test_no_part_less_our_own_rows_leaves_the_firm_that_another_pact_counts(cast, octave):
    mine, acts = attacks.left(cast)
    found = pages.opened(octave, mine.axis.convention, mine.pk, "2025")
    assert found.progress.course.realised == 9
    assert {table.dimension for table in found.parts} >= {*DIMENSIONS, "month"}
    for table in found.parts:
        key = table.dimension if table.dimension in DIMENSIONS else ""
        own = Counter(getattr(act, key) if key else f"{act.day:%Y-%m}" for act in acts)
        assert told(table) == {part: own[part] for part in told(table)}, table.title
        assert sum(part.value for part in table.parts) == len(acts)
        assert "l’en retirer dirait qui il aide" in table.note


def test_a_part_opens_onto_as_many_rows_as_it_says(cast, octave):
    mine, _ = attacks.left(cast)
    found = pages.opened(octave, mine.axis.convention, mine.pk, "2025")
    for table in found.parts:
        for key, value in told(table).items():
            opened = pages.opened(octave, mine.axis.convention, mine.pk, "2025", f"{table.dimension}:{key}")
            assert opened.behind.shown == value


@pytest.mark.parametrize("ground_of", [attacks.without_order, attacks.twice])
def test_neither_rows_nor_parts_tell_what_somebody_else_did_for_one_of_our_firms(cast, octave, ground_of):
    mine, acts = ground_of(cast)
    known = by_own_acts(mine, acts)
    found = pages.opened(octave, mine.axis.convention, mine.pk, "2025")
    assert found.progress.course.realised != len(known)  # what somebody else did counts
    assert {act.beneficiary_id for act in found.behind.rows} == known
    assert [told(table) for table in found.parts if table.dimension == "commune"] == [{LENS: len(known)}]
    assert "par ses seuls actes" in found.behind.notes[0]
    part = pages.opened(octave, mine.axis.convention, mine.pk, "2025", f"commune:{LENS}")
    assert {act.beneficiary_id for act in part.behind.rows} == known


@pytest.mark.parametrize("ground_of", [attacks.without_order, attacks.twice])
def test_a_draft_asks_nothing_of_the_acts_of_others(cast, octave, ground_of):
    mine, acts = ground_of(cast)
    convention = mine.axis.convention
    convention.state = "draft"
    convention.save()
    found = pages.opened(octave, convention, mine.pk, "2025")
    known = by_own_acts(mine, acts)
    assert found.progress.course.realised == len(known)
    assert {act.beneficiary_id for act in found.behind.rows} == known


@pytest.mark.parametrize("ground_of", [attacks.without_order, attacks.twice])
def test_the_page_after_an_act_tells_only_what_our_own_acts_say(cast, octave, ground_of):
    mine, acts = ground_of(cast)
    known = by_own_acts(mine, acts)
    for act in acts:
        assert bool(moved.moved_by(octave, act, date(2025, 7, 1))) == (act.beneficiary_id in known)
