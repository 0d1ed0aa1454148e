"""What an objective counts, one rule a test."""

from datetime import date
from decimal import Decimal

import pytest

from etabli.accounts.models import OrganisationSuccession
from etabli.acts.kinds import ActKind, Theme
from etabli.facts import Period
from etabli.pacts.dashboards.queries import totals, totals_of_all
from etabli.pacts.models import Aggregation, Measure, Nature, Party, PartyRole
from etabli.pacts.objectives.counting import acts_behind, counted
from etabli.pacts.objectives.standing import Register, standings_of
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import ARRAS, AVION, LENS, LIEVIN, act, firm

pytestmark = pytest.mark.django_db
YEAR = Period.year(2025)


@pytest.fixture
def chamber():
    return ground.organisation()


@pytest.fixture
def pact(chamber):
    return ground.convention(chamber, LENS, LIEVIN, AVION)


@pytest.fixture
def axis(pact):
    return ground.axis(pact)


def figure(objective, period=YEAR):
    """The figure, which must have as many rows behind it as it says."""
    return counted(objective, period).value


def test_acts_of_the_kinds_in_the_period_and_the_perimeter_count(chamber, axis):
    visits = ground.objective(axis, measure=Measure.ACTS, kinds=[ActKind.VISIT])
    inside = [act(chamber, day) for day in ("2025-01-01", "2025-12-31")]
    act(chamber, "2024-12-31")
    act(chamber, "2026-01-01")
    act(chamber, commune=ARRAS)
    act(chamber, kind=ActKind.PHONE)
    act(ground.organisation())
    assert figure(visits) == 2
    assert set(acts_behind(visits, YEAR)) == set(inside)


def test_a_reversed_act_counts_for_nothing_in_any_measure(chamber, axis):
    wrong = act(chamber, who=firm(), minutes=90, amount=5000, quantity=3)
    ground.reverse(wrong)
    for measure in (Measure.ACTS, Measure.BENEFICIARIES, Measure.COMMUNES, Measure.AMOUNT, Measure.MINUTES,
                    Measure.QUANTITY):  # fmt: skip
        one = ground.objective(axis, measure=measure)
        assert (figure(one), acts_behind(one, YEAR).count()) == (0, 0), measure


def test_merged_beneficiaries_are_one(chamber, axis):
    kept = firm()
    act(chamber, who=kept)
    act(chamber, who=firm(canonical=kept))
    act(chamber, who=firm())
    act(chamber)  # nobody in particular
    assert figure(ground.objective(axis, measure=Measure.BENEFICIARIES)) == 2


def test_amounts_are_said_in_euros_and_minutes_in_hours(chamber, axis):
    act(chamber, amount=125050, minutes=90, quantity=12)
    act(chamber, amount=100, minutes=30, quantity=1, commune=LIEVIN)
    assert figure(ground.objective(axis, measure=Measure.AMOUNT)) == Decimal("1251.50")
    assert figure(ground.objective(axis, measure=Measure.MINUTES)) == 2
    assert figure(ground.objective(axis, measure=Measure.QUANTITY)) == 13
    assert figure(ground.objective(axis, measure=Measure.COMMUNES)) == 2


def test_themes_trades_and_priority_districts_narrow_the_count(chamber, axis):
    act(chamber, themes="|energie|numerique|", trade="boulanger", qpv="QP062001")
    act(chamber, themes="|energie|", trade="macon")
    acts = {"measure": Measure.ACTS}
    assert figure(ground.objective(axis, themes=[Theme.DIGITAL], **acts)) == 1
    assert figure(ground.objective(axis, themes=[Theme.DIGITAL, Theme.ENERGY], **acts)) == 2
    assert figure(ground.objective(axis, trades=["macon"], **acts)) == 1
    assert figure(ground.objective(axis, only_qpv=True, **acts)) == 1


def test_an_objective_may_have_a_perimeter_of_its_own(chamber, axis):
    act(chamber, commune=LENS)
    act(chamber, commune=LIEVIN)
    assert figure(ground.objective(axis, measure=Measure.ACTS, perimeter=ground.perimeter(LIEVIN))) == 1


def test_a_perimeter_of_hundreds_of_communes_counts(chamber):
    wide = ground.convention(chamber, *(f"{code:05d}" for code in range(1000, 1500)), LENS)
    act(chamber, commune=LENS)
    act(chamber, commune=ARRAS)
    assert figure(ground.objective(ground.axis(wide), measure=Measure.ACTS)) == 1


def test_a_window_asks_for_another_act_of_the_same_beneficiary(chamber, axis):
    followed, alone, late = firm(), firm(), firm()
    for who, days in (
        (followed, ("2025-01-10", "2025-04-10")),
        (alone, ("2025-01-10",)),
        (late, ("2025-01-10", "2025-04-11")),
    ):
        for day in days:
            act(chamber, day, who)
    twice = ground.objective(axis, measure=Measure.BENEFICIARIES, kinds=[ActKind.VISIT], window_days=90)
    assert figure(twice) == 1
    assert {row.beneficiary for row in acts_behind(twice, YEAR)} == {followed}


def test_a_stock_with_a_window_is_what_happened_in_the_last_days(chamber, axis):
    active = ground.objective(
        axis, nature=Nature.STOCK, measure=Measure.BENEFICIARIES, kinds=[ActKind.ORDER], window_days=90
    )
    act(chamber, "2025-10-03", firm(), kind=ActKind.ORDER)
    act(chamber, "2025-10-02", firm(), kind=ActKind.ORDER)
    assert figure(active) == 1


def test_shops_without_an_order_are_counted_by_absence(chamber, axis):
    idle = ground.objective(
        axis, measure=Measure.BENEFICIARIES, kinds=[ActKind.SHOP_OPENED], absent_kinds=[ActKind.ORDER]
    )
    silent, sold, sold_later, sold_by_mistake = (firm() for _ in range(4))
    for who in (silent, sold, sold_later, sold_by_mistake):
        act(chamber, "2025-02-01", who, kind=ActKind.SHOP_OPENED)
    act(chamber, "2025-05-01", firm(canonical=sold), kind=ActKind.ORDER)
    act(chamber, "2026-01-01", sold_later, kind=ActKind.ORDER)
    ground.reverse(act(chamber, "2025-05-01", sold_by_mistake, kind=ActKind.ORDER))
    assert {row.beneficiary for row in acts_behind(idle, YEAR)} == {silent, sold_later, sold_by_mistake}
    assert figure(idle) == 3


def test_acts_attributed_within_the_pact_count_on_their_axis_only(chamber, pact, axis):
    other = ground.axis(pact, "Énergie")
    here, there = (ground.objective(one, measure=Measure.ACTS) for one in (axis, other))
    act(chamber)
    ground.attribution(act=act(chamber), axis=axis)
    assert (figure(here), figure(there)) == (2, 1)


def test_the_last_word_on_an_attribution_stands(chamber, pact, axis):
    other = ground.axis(pact, "Énergie")
    moved = act(chamber)
    for where, share in ((axis, 100), (other, 100), (axis, 0)):
        ground.attribution(act=moved, axis=where, share=share)
    here, there = (ground.objective(one, measure=Measure.ACTS) for one in (axis, other))
    assert (figure(here), figure(there)) == (0, 1)


def test_a_part_of_an_act_counts_for_its_share_in_additive_measures(chamber, pact, axis):
    other = ground.axis(pact, "Énergie")
    shared = act(chamber, who=firm(), minutes=600)
    ground.attribution(act=shared, axis=axis, share=30)
    ground.attribution(act=shared, axis=other, share=70)
    assert figure(ground.objective(axis, measure=Measure.MINUTES)) == 3
    assert figure(ground.objective(other, measure=Measure.MINUTES)) == 7
    assert figure(ground.objective(axis, measure=Measure.BENEFICIARIES)) == 1


def test_a_volet_counts_the_acts_of_its_axes(chamber, pact, axis):
    inner = ground.axis(pact, "Sites", volet=axis)
    ground.attribution(act=act(chamber), axis=inner)
    assert figure(ground.objective(axis, measure=Measure.ACTS)) == 1


def test_the_successor_of_a_party_executes_what_it_promised(chamber, axis):
    successor = ground.organisation()
    OrganisationSuccession.objects.create(predecessor=chamber, successor=successor, on=date(2025, 6, 1))
    act(chamber, "2025-05-01")
    act(successor, "2025-07-01")
    assert figure(ground.objective(axis, measure=Measure.ACTS)) == 2


def test_what_a_successor_did_before_it_succeeded_is_its_own(chamber, axis, pact):
    successor, last = ground.organisation(), ground.organisation()
    OrganisationSuccession.objects.create(predecessor=chamber, successor=successor, on=date(2025, 6, 1))
    OrganisationSuccession.objects.create(predecessor=successor, successor=last, on=date(2025, 9, 1))
    for day in ("2025-05-31", "2025-06-01", "2025-08-31", "2025-09-01"):
        for who in (successor, last):
            act(who, day)
    act(chamber, "2025-06-02")  # told late: what was recorded in the name of the party stays
    visits = ground.objective(axis, measure=Measure.ACTS)
    assert sorted((row.organisation_id, row.day.isoformat()) for row in acts_behind(visits, YEAR)) == sorted(
        [
            (chamber.pk, "2025-06-02"),
            *((successor.pk, day) for day in ("2025-06-01", "2025-08-31", "2025-09-01")),
            (last.pk, "2025-09-01"),
        ]
    )
    assert figure(visits) == 5
    Party.objects.create(convention=pact, organisation=successor, role=PartyRole.PARTNER)
    assert figure(visits) == 6, "a party by itself, whomever it succeeded"


def test_the_successor_of_a_party_that_left_counts_between_both_days(chamber, pact, axis):
    gone, successor = ground.organisation(), ground.organisation()
    Party.objects.create(convention=pact, organisation=gone, role=PartyRole.FUNDER, left_on=date(2025, 8, 31))
    OrganisationSuccession.objects.create(predecessor=gone, successor=successor, on=date(2025, 6, 1))
    for day in ("2025-05-31", "2025-06-01", "2025-08-31", "2025-09-01"):
        act(successor, day)
    visits = ground.objective(axis, measure=Measure.ACTS)
    assert figure(visits) == acts_behind(visits, YEAR).count() == 2


def test_who_merged_with_a_party_was_never_one(chamber, axis):
    successor, neighbour = ground.organisation(), ground.organisation()
    for before in (chamber, neighbour):
        OrganisationSuccession.objects.create(predecessor=before, successor=successor, on=date(2025, 6, 1))
    for who, day in ((chamber, "2025-05-01"), (neighbour, "2025-05-01"), (successor, "2025-07-01")):
        act(who, day)
    assert figure(ground.objective(axis, measure=Measure.ACTS)) == 2


def test_an_act_of_a_party_that_left_counts_until_its_last_day(chamber, pact, axis):
    gone = ground.organisation()
    Party.objects.create(convention=pact, organisation=gone, role=PartyRole.FUNDER, left_on=date(2025, 6, 30))
    act(gone, "2025-06-30", firm())
    act(gone, "2025-07-01", firm())
    act(chamber, "2025-07-01", firm())
    visits = ground.objective(axis, measure=Measure.ACTS)
    assert figure(visits) == 2
    assert {row.day for row in acts_behind(visits, YEAR) if row.organisation == gone} == {date(2025, 6, 30)}
    standing = standings_of([pact])[pact.pk]
    together, _ = totals_of_all([pact], {pact.pk: standing}, {pact.pk: YEAR}, Register({}), ())
    assert totals(pact, standing, YEAR).firms == together.firms == 2


def test_a_party_that_left_one_year_is_still_there_in_the_others(chamber, pact):
    year, gone = ground.convention(chamber, LENS, framework=pact, kind="annual"), ground.organisation()
    Party.objects.create(convention=pact, organisation=gone, role=PartyRole.FUNDER, left_on=date(2025, 6, 30))
    assert standings_of([year])[year.pk].left == {gone.pk: date(2025, 6, 30)}
    Party.objects.create(convention=year, organisation=gone, role=PartyRole.FUNDER)
    assert standings_of([year])[year.pk].left == {}


def test_a_ratio_keeps_its_two_parts(chamber, axis):
    plans = ground.objective(
        axis, unit="%", measure=Measure.BENEFICIARIES, kinds=[ActKind.PLAN], aggregation=Aggregation.RATIO,
        denominator_measure=Measure.BENEFICIARIES, denominator_kinds=[ActKind.DIAGNOSTIC],
    )  # fmt: skip
    firms = [firm() for _ in range(4)]
    for who in firms:
        act(chamber, who=who, kind=ActKind.DIAGNOSTIC)
    act(chamber, who=firms[0], kind=ActKind.PLAN)
    found = counted(plans, YEAR)
    assert (found.numerator, found.denominator, found.value) == (1, 4, 25)
    assert counted(plans, Period.year(2024)).value is None
