"""Days and periods that a store cannot answer for are refused with those that it can."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.errors import BadQuestion
from maillage.indicators import Period, Question, ask, days
from maillage.store import Store
from maillage.territory import parse
from tests.maillage.indicators.town import Town
from tests.maillage.messages import said

LENS = parse("commune:62498")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """One bakery, on 1 October 2026."""
    town = Town()
    town.shop(1, LENS.code, ("2015-03-01", "", "10.71C"))
    return town.store(tmp_path_factory.mktemp("reach"))


EXTREMES = [date(1, 1, 1), date(1972, 12, 31), date(2026, 10, 2), date(9999, 12, 31)]


@pytest.mark.parametrize("day", EXTREMES, ids=str)
def test_a_day_that_the_store_does_not_reach_is_refused_with_the_bounds(store, day):
    with pytest.raises(BadQuestion, match=said("L’entrepôt répond du 1973-01-01 au 2026-10-01 : choisir un jour")):
        ask(store, Question("stock", LENS, on=day))


@pytest.mark.parametrize(
    "text", ["0001..2020", "1971-12..2020", "2026-10-02", "9999", "9999-12-31", "2020..9999-12-31"]
)
@pytest.mark.parametrize("by", ["year", "month", None])
def test_a_period_that_the_store_does_not_reach_is_refused_with_the_bounds(store, text, by):
    with pytest.raises(BadQuestion, match=said("L’entrepôt répond du 1973-01-01 au 2026-10-01 : choisir un jour")):
        ask(store, Question("creations", LENS, during=Period.parse(text), by=by))


def test_the_first_and_last_days_and_the_year_under_way_are_answered(store):
    for day in days(store.manifest.stock_date):
        ask(store, Question("stock", LENS, on=day))
        ask(store, Question("creations", LENS, during=Period.rolling_year(day)))
    found = ask(store, Question("creations", LENS, during=Period.parse("1973..2026"), by="year"))
    assert (found.rows[0].key, found.during.last) == ("1973", date(2026, 9, 30))
    assert any("dernier jour connu" in note for note in found.notes)


@pytest.mark.parametrize("years", [(0, 2020), (2020, 10_000), (-5, -1)])
def test_years_of_no_calendar_are_refused(years):
    with pytest.raises(BadQuestion, match=said("n’est pas une année")):
        Period.years(*years)


def test_a_period_that_ends_before_all_calendars_is_refused():
    with pytest.raises(BadQuestion, match=said("finit avant de commencer")):
        Period(date(2020, 1, 1), date.min)
