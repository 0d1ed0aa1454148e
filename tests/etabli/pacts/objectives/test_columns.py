"""Whatever an objective asks, the figure counted in memory is the SQL aggregate of the rows behind it."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from django.db import transaction
from django.db.models import Count, Value
from hypothesis import given, settings
from hypothesis import strategies as st

from etabli.accounts.models import OrganisationSuccession
from etabli.acts import bundles as ledger
from etabli.acts.kinds import ActKind
from etabli.facts import Period
from etabli.pacts.attributions import bundles as attributions
from etabli.pacts.models import Measure, Nature, Party, PartyRole, Sharing
from etabli.pacts.models.objective import ADDITIVE, COUNTED
from etabli.pacts.objectives import breakdowns, columns, measures, narrowing, wording
from etabli.pacts.objectives.counting import acts_behind, counts
from etabli.pacts.objectives.opening import ActRows
from etabli.pacts.objectives.selection import Selector
from etabli.pacts.objectives.standing import register
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import AVION, LENS, LIEVIN
from tests.etabli.pacts.objectives import by_sql as twin

pytestmark = pytest.mark.django_db
PERIODS = [Period.year(2025), Period(date(2025, 3, 1), date(2026, 2, 1)), Period.year(2024)]
KINDS = (ActKind.VISIT, ActKind.DIAGNOSTIC, ActKind.ORDER)
PLACES = (LENS, LIEVIN, AVION)

acts_drawn = st.lists(
    st.fixed_dictionaries(
        {
            "by": st.integers(0, 2),  # the pilot, a party that left, who succeeded it
            "who": st.none() | st.integers(0, 3),
            "days": st.integers(0, 400),
            "kind": st.sampled_from(KINDS),
            "commune": st.sampled_from(["", *PLACES]),
            "themes": st.sampled_from(["", "|energie|", "|energie|numerique|"]),
            "trade": st.sampled_from(["", "boulangerie"]),
            "qpv": st.sampled_from(["", "QP062001", "QP062002"]),
            "band": st.sampled_from(["", "01", "11"]),
            "size": st.integers(0, 9),
            "wrong": st.booleans(),
            "given": st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0, 40, 60, 100])), max_size=2),
        }
    ),
    max_size=10,
)
objectives_drawn = st.lists(
    st.fixed_dictionaries(
        {
            "kinds": st.lists(st.sampled_from(KINDS), max_size=2, unique=True),
            "themes": st.sampled_from([[], ["energie"], ["numerique", "argile"]]),
            "trades": st.sampled_from([[], ["boulangerie"]]),
            "only_qpv": st.booleans(),
            "nature": st.sampled_from(Nature.values),
            "window_days": st.none() | st.sampled_from([30, 90]),
            "absent_kinds": st.sampled_from([[], [], [ActKind.ORDER]]),
            "sharing": st.sampled_from(Sharing.values),
            "share_percent": st.integers(1, 100),
        }
    ),
    min_size=2,
    max_size=2,
)


def written(acts, axes, bodies):
    firms = [ground.firm() for _ in range(3)]
    firms.append(ground.firm(canonical=firms[0]))
    for one in acts:
        done = ground.act(
            bodies[one["by"]], date(2024, 12, 20) + timedelta(days=one["days"]),
            None if one["who"] is None else firms[one["who"]], minutes=one["size"] * 60, amount=one["size"] * 700,
            quantity=one["size"], **{name: one[name] for name in ("kind", "commune", "themes", "trade", "qpv", "band")},
        )  # fmt: skip
        for place, share in one["given"]:
            ground.attribution(act=done, axis=axes[place], share=share)
        if one["wrong"]:
            ground.reverse(done)


def promised(axis, measure, asked):
    if asked["sharing"] == Sharing.SHARE and measure not in ADDITIVE:
        asked = asked | {"sharing": Sharing.BOTH}
    return ground.objective(axis, measure=measure, **asked)


def by_sql(objective, period, known):
    """The rows behind the figure and what each of them weighs, both from SQL, added up."""
    selector = Selector.of(objective, known)
    weighed = acts_behind(objective, period, known).annotate(weight=twin.weight_of(selector, period) or Value(1))
    rows = list(weighed.values())
    unit = {Measure.BENEFICIARIES: "unit", Measure.COMMUNES: "commune"}.get(objective.measure)
    if unit:
        return len({row[unit] for row in rows})
    total = sum(row["weight"] * (1 if objective.measure == Measure.ACTS else row[objective.measure]) for row in rows)
    return measures.quantity(selector.measure, total, columns.scale_of(selector))


@pytest.mark.parametrize("measure", sorted(COUNTED))
@settings(max_examples=12)
@given(promises=objectives_drawn, acts=acts_drawn)
def test_memory_and_sql_agree_on_any_objective(measure, promises, acts):
    with transaction.atomic():
        bodies = [ground.organisation() for _ in range(3)]
        pacts = [ground.convention(bodies[0], LENS, LIEVIN), ground.convention(bodies[0], *PLACES)]
        Party.objects.create(
            convention=pacts[0], organisation=bodies[1], role=PartyRole.FUNDER, left_on=date(2025, 6, 30)
        )  # fmt: skip
        OrganisationSuccession.objects.create(predecessor=bodies[1], successor=bodies[2], on=date(2025, 3, 1))
        axes = [ground.axis(pact, title) for pact in pacts for title in ("Un", "Deux")]
        mine = [promised(axes[place], measure, asked) for place, asked in zip((0, 2), promises, strict=True)]
        written(acts, axes, bodies)
        known = register(mine)
        for each in (known, replace(known, alone=True)):
            found = counts(dict.fromkeys(mine, PERIODS), each)
            for one in mine:
                assert [count.value for count in found[one]] == [by_sql(one, period, each) for period in PERIODS]
                _divided_as_in_sql(Selector.of(one, each), PERIODS[1])
        assert (ledger.wrong(), attributions.wrong()) == ([], [])
        transaction.set_rollback(True)


def _divided_as_in_sql(selector, period):
    """Rows, firms and every division of a figure, each part with its rows."""
    counting = columns.read({selector.objective: [period]}, selector.register)
    acts, rows = counting.acts, counting.kept(selector, period)
    behind = acts_behind(selector.objective, period, selector.register)
    latest = behind.order_by("-day", "-pk")
    shown = ActRows.of(acts, rows)
    assert (list(shown), shown[1:3]) == (list(latest), list(latest[1:3]))
    assert breakdowns.firms(counting, selector, period) == behind.aggregate(all=Count("unit", distinct=True))["all"]
    whole = breakdowns.whole(selector, period)
    for dimension in wording.DIMENSIONS:
        table = breakdowns.breakdown(counting, selector, period, dimension, whole)
        found = {part.key: (part.value, part.firms, part.largest) for part in table.parts}
        assert found == twin.parts(selector, period, dimension)
        opened = [narrowing.inside(acts, rows, narrowing.Part(dimension, part.key)) for part in table.parts]
        assert sorted(np.concatenate([rows[:0], *opened])) == sorted(rows)


@pytest.mark.parametrize("objectives", [1, 12])
def test_any_number_of_objectives_costs_the_same_queries(objectives, django_assert_num_queries):
    chamber = ground.organisation()
    axis = ground.axis(ground.convention(chamber, LENS))
    ground.attribution(act=ground.act(chamber, who=ground.firm()), axis=axis)
    several = [
        ground.objective(axis, measure=measure, window_days=days)
        for measure, days in [(Measure.ACTS, None), (Measure.BENEFICIARIES, 90)] * objectives
    ]
    known = register(several)
    with django_assert_num_queries(5):  # bundles and joined files, here then everywhere; attributions
        found = counts(dict.fromkeys(several, PERIODS), known)
    assert [found[one][0].value for one in several] == [1, 0] * objectives


def test_a_page_reads_once_what_its_figures_and_their_parts_count(django_assert_num_queries):
    chamber = ground.organisation()
    axes = [ground.axis(ground.convention(chamber, LENS)) for _ in range(2)]
    mine, _ = (ground.objective(axis, measure=Measure.ACTS) for axis in axes)
    ground.attribution(act=ground.act(chamber), axis=axes[1])
    known = register([mine])
    with django_assert_num_queries(3):  # bundles, joined files, attributions
        assert columns.read({mine: PERIODS}, known) is columns.read({mine: PERIODS[:1]}, known)


def test_what_a_rival_claims_by_its_own_acts_is_apart_from_what_it_claims():
    chamber, other = ground.organisation(), ground.organisation()
    pacts = [ground.convention(chamber, LENS), ground.convention(chamber, LENS, LIEVIN)]
    idle, mine = (
        ground.objective(ground.axis(pact), absent_kinds=absent, sharing=Sharing.EXCLUSIVE)
        for pact, absent in zip(pacts, ([ActKind.ORDER], []), strict=True)
    )
    who = ground.firm()
    ground.act(chamber, who=who)
    ground.act(other, who=who, kind=ActKind.ORDER)
    known = register([mine, idle])
    for each, wanted in ((known, 1), (replace(known, alone=True), 0)):
        assert counts({mine: PERIODS[:1]}, each)[mine][0].value == wanted
