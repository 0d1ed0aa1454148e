"""Communes that an amendment brings in count from its day, those that it takes out count until its eve."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from etabli.acts import queries as ledger
from etabli.acts.kinds import Measure
from etabli.facts import Period
from etabli.pacts.amendments import actions
from etabli.pacts.dashboards.queries import Totals, totals
from etabli.pacts.dashboards.screens import key_figures, pact_line
from etabli.pacts.diary.asked import ActsFilter
from etabli.pacts.models import Amendment, Convention, Objective, Subject
from etabli.pacts.objectives import spans
from etabli.pacts.objectives.counting import acts_behind, counted
from etabli.pacts.objectives.figures import question_of
from etabli.pacts.objectives.standing import register, standings_of
from etabli.pacts.reports.freezing import head
from etabli.pacts.workflow import AmendmentState
from maillage.territory import parse
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import sign_all

pytestmark = pytest.mark.django_db
BEFORE, SINCE = "2019-03-04", "2019-09-02"
YEAR = Period.year(2019)


@pytest.fixture
def objective(to_sign: Convention, octave, cast) -> Objective:
    """Lens goes out and Arras comes in on 1 July 2019; acts in each, and in Liévin, before and since."""
    made = ground.objective(to_sign.axes.get(number=1), measure="acts")
    active = sign_all(to_sign, octave)
    amendment = actions.open_amendment(
        convention=active, by=octave, subjects=[Subject.PERIMETER], reason="Suite", effective_on=date(2019, 7, 1)
    )
    value = {"removed": parse("commune:62498"), "added": parse("commune:62041")}
    actions.write(amendment=amendment, by=octave, values={Subject.PERIMETER: value})
    actions.move(amendment=amendment, by=octave, to=AmendmentState.TO_SIGN)
    sign_all(active, octave)
    for commune in (ground.LENS, ground.ARRAS, ground.LIEVIN):
        for day in (BEFORE, SINCE):
            ground.act(cast.chamber, day, ground.firm(), commune=commune)
    ground.act(cast.chamber, BEFORE, ground.firm(), commune=ground.LENS)  # today's list would lose two, and win one
    return Objective.objects.select_related("axis__convention__perimeter", "perimeter").get(pk=made.pk)


def where(rows) -> set[tuple[str, str]]:
    return {(row.commune, row.day.isoformat()) for row in rows}


COUNTED = {(ground.LENS, BEFORE), (ground.ARRAS, SINCE), (ground.LIEVIN, BEFORE), (ground.LIEVIN, SINCE)}


def test_a_commune_counts_while_it_is_in_the_convention(objective):
    assert counted(objective, YEAR).value == 5
    assert where(acts_behind(objective, YEAR)) == COUNTED, "the rows behind are those of the figure"


def test_the_dashboard_of_the_pact_counts_the_same(objective):
    pact = objective.axis.convention
    known = register([objective])
    assert totals(pact, known.standings[pact.pk], YEAR, known).acts == 5


def test_the_acts_that_a_dashboard_opens_are_those_it_counts(objective, octave):
    pact = objective.axis.convention
    asked = {"pacte": pact.slug, "du": "2019-01-01", "au": "2019-12-31"}
    wanted = ActsFilter(octave, QueryDict(urlencode(asked))).selection()
    assert where(ledger.standing(wanted)) == COUNTED
    assert ledger.counts(wanted, [Measure.ACTS]) == {Measure.ACTS: 5}
    lens = ActsFilter(octave, QueryDict(urlencode(asked | {"commune": ground.LENS}))).selection()
    assert where(ledger.standing(lens)) == {(ground.LENS, BEFORE)}, "a commune of that day, today it is out"


def test_communes_touched_are_told_over_all_those_of_the_period(objective):
    pact = objective.axis.convention
    known = register([objective])
    done = totals(pact, known.standings[pact.pk], YEAR, known)
    assert (done.communes, done.within) == (3, 37)
    assert pact_line(pact, done, []).communes == len(pact.perimeter.communes) == 36, "the page that it opens says so"


@pytest.mark.parametrize(("count", "words"), [(1, ["entreprise aidée", "commune touchée"]),
                                              (2, ["entreprises aidées", "communes touchées"])])  # fmt: skip
def test_key_figures_agree_with_their_number(objective, count, words):
    shown = key_figures(objective.axis.convention, Totals(count, count, Decimal(3), count, 36), "2019")
    assert [one.label for one in shown if one.value == str(count)] == words


def test_an_objective_on_communes_of_its_own_keeps_them(objective):
    objective.perimeter = ground.perimeter(ground.LENS)
    objective.save()
    assert counted(objective, YEAR).value == 3
    assert where(acts_behind(objective, YEAR)) == {(ground.LENS, BEFORE), (ground.LENS, SINCE)}


def test_a_report_tells_the_communes_of_its_last_day(objective):
    pact = objective.axis.convention
    told = [
        {code for code, _ in head(pact, year, date(2019, 12, 31))["perimeter"]["communes"]} for year in (2018, 2019)
    ]
    assert [(ground.LENS in one, ground.ARRAS in one) for one in told] == [(True, False), (False, True)]


def test_a_figure_of_the_territory_is_asked_of_the_communes_of_its_last_day(objective, demo):
    objective.measure, objective.indicator = "indicator", "stock"
    known = register([objective])
    asked = [question_of(objective, Period.year(year), None, known).where.communes for year in (2018, 2019)]
    assert [(ground.LENS in one, ground.ARRAS in one) for one in asked] == [(True, False), (False, True)]
    objective.perimeter = ground.perimeter(ground.LIEVIN)
    assert question_of(objective, YEAR, None, known).where.communes == {ground.LIEVIN}


def test_a_list_cut_short_takes_no_act_of_the_past_from_another_pact(objective, octave):
    first = Amendment.objects.get()
    Amendment.objects.create(
        convention=first.convention, number=2, base=first.base, subjects=["perimeter"], reason="Suite",
        effective_on=date(2020, 1, 1), state=AmendmentState.IN_FORCE, proposed=first.proposed, made_by=octave.user,
        perimeter=ground.perimeter(ground.LIEVIN),
    )  # fmt: skip
    pact = objective.axis.convention
    pact.perimeter = ground.perimeter(ground.LIEVIN)
    assert standings_of([pact])[pact.pk].rank == (36, pact.pk)


def test_of_two_changes_of_one_day_the_last_one_stands(objective, octave):
    first = Amendment.objects.get()
    Amendment.objects.create(
        convention=first.convention, number=2, base=first.base, subjects=["perimeter"], reason="Suite",
        effective_on=first.effective_on, state=AmendmentState.IN_FORCE, proposed={}, made_by=octave.user,
        perimeter=ground.perimeter(ground.LIEVIN),
    )  # fmt: skip
    found = spans.spans_of([first.convention_id])[first.convention_id]
    assert [(one.first, len(one.communes)) for one in found] == [(date.min, 36), (date(2019, 7, 1), 1)]
    assert spans.spans_of([0]) == {}
