"""A party that an amendment brings in counts from its day; one that left and comes back, on its own days."""

from datetime import date

import pytest

from etabli.facts import Period
from etabli.pacts.amendments import actions
from etabli.pacts.dashboards.queries import totals
from etabli.pacts.models import Convention, Objective, Subject
from etabli.pacts.objectives.counting import acts_behind, counted
from etabli.pacts.objectives.standing import register
from etabli.pacts.objectives.stays import ALWAYS, Stay, stays_of, together
from etabli.pacts.workflow import AmendmentState
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import parties, party, sign_all

YEAR = Period.year(2019)
PARTNER = party("246200364", "funder", "Luc Bernard")
MARCH, SPRING, JULY, AUTUMN = date(2019, 3, 4), date(2019, 4, 1), date(2019, 7, 1), date(2019, 9, 2)


@pytest.fixture
def objective(to_sign: Convention, octave, time_machine) -> Objective:
    made = ground.objective(to_sign.axes.get(number=1), measure="acts")
    sign_all(to_sign, octave)
    time_machine.move_to(date(2019, 12, 1))
    return Objective.objects.select_related("axis__convention__perimeter", "perimeter").get(pk=made.pk)


def amend(objective: Objective, octave, on: date, *rows: dict[str, str]) -> None:
    pact = objective.axis.convention
    amendment = actions.open_amendment(
        convention=pact, by=octave, subjects=[Subject.PARTIES], reason="Suite", effective_on=on
    )
    actions.write(amendment=amendment, by=octave, values={Subject.PARTIES: parties(*rows)})
    actions.move(amendment=amendment, by=octave, to=AmendmentState.TO_SIGN)
    sign_all(pact, octave)


def days_counted(objective: Objective) -> list[date]:
    """The days of the acts that count, once the figure, the rows behind it and the dashboard agree on how many."""
    rows = sorted(row.day for row in acts_behind(objective, YEAR))
    pact, known = objective.axis.convention, register([objective])
    assert counted(objective, YEAR).value == len(rows) == totals(pact, known.standings[pact.pk], YEAR, known).acts
    return rows


@pytest.mark.django_db
def test_who_comes_in_brings_nothing_of_its_past(objective, octave, cast):
    amend(objective, octave, JULY, PARTNER, party("000000208", "partner", "Étienne Faure"))
    for day in (MARCH, AUTUMN):
        ground.act(cast.other_chamber, day.isoformat(), ground.firm(), commune=ground.LENS)
    assert days_counted(objective) == [AUTUMN]


@pytest.mark.django_db
def test_what_was_done_between_two_stays_is_not_counted(objective, octave, cast):
    other = party("000000208", "partner", "Étienne Faure")
    amend(objective, octave, SPRING, other)
    amend(objective, octave, JULY, other, PARTNER)
    for day in (MARCH, date(2019, 5, 6), AUTUMN):
        ground.act(cast.agglomeration, day.isoformat(), ground.firm(), commune=ground.LENS)
    assert days_counted(objective) == [MARCH, AUTUMN]


@pytest.mark.django_db
def test_the_list_of_a_pact_keeps_to_the_days_of_the_party(objective, octave, cast, client):
    other, slug = party("000000208", "partner", "Étienne Faure"), objective.axis.convention.slug
    amend(objective, octave, SPRING, other)
    amend(objective, octave, JULY, other, PARTNER)
    for chamber in (cast.agglomeration, cast.other_chamber):
        for day in (MARCH, date(2019, 5, 6), AUTUMN):
            ground.act(chamber, day.isoformat(), ground.firm(), commune=ground.LENS)
    for user, days in ((cast.basile, [AUTUMN, MARCH]), (cast.etienne, [AUTUMN, date(2019, 5, 6)])):
        screen = as_user(client, user).get(f"/atelier/actes/?pacte={slug}").context["screen"]
        assert ([line.day for line in screen.lines], screen.totals[0].value) == (days, 2)
        assert len(client.get("/atelier/actes/").context["screen"].lines) == 3


def test_stays_of_one_party_and_of_two():
    assert stays_of([], None) == [ALWAYS]
    assert stays_of([(SPRING, False), (JULY, True)], AUTUMN) == [Stay(date.min, SPRING), Stay(JULY, AUTUMN)]
    assert stays_of([(SPRING, True), (JULY, False)], JULY) == [Stay(SPRING, JULY)]
    assert together([Stay(JULY, None), Stay(date.min, SPRING), Stay(MARCH, JULY)]) == [ALWAYS]
    assert together([Stay(JULY, SPRING)]) == [Stay(JULY, SPRING)]
    assert together([Stay(JULY, SPRING), ALWAYS]) == [ALWAYS]
