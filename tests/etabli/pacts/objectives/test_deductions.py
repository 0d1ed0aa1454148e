"""Whom a pact that one may not read helps is found by no subtraction: each test attacks as an insider would.

The attacker knows each act of their own organisation, and reads all that a page or a file says.
"""

from collections import Counter
from datetime import date

import pytest

from etabli.acts.kinds import ActKind
from etabli.pacts.models import Sharing
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
        assert "un autre pacte compte à la place" in table.note


def test_a_part_opens_onto_as_many_rows_as_it_says(octave, left):
    mine, _ = left
    found = pages.opened(octave, mine.axis.convention, mine.pk, "2025")
    for table in found.parts:
        for key, value in told(table).items():
            opened = pages.opened(octave, mine.axis.convention, mine.pk, "2025", f"{table.dimension}:{key}")
            assert opened.behind.shown == value
