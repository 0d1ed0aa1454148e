"""Every indicator on real files, beside the figures that plain loops find in their rows."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from maillage.indicators import ActivityScope, Period, Question, Scope, SizeScope, ask, rows_behind
from maillage.store import Store
from maillage.territory import parse
from tests.maillage.real import figures
from tests.maillage.real.official import lyon_source
from tests.maillage.real.rows import EPOCH, UNKNOWN, Spell, spells, table

pytestmark = pytest.mark.real_data
PLACES_OF_2020 = "liste:44184,80001,44055,04070"
SCOPES = [
    Scope(activity, size)
    for activity, size in (
        (ActivityScope.ACTIVITY, SizeScope.UPTO10),
        (ActivityScope.POSSIBLE, SizeScope.UPTO249),
        (ActivityScope.CERTAIN, SizeScope.KNOWN),
    )
]
ids = {"ids": lambda scope: f"{scope.activity}-{scope.size}"}


@dataclass(frozen=True)
class Twin:
    """A store and the spells read from its files without it."""

    store: Store
    spells: list[Spell]
    where: str
    on: tuple[str, ...]
    during: tuple[str, ...]

    def chosen(self, scope: Scope, moment: str, *, flows: bool = False) -> list[Spell]:
        """Spells of the territory in the scope that the cards give to that day."""
        manifest = self.store.manifest
        past = flows or date.fromisoformat(moment) < manifest.stock_date
        activity = "activity" if past and scope.activity == "certain" else str(scope.activity)
        sized = not flows and int(moment[:4]) >= (manifest.band_year or manifest.stock_date.year)
        communes = parse(self.where).communes
        size = str(scope.size) if sized else None
        return [one for one in self.spells if one.commune in communes and figures.in_scope(one, activity, size)]


@pytest.fixture(scope="session")
def lyon(lyon_store, real_data, tmp_path_factory):
    source = lyon_source(real_data, tmp_path_factory.mktemp("rows"))
    found = spells(table(source / "etablissements.parquet"), table(source / "historique.parquet"), [])
    days = ("2026-07-31", "2009-01-01", "1985-06-15")
    return Twin(lyon_store, found, "commune:69384", days, ("2015..2024", "2008-01-01..2008-01-01", "2026"))


@pytest.fixture(scope="session")
def stocks(stocks_store, real_data):
    names = ("StockEtablissement_utf8_extrait_2020-06.csv", "StockUniteLegale_utf8_extrait_2020-06.csv")
    stock, units = (table(Path(real_data) / "sirene" / name) for name in names)
    days = ("2020-05-29", "2018-01-01", "2005-01-01")
    return Twin(stocks_store, spells(stock, [], units), PLACES_OF_2020, days, ("2000..2019", "2019"))


@pytest.fixture(params=["lyon", "stocks"])
def twin(request):
    return request.getfixturevalue(request.param)


def shown(twin, name, scope, by, **moment):
    """Values of the lines that count something, by key."""
    rows = ask(twin.store, Question(name, parse(twin.where), scope=scope, by=by or None, **moment)).rows
    return {row.key: row.value for row in rows if row.value}


def counted(values):
    return {key: value for key, value in values.items() if value}


@pytest.mark.parametrize("scope", SCOPES, **ids)
def test_stocks(twin, scope):
    for day in twin.on:
        mine, number = twin.chosen(scope, day), figures.number(day)
        moment = {"on": date.fromisoformat(day)}
        for by in ("", "trade", "sector", "commune", "legal"):
            assert shown(twin, "stock", scope, by, **moment) == counted(figures.stock(mine, number, by))
            assert shown(twin, "stock_firms", scope, by, **moment) == counted(figures.stock_firms(mine, number, by))
        behind = twin.store.describe(
            rows_behind(twin.store, Question("stock", parse(twin.where), scope=scope, **moment))
        )
        assert {row.siret for row in behind} == {one.siret for one in mine if one.holds(number)}


@pytest.mark.parametrize("scope", SCOPES, **ids)
def test_sizes_ages_and_social_economy(twin, scope):
    day = twin.on[0]
    mine, number = twin.chosen(scope, day), figures.number(day)
    assert shown(twin, "stock_firms", scope, "size") == counted(figures.stock_firms(mine, number, "size"))
    ages = figures.ages(mine, number)
    (age,) = ask(twin.store, Question("age", parse(twin.where), scope=scope)).rows or (None,)
    if ages:
        assert (age.value, age.extra["firms"]) == (pytest.approx(figures.quantile(ages, 0.5)), len(ages))
        assert age.extra["q1"] == pytest.approx(figures.quantile(ages, 0.25))
    mention, known = figures.ess(mine, number, "").get("", (0, 0))
    share = shown(twin, "ess_share", scope, "")
    assert share == ({"": pytest.approx(100 * mention / known)} if mention else {})


def test_employees_are_hidden_or_those_of_the_rows(twin):
    scope, day = Scope(), twin.on[0]
    mine, number = twin.chosen(scope, day), figures.number(day)
    for by in ("", "sector", "commune"):
        expected = figures.employees(mine, number, by)
        for row in ask(twin.store, Question("employees", parse(twin.where), by=by or None)).rows:
            low, high, known, count = expected.get(row.key, (0, 0, 0, 0))
            assert row.extra["establishments"] == count
            if row.value is not None:
                assert (row.extra["low"], row.extra["high"], row.extra["known"]) == (low, high, known)
            elif not row.extra.get("secret"):
                assert known == 0


@pytest.mark.parametrize("scope", SCOPES, **ids)
def test_flows(twin, scope):
    for text in twin.during:
        period = Period.parse(text)
        first = period.start.isoformat()
        mine = twin.chosen(scope, first, flows=True)
        start = (period.start - EPOCH).days
        end = (min(period.end, twin.store.manifest.stock_date) - EPOCH).days
        known = figures.flows(mine, [])
        for by in ("", "trade", "sector", "commune", "legal"):
            births, deaths = (
                counted(count(known, start, end, by, links=True)) for count in (figures.births, figures.deaths)
            )
            assert shown(twin, "creations", scope, by, during=period) == births
            assert shown(twin, "closures", scope, by, during=period) == deaths
            balance = {key: births.get(key, 0) - deaths.get(key, 0) for key in {*births, *deaths}}
            assert shown(twin, "balance", scope, by, during=period) == counted(balance)
            firms = figures.stock_firms(mine, start, by)
            rates = {key: 100 * births[key] / count for key, count in firms.items() if key in births}
            assert shown(twin, "creation_rate", scope, by, during=period) == pytest.approx(rates)


def test_flows_by_month_add_up_to_the_year(lyon):
    months = shown(lyon, "creations", SCOPES[0], "month", during=Period.year(2019))
    known = figures.flows(lyon.chosen(SCOPES[0], "2019-01-01", flows=True), [])
    for month in range(1, 13):
        first = date(2019, month, 1)
        last = (first + timedelta(days=31)).replace(day=1)
        wanted = figures.births(known, (first - EPOCH).days, (last - EPOCH).days, "", links=True)
        assert months.get(f"2019-{month:02d}", 0) == sum(wanted.values())


def test_survival_of_a_real_cohort(lyon):
    period = Period.parse("2015..2019")
    rows = ask(lyon.store, Question("survival", parse(lyon.where), during=period)).rows
    span = (figures.number("2015-01-01"), figures.number("2020-01-01"))
    mine = lyon.chosen(SCOPES[0], "1900-01-01", flows=True)
    births, points = figures.survival(mine, [], span, figures.number("2026-07-31"), links=True)
    assert births == rows[0].extra["births"] > 100
    for months, expected in points.items():
        row = next(row for row in rows if row.extra["month"] == months)
        assert (row.value, row.extra["low"], row.extra["high"]) == pytest.approx(expected)


def test_unknown_starts_are_neither_births_nor_ages(stocks):
    mine = stocks.chosen(SCOPES[0], stocks.on[0])
    assert any(one.start == UNKNOWN for one in mine)
    answer = ask(stocks.store, Question("creations", parse(stocks.where), during=Period.parse("1973..2019")))
    assert answer.total == sum(one.start != UNKNOWN for one in map(_birth, figures.presences(_all(stocks))) if one) > 0


def _all(twin):
    return twin.chosen(SCOPES[0], "1700-01-01", flows=True)


def _birth(presence):
    span = figures.number("1973-01-01"), figures.number("2020-01-01")
    born = figures.is_birth(presence) and span[0] <= presence.start < span[1]
    return presence if born else None
