"""Whom a pact that one may not read helps is found by no subtraction: each test attacks as an insider would.

The attacker knows each act of their own organisation, and reads all that a page or a file says.
"""

from collections import Counter
from datetime import date

import pytest

from etabli.acts.kinds import ActKind
from etabli.pacts.diary import moved
from etabli.pacts.objectives import pages
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import AVION, LENS, LIEVIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
DIMENSIONS = {"commune": "commune", "trade": "trade", "kind": "kind", "qpv": "qpv", "band": "band"}


@pytest.fixture(autouse=True)
def summer(time_machine):
    time_machine.move_to(date(2025, 7, 1))


@pytest.fixture
def left(cast):
    """Ten firms that we visited; the pact of another chamber, which we may not see, counts one of them in our place."""
    ours = ground.convention(cast.chamber, LENS, LIEVIN, AVION, slug="notre")
    hidden = ground.convention(cast.other_chamber, LENS, slug="cache")
    for one in (ours, hidden):
        one.parties.create(organisation=cast.agglomeration, role="funder")
    mine, _ = (ground.objective(ground.axis(one), kinds=[ActKind.VISIT]) for one in (ours, hidden))
    mine.disaggregations = [*DIMENSIONS]
    mine.save()
    acts = [
        ground.act(cast.chamber, day, ground.firm(), commune=place, trade=trade, qpv=qpv, band=band)
        for place, day, trade, qpv, band, number in (
            (LENS, "2025-03-10", "boulangerie", "", "0", 4),
            (LIEVIN, "2025-04-10", "coiffure", "QN06250M", "1-2", 6),
        )
        for _ in range(number)
    ]
    ground.act(cast.other_chamber, "2025-05-05", acts[0].beneficiary, commune=LENS)
    return mine, acts


def told(table):
    return {part.key: part.value for part in table.parts if not part.hidden}


def test_no_part_less_our_own_rows_leaves_the_firm_that_another_pact_counts(octave, left):
    mine, acts = left
    found = pages.opened(octave, mine.axis.convention, mine.pk, "2025")
    assert found.progress.course.realised == 9
    assert {table.dimension for table in found.parts} >= {*DIMENSIONS, "month"}
    for table in found.parts:
        key = DIMENSIONS.get(table.dimension, "")
        own = Counter(getattr(act, key) if key else f"{act.day:%Y-%m}" for act in acts)
        assert told(table) == {part: own[part] for part in told(table)}, table.title
        assert sum(part.value for part in table.parts) == len(acts)
        assert "l’en retirer dirait qui il aide" in table.note


def test_a_part_opens_onto_as_many_rows_as_it_says(octave, left):
    mine, _ = left
    found = pages.opened(octave, mine.axis.convention, mine.pk, "2025")
    for table in found.parts:
        for key, value in told(table).items():
            opened = pages.opened(octave, mine.axis.convention, mine.pk, "2025", f"{table.dimension}:{key}")
            assert opened.behind.shown == value


@pytest.fixture
def without_order(cast):
    """Eight firms whose shop we opened; we know an order of one of them, and somebody else that of another one."""
    ours = ground.convention(cast.chamber, LENS, slug="notre")
    mine = ground.objective(
        ground.axis(ours), kinds=[ActKind.SHOP_OPENED], absent_kinds=[ActKind.ORDER], disaggregations=["commune"]
    )
    acts = [ground.act(cast.chamber, "2025-03-10", ground.firm(), kind=ActKind.SHOP_OPENED) for _ in range(8)]
    ground.act(cast.chamber, "2025-04-10", acts[0].beneficiary, kind=ActKind.ORDER)
    ground.act(cast.other_chamber, "2025-04-10", acts[1].beneficiary, kind=ActKind.ORDER)
    return mine, acts


@pytest.fixture
def twice(cast):
    """Eight firms that we visited, five of them twice; somebody else visited one of the three others."""
    ours = ground.convention(cast.chamber, LENS, slug="notre")
    mine = ground.objective(ground.axis(ours), kinds=[ActKind.VISIT], window_days=90, disaggregations=["commune"])
    acts = [ground.act(cast.chamber, "2025-03-10", ground.firm()) for _ in range(8)]
    acts += [ground.act(cast.chamber, "2025-04-10", one.beneficiary) for one in acts[:5]]
    ground.act(cast.other_chamber, "2025-04-10", acts[7].beneficiary)
    return mine, acts


def by_own_acts(mine, acts):
    """What we know by ourselves: firms without an order of ours, visited twice by us."""
    firms = Counter(act.beneficiary_id for act in acts)
    if mine.absent_kinds:
        return firms.keys() - {acts[0].beneficiary_id}
    return {firm for firm, number in firms.items() if number > 1}


@pytest.mark.parametrize("ground_of", ["without_order", "twice"])
def test_neither_rows_nor_parts_tell_what_somebody_else_did_for_one_of_our_firms(request, octave, ground_of):
    mine, acts = request.getfixturevalue(ground_of)
    known = by_own_acts(mine, acts)
    found = pages.opened(octave, mine.axis.convention, mine.pk, "2025")
    assert found.progress.course.realised != len(known)  # what somebody else did counts
    assert {act.beneficiary_id for act in found.behind.rows} == known
    assert [told(table) for table in found.parts if table.dimension == "commune"] == [{LENS: len(known)}]
    assert "par ses seuls actes" in found.behind.notes[0]
    part = pages.opened(octave, mine.axis.convention, mine.pk, "2025", f"commune:{LENS}")
    assert {act.beneficiary_id for act in part.behind.rows} == known


@pytest.mark.parametrize("ground_of", ["without_order", "twice"])
def test_a_draft_asks_nothing_of_the_acts_of_others(request, octave, ground_of):
    mine, acts = request.getfixturevalue(ground_of)
    convention = mine.axis.convention
    convention.state = "draft"
    convention.save()
    found = pages.opened(octave, convention, mine.pk, "2025")
    known = by_own_acts(mine, acts)
    assert found.progress.course.realised == len(known)
    assert {act.beneficiary_id for act in found.behind.rows} == known


@pytest.mark.parametrize("ground_of", ["without_order", "twice"])
def test_the_page_after_an_act_tells_only_what_our_own_acts_say(request, cast, octave, ground_of):
    mine, acts = request.getfixturevalue(ground_of)
    known = by_own_acts(mine, acts)
    for act in acts:
        assert bool(moved.moved_by(octave, act, date(2025, 7, 1))) == (act.beneficiary_id in known)
