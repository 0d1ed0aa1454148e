"""Over any acts, any sharing rules and any reversals: parts + listed overlaps = whole, and the twin agrees."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st

from etabli.acts.kinds import ActKind
from etabli.facts import Period
from etabli.pacts.models import Measure, Sharing
from etabli.pacts.models.objective import ADDITIVE, COUNTED
from etabli.pacts.objectives import columns, measures, overlaps
from etabli.pacts.objectives.counting import acts_behind, counts
from etabli.pacts.objectives.overlaps import split
from etabli.pacts.objectives.selection import Selector, valid_acts
from etabli.pacts.objectives.standing import register
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import AVION, LENS, LIEVIN
from tests.etabli.pacts.objectives import by_sql, naive

pytestmark = pytest.mark.django_db
YEAR = Period.year(2025)
KINDS = (ActKind.VISIT, ActKind.DIAGNOSTIC)
PLACES = (LENS, LIEVIN, AVION)

acts_drawn = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.sampled_from(PLACES),
        st.none() | st.integers(0, 3),  # which of four firms
        st.integers(0, 400),  # days after 20 December 2024
        st.integers(0, 9),  # minutes, amount, quantity
        st.booleans(),  # reversed afterwards
        st.none() | st.tuples(st.integers(0, 2), st.sampled_from([0, 50, 100])),  # attribution: pact, share
    ),
    max_size=12,
)
promises_drawn = st.lists(
    st.tuples(
        st.sets(st.sampled_from(PLACES), min_size=1),
        st.sets(st.sampled_from(KINDS)),
        st.sampled_from(Sharing.values),
        st.integers(1, 100),
        st.booleans(),  # a second axis, elsewhere
    ),
    min_size=3,
    max_size=3,
)


def built(measure, promises, acts):
    """Three pacts of one chamber with an objective each, and their acts, in the database; then their naive twins."""
    chamber = ground.organisation()
    firms = [ground.firm() for _ in range(3)]
    firms.append(ground.firm(canonical=firms[0]))
    objectives, twins, others = [], [], []
    for places, kinds, sharing, percent, elsewhere in promises:
        rule = Sharing.BOTH if sharing == Sharing.SHARE and measure not in ADDITIVE else sharing
        pact = ground.convention(chamber, *places, years=(2025, 2025))
        axis = ground.axis(pact)
        others.append(ground.axis(pact, "Autre") if elsewhere else axis)
        objectives.append(
            ground.objective(axis, measure=measure, kinds=sorted(kinds), sharing=rule, share_percent=percent)
        )
        twins.append(
            naive.Promise(pact.pk, len(places), frozenset(kinds), measure, rule, percent, pact.starts_on, pact.ends_on)
        )
    rows = []
    for kind, place, who, days, size, wrong, attribution in acts:
        done = ground.act(
            chamber, date(2024, 12, 20) + timedelta(days=days), firms[who] if who is not None else None,
            kind=kind, commune=place, minutes=size * 60, amount=size * 700, quantity=size,
        )  # fmt: skip
        rows.append(done)
        if attribution:
            attribute(done, attribution, objectives, twins, others)
        if wrong:
            rows.append(ground.reverse(done))
    return objectives, twins, rows


def attribute(done, attribution, objectives, twins, others):
    """One attribution in the database, and in its twin."""
    number, share = attribution
    axis = others[number]
    ground.attribution(act=done, axis=axis, share=share)
    twin = twins[number]
    if share:
        twin.attributed = twin.attributed | {done.pk}
        if axis == objectives[number].axis:
            twin.chosen[done.pk] = share


@pytest.mark.parametrize("measure", sorted(COUNTED))
@settings(max_examples=12)
@given(promises=promises_drawn, acts=acts_drawn)
def test_every_measure_agrees_with_its_naive_twin_under_any_sharing(measure, promises, acts):
    with transaction.atomic():
        objectives, twins, rows = built(measure, promises, acts)
        known = register(objectives)
        found = [counts({one: [YEAR]}, known)[one][0].value for one in objectives]
        together = counts({one: [YEAR] for one in objectives}, known)
        wanted = naive.figures(twins, rows, [frozenset(places) for places, *_ in promises], YEAR)
        assert found == wanted
        assert [together[one][0].value for one in objectives] == wanted
        transaction.set_rollback(True)


@pytest.mark.parametrize("measure", sorted(COUNTED))
@settings(max_examples=12)
@given(promises=promises_drawn, acts=acts_drawn)
def test_parts_and_listed_overlaps_make_the_whole(measure, promises, acts):
    whole_acts = [(*one[:-1], None) for one in acts]  # shares of an act between axes are another rule
    with transaction.atomic():
        objectives, _, _ = built(measure, promises, whole_acts)
        known = register(objectives)
        counting = columns.read({one: [YEAR] for one in objectives}, known)
        found = [split(counting, Selector.of(one, known), YEAR) for one in objectives]
        shown = counts({one: [YEAR] for one in objectives}, known)
        for one, parts in zip(objectives, found, strict=True):
            assert sum(piece.value for piece in parts.pieces) == parts.whole
            assert parts.counted == shown[one][0].value
            for piece in parts.pieces:
                behind = by_sql.piece(Selector.of(one, known), YEAR, piece.pacts)
                rows = overlaps.acts_of(counting, Selector.of(one, known), YEAR, piece.pacts)
                assert sorted(counting.acts.act[rows]) == sorted(behind.values_list("pk", flat=True))
                assert measures.quantity(measure, behind.aggregate(all=measures.total(measure))["all"]) == piece.value
        _all_pacts_together(objectives, known, found)
        transaction.set_rollback(True)


def _all_pacts_together(objectives, known, found):
    """Parts + overlaps, each overlap once, make what the pacts select together; what they count is off by surpluses."""
    alone = sum(piece.value for parts in found for piece in parts.pieces if not piece.pacts)
    listed = {
        piece.pacts | {known.of(one).pact}: piece
        for one, parts in zip(objectives, found, strict=True) for piece in parts.overlaps
    }  # fmt: skip
    scopes = [Selector.of(one, known).acts(YEAR).values("pk") for one in objectives]
    acts = valid_acts().filter(Q(pk__in=scopes[0]) | Q(pk__in=scopes[1]) | Q(pk__in=scopes[2]))
    measure = objectives[0].measure
    whole = measures.quantity(measure, acts.aggregate(all=measures.total(measure))["all"])
    closed = all(len(overlaps.by_pact(Selector.of(one, known))) == 2 for one in objectives)
    if closed or measure in ADDITIVE:
        assert alone + sum(piece.value for piece in listed.values()) == whole
        surplus = sum(piece.surplus for piece in listed.values())
        assert sum(parts.counted for parts in found) - surplus == whole


@settings(max_examples=12)
@given(promises=promises_drawn, acts=acts_drawn)
def test_firms_helped_are_never_more_than_acts_and_each_has_a_row(promises, acts):
    with transaction.atomic():
        objectives, _, _ = built(Measure.BENEFICIARIES, promises, acts)
        known = register(objectives)
        for one in objectives:
            firms = counts({one: [YEAR]}, known)[one][0].value
            behind = acts_behind(one, YEAR, known)
            assert firms <= behind.count()
            assert firms == len({row.beneficiary.canonical_id or row.beneficiary_id for row in behind})
        transaction.set_rollback(True)


def test_an_act_goes_to_the_smallest_perimeter_unless_its_author_chose():
    chamber = ground.organisation()
    small, wide = ground.convention(chamber, LENS), ground.convention(chamber, LENS, LIEVIN)
    near, far = (ground.objective(ground.axis(pact), measure=Measure.ACTS) for pact in (small, wide))
    ground.act(chamber)
    ground.act(chamber, commune=LIEVIN)
    ground.attribution(act=ground.act(chamber), axis=far.axis)
    shown = counts({near: [YEAR], far: [YEAR]}, register([near, far]))
    assert [shown[one][0].value for one in (near, far)] == [1, 2]


def test_k_percent_applies_to_what_another_pact_claims_too():
    chamber = ground.organisation()
    small, wide = ground.convention(chamber, LENS), ground.convention(chamber, LENS, LIEVIN)
    rule = {"measure": Measure.MINUTES, "sharing": Sharing.SHARE}
    near = ground.objective(ground.axis(small), share_percent=40, **rule)
    far = ground.objective(ground.axis(wide), share_percent=60, **rule)
    ground.act(chamber, minutes=600)
    ground.act(chamber, minutes=60, commune=LIEVIN)
    shown = counts({near: [YEAR], far: [YEAR]}, register([near, far]))
    assert [shown[one][0].value for one in (near, far)] == [4, Decimal(7)]


def test_drafts_and_other_years_claim_nothing():
    chamber = ground.organisation()
    mine = ground.objective(ground.axis(ground.convention(chamber, LENS, LIEVIN)), measure=Measure.ACTS)
    for more in ({"state": "draft"}, {"years": (2023, 2024)}):
        ground.objective(ground.axis(ground.convention(chamber, LENS, **more)), measure=Measure.ACTS)
    ground.act(chamber)
    assert counts({mine: [YEAR]}, register([mine]))[mine][0].value == 1


def test_a_firm_helped_in_two_places_is_not_helped_twice():
    chamber, who = ground.organisation(), ground.firm()
    pacts = [ground.convention(chamber, place) for place in (LENS, AVION)]
    first, second = (ground.objective(ground.axis(pact)) for pact in pacts)
    for place in (LENS, AVION):
        ground.act(chamber, who=who, commune=place)
    shown = counts({first: [YEAR], second: [YEAR]}, register([first, second]))
    assert [shown[one][0].value for one in (first, second)] == [1, 0]


def test_promises_without_a_kind_in_common_take_nothing_from_each_other():
    chamber, who = ground.organisation(), ground.firm()
    pacts = [ground.convention(chamber, LENS) for _ in KINDS]
    visited, diagnosed = (
        ground.objective(ground.axis(pact), kinds=[kind]) for pact, kind in zip(pacts, KINDS, strict=True)
    )
    for kind in KINDS:
        ground.act(chamber, who=who, kind=kind)
    shown = counts({visited: [YEAR], diagnosed: [YEAR]}, register([visited, diagnosed]))
    assert [shown[one][0].value for one in (visited, diagnosed)] == [1, 1]


def test_a_hundred_pacts_that_promise_the_same_keep_their_pieces_apart():
    chamber, who = ground.organisation(), ground.firm()
    mine = ground.objective(ground.axis(ground.convention(chamber, LENS, LIEVIN)), sharing=Sharing.BOTH)
    pacts = [ground.convention(chamber, LIEVIN if number in (2, 98) else AVION) for number in range(100)]
    for pact in pacts:
        ground.objective(ground.axis(pact), sharing=Sharing.BOTH)
    ground.act(chamber, "2025-03-10", who, commune=LIEVIN)
    ground.act(chamber, "2025-03-10", ground.firm(), commune=LENS)
    ground.act(chamber, "2025-03-10", ground.firm(), commune=LENS)
    ground.act(chamber, "2025-03-11", who, commune=AVION)
    ground.act(chamber, "2025-03-11", ground.firm(), commune=AVION)
    known = register([mine])
    found = split(columns.read({mine: [YEAR]}, known), Selector.of(mine, known), YEAR)
    assert [(len(one.pacts), one.value) for one in found.pieces] == [(0, 2), (100, 1)]
    assert found.counted == 3


def test_what_each_pact_counts_is_worked_out_once_whatever_the_pieces(monkeypatch):
    chamber = ground.organisation()
    objectives = [ground.objective(ground.axis(ground.convention(chamber, *places)), measure=Measure.ACTS)
                  for places in (PLACES, (LENS, LIEVIN), (LENS, AVION))]  # fmt: skip
    for place in PLACES:
        ground.act(chamber, commune=place)
    known, asked = register(objectives), []
    counting = columns.read({objectives[0]: [YEAR]}, known)
    lost = columns.Counting.lost
    monkeypatch.setattr(columns.Counting, "lost", lambda *of: (asked.append(of[1].objective), lost(*of))[1])
    assert len(split(counting, Selector.of(objectives[0], known), YEAR).pieces) == 3
    assert sorted(one.pk for one in asked) == [one.pk for one in objectives]
