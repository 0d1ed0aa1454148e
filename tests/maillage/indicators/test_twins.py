"""Each indicator against its slow twin, on random places and random questions."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.indicators import ActivityScope, Answer, Period, Question, Scope, SizeScope, ask, behind, rows_behind
from maillage.reference.places.links import whole_commune
from maillage.reference.trades import trades
from maillage.territory import parse, population
from tests.maillage.indicators.naive import Naive, survival_at

STOCK = date(2026, 10, 1)
SIZES_SINCE = date(2024, 1, 1)
PLACES = (
    "epci:246200364",
    "commune:62498",
    "commune:69384",
    "commune:69123",
    "liste:62498,69384,57463",
    "commune:59350",
)
FIXED = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
scopes = st.builds(Scope, st.sampled_from(ActivityScope), st.sampled_from(SizeScope))
wheres = st.sampled_from(PLACES).map(parse)
days = st.dates(date(2005, 1, 1), STOCK)
KEYS = {
    None: lambda _: "",
    "trade": lambda spell: spell.trade,
    "sector": lambda spell: spell.sector,
    "commune": lambda spell: spell.shop.commune,
}
splits = st.sampled_from(list(KEYS))


def counted(answer: Answer) -> dict[str, float]:
    """Rows that count something, arrondissements named by themselves."""
    return {row.key: row.value for row in answer.rows if row.value}


FLOWS = ("creations", "closures", "balance", "creation_rate", "closure_rate", "survival")


def reduced(naive: Naive, question: Question, first: date, *, today: bool = False) -> Naive:
    """The twin in the territory and scope that rules allow at that date; what moves has no size."""
    activity = question.scope.activity
    if activity is ActivityScope.CERTAIN and not today:
        activity = ActivityScope.ACTIVITY
    sized = first >= SIZES_SINCE and question.indicator not in FLOWS
    size = question.scope.size if sized else None
    return naive.within(question.where.communes, activity, size)


def keyed(question: Question):
    """Key of a spell; communes shown as in the answer: Lyon unless an arrondissement was asked for."""
    if question.by != "commune" or question.where.key == "commune:69384" or "liste" in question.where.key:
        return KEYS[question.by]
    return lambda spell: whole_commune(spell.shop.commune)


@FIXED
@given(where=wheres, on=days, scope=scopes, by=splits)
def test_stocks_equal_their_twins(place, where, on, scope, by):
    for name in ("stock", "stock_firms"):
        question = Question(name, where, on=on, scope=scope, by=by)
        answer = ask(place.store, question)
        twin = reduced(place.naive, question, on, today=on == STOCK)
        assert counted(answer) == getattr(twin, name)(on, keyed(question))
        assert answer.total == getattr(twin, name)(on, lambda _: "").get("", 0)


@FIXED
@given(where=wheres, scope=scopes, on=days, code=st.sampled_from(["boulangerie", "coiffure", "fleuriste"]))
def test_the_rows_behind_a_stock_are_the_active_shops(place, where, on, scope, code):
    question = Question("stock", where, on=on, scope=scope, trade=code)
    found = {row.siret for row in place.store.describe(rows_behind(place.store, question))}
    twin = reduced(place.naive, question, on, today=on == STOCK)
    assert found == {spell.shop.siret for spell in twin.active(on) if spell.trade == code}
    assert len(found) == ask(place.store, question).total


@FIXED
@given(where=wheres, scope=scopes, start=days, length=st.integers(1, 4000), by=splits, links=st.booleans())
def test_flows_equal_their_twins(place, where, scope, start, length, by, links):
    start = min(start, date(2026, 9, 30))
    during = Period(start, min(start + timedelta(days=length), STOCK))
    for name, edge, side in (("creations", "births", "first"), ("closures", "deaths", "last")):
        question = Question(name, where, during=during, scope=scope, by=by, links=links)
        answer = ask(place.store, question)
        events = getattr(reduced(place.naive, question, start), edge)()
        dated = [(getattr(p, side), linked, p.start if side == "first" else p.end) for p, linked in events]
        inside = [(spell, linked) for spell, linked, day in dated if during.start <= day < during.end]
        assert answer.total == sum(not (links and linked) for _, linked in inside)
        assert sum(row.extra["without_links"] for row in answer.rows) == len(inside)
        if by in (None, "commune"):  # a firm that starts twice on one day may be given either trade
            assert counted(answer) == tally(keyed(question)(s) for s, linked in inside if not (links and linked))
        listed = behind(place.store, question)
        days = [listed.on(number) for number in range(len(listed))]
        assert days == sorted(days, reverse=True)
        assert len(listed) <= answer.total
        if len(listed) == answer.total:  # no establishment twice
            kept = [day for _, linked, day in dated if during.start <= day < during.end and not (links and linked)]
            assert days == sorted(kept, reverse=True)


def tally(keys) -> dict[str, int]:
    counts: dict[str, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return counts


@FIXED
@given(where=wheres, by=st.sampled_from(["year", "month"]), first=st.integers(2007, 2025), span=st.integers(0, 6))
def test_series_add_up_to_the_flow_of_the_whole_period(place, where, by, first, span):
    during = Period.years(first, min(first + span, 2025))
    for name in ("creations", "closures", "balance"):
        question = Question(name, where, during=during, by=by)
        answer = ask(place.store, question)
        assert sum(row.value for row in answer.rows) == answer.total
        assert len(answer.rows) == (1 if by == "year" else 12) * len(range(first, during.end.year))


def test_balance_is_creations_minus_closures(place):
    where = parse("epci:246200364")
    created, closed, balance = (ask(place.store, Question(i, where)) for i in ("creations", "closures", "balance"))
    assert balance.total == created.total - closed.total


@pytest.mark.parametrize("where", PLACES)
def test_rates_divide_flows_by_the_firms_present_at_the_start(place, where):
    during = Period.year(2019)
    question = Question("creation_rate", parse(where), during=during)
    twin = reduced(place.naive, question, during.start)
    births = [p for p, linked in twin.births() if during.start <= p.start < during.end and not linked]
    before = twin.stock_firms(during.start, lambda _: "").get("", 0)
    rate = ask(place.store, question).total
    assert rate == (pytest.approx(100 * len(births) / before) if before else None)


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("indicator", ["creations", "closures", "balance", "creation_rate", "closure_rate"])
def test_the_last_twelve_months_are_the_last_point_of_the_yearly_series(place, where, indicator):
    headline = ask(place.store, Question(indicator, parse(where)))
    last = ask(place.store, Question(indicator, parse(where), by="year")).rows[-1]
    assert last.extra["partial"]
    assert last.value == headline.total


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("by", ["sector", "trade"])
def test_balances_of_the_sectors_add_up_to_the_last_bar_of_the_series(place, where, by):
    parts = ask(place.store, Question("balance", parse(where), by=by))
    bar = ask(place.store, Question("balance", parse(where), by="year")).rows[-1]
    assert sum(row.value for row in parts.rows) == bar.value


@FIXED
@given(where=wheres, scope=scopes, indicator=st.sampled_from(FLOWS))
def test_no_size_test_touches_what_moves(place, where, scope, indicator):
    answer = ask(place.store, Question(indicator, where, scope=scope))
    widest = ask(place.store, Question(indicator, where, scope=Scope(scope.activity, SizeScope.UPTO249)))
    assert answer.rows == widest.rows
    assert answer.unknown_size_share is None
    assert sum("Sans critère de taille" in note for note in answer.notes) == 1


@FIXED
@given(where=wheres, first=st.integers(2007, 2023), span=st.integers(1, 12), links=st.booleans())
def test_survival_equals_the_product_limit_by_the_book(place, where, first, span, links):
    during = Period.years(first, min(first + span, 2025))
    question = Question("survival", where, during=during, links=links)
    answer = ask(place.store, question)
    lives = reduced(place.naive, question, date.min).lives(during.start, during.end, STOCK, links=links)
    if len(lives) < 10:
        assert not answer.rows
        return
    for row in answer.rows[::12]:
        assert row.value == pytest.approx(100 * survival_at(lives, int(row.key)), abs=1e-9)
        assert row.extra["low"] <= row.value <= row.extra["high"]
    values = [row.value for row in answer.rows]
    assert all(before >= after for before, after in pairwise(values))


@FIXED
@given(where=wheres, on=days)
def test_ages_equal_their_twin(place, where, on):
    question = Question("age", where, on=on)
    answer = ask(place.store, question)
    expected = reduced(place.naive, question, on).ages(on)
    if expected is None:
        assert answer.total is None
        return
    low, middle, high = expected
    assert answer.total == pytest.approx(middle)
    row = answer.rows[0]
    assert (row.extra["q1"], row.value, row.extra["q3"]) == pytest.approx((low, middle, high))


@pytest.mark.parametrize("where", PLACES)
def test_density_and_social_economy_equal_their_twins(place, where):
    density = Question("density", parse(where))
    twin = reduced(place.naive, density, STOCK)
    firms = {spell.shop.siren for spell in twin.active(STOCK)}
    assert ask(place.store, density).total == pytest.approx(10_000 * len(firms) / parse(where).population)
    mentions = [twin.firms[siren]["economieSocialeSolidaireUniteLegale"] for siren in firms]
    known, social = len([m for m in mentions if m]), mentions.count("O")
    share = ask(place.store, Question("ess_share", parse(where))).total
    assert share == (pytest.approx(100 * social / known) if known else None)


def test_density_by_commune_divides_by_the_people_of_each_commune(place):
    answer = ask(place.store, Question("density", parse("epci:246200364"), by="commune"))
    assert len(answer.rows) == 36
    for row in answer.rows:
        assert row.value == pytest.approx(10_000 * row.extra["numerator"] / population(row.key))


@pytest.mark.parametrize("where", PLACES)
def test_specialisation_compares_shares_with_the_whole_store(place, where):
    question = Question("specialisation", parse(where))
    here = reduced(place.naive, question, STOCK).stock(STOCK, KEYS["trade"])
    whole = place.naive.within({s.shop.commune for s in place.naive.spells}, "activity", "10")
    there = whole.stock(STOCK, KEYS["trade"])
    expected = {
        code: (count / sum(here.values())) / (there[code] / sum(there.values())) for code, count in here.items()
    }
    answer = ask(place.store, question)
    assert counted(answer) == pytest.approx(expected)
    assert any("ne couvre pas la France" in note for note in answer.notes)


def test_presence_says_present_last_or_absent(place):
    where = parse("epci:246200364")
    twin = reduced(place.naive, Question("presence", where), STOCK)
    active = twin.active(STOCK)
    answer = ask(place.store, Question("presence", where))
    assert [row.key for row in sorted(answer.rows, key=lambda row: row.key)] == sorted(t.code for t in trades())
    for row in answer.rows:
        shops = tally(spell.shop.commune for spell in active if spell.trade == row.key)
        assert row.value == len(shops)
        assert row.extra["count"] == sum(shops.values())
        assert row.extra["communes_last"] == list(shops.values()).count(1)
        assert row.extra["communes_absent"] == 36 - len(shops)
        total = sum(shops.values())
        assert row.extra["state"] == ("absent" if not total else "last" if total == 1 else "present")


def test_presence_of_one_trade_by_commune(place):
    where = parse("epci:246200364")
    twin = reduced(place.naive, Question("presence", where), STOCK)
    shops = tally(spell.shop.commune for spell in twin.active(STOCK) if spell.trade == "boulangerie")
    answer = ask(place.store, Question("presence", where, by="commune", trade="boulangerie"))
    assert counted(answer) == shops
    assert {row.key for row in answer.rows if row.extra["state"] == "last"} == {c for c, n in shops.items() if n == 1}


@pytest.mark.parametrize("where", ["epci:246200364", "commune:62498", "commune:57463"])
def test_employees_add_the_bounds_of_the_bands(place, where):
    question = Question("employees", parse(where))
    answer = ask(place.store, question)
    low, high, known = reduced(place.naive, question, STOCK).bounds(STOCK)
    row = answer.rows[0]
    if not row.extra.get("secret"):
        assert (row.extra["low"], row.extra["high"], row.extra["known"]) == (low, high, known)
        assert row.value == (low + high) / 2


@pytest.mark.parametrize("size", ["10", "49", "249", "known"])
def test_sizes_and_their_unknown_share_equal_the_twin(place, size):
    question = Question("stock_firms", parse("epci:246200364"), scope=Scope(size=SizeScope(size)), by="size")
    answer = ask(place.store, question)
    twin = reduced(place.naive, question, STOCK)
    firms = {spell.shop.siren for spell in twin.active(STOCK)}
    unknown = [siren for siren in firms if twin.size_of(siren) is None]
    assert answer.unknown_size_share == pytest.approx(len(unknown) / len(firms))
    assert sum(row.value for row in answer.rows) == answer.total == len(firms)
