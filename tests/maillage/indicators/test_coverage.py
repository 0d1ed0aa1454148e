"""A place of which the store holds a part: told, never counted 0 where nothing was read."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.errors import NotCovered
from maillage.indicators import Question, ask, behind
from maillage.indicators.question import Period
from maillage.scope import Scope, SizeScope
from maillage.store import Store
from maillage.territory import parse
from tests.maillage.indicators.town import Town

CALL, BOTH = "epci:246200364", "liste:62498,62510"
LONG_AGO = date(2013, 1, 1)
CLOSED, OPEN = Period.year(2013), Period.year(2020)


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Lens alone was read: one bakery, opened in 2015."""
    town = Town()
    town.shop(1, "62498", ("2015-03-01", "", "10.71C"))
    return town.store(tmp_path_factory.mktemp("part"))


def question(where: str = CALL, indicator: str = "stock", **more: object) -> Question:
    return Question(indicator, parse(where), **more)


@pytest.mark.parametrize("where", [CALL, BOTH])
@pytest.mark.parametrize(
    ("indicator", "when"),
    [("stock", {"on": LONG_AGO}), ("stock_firms", {"during": CLOSED, "by": "year"}), ("closures", {"during": CLOSED})],
)
def test_nothing_read_in_a_part_of_a_place_is_refused_and_not_counted_zero(part, where, indicator, when):
    with pytest.raises(NotCovered, match="n’y est actif à ce moment-là"):
        ask(part, question(where, indicator, **when))
    with pytest.raises(NotCovered, match=r"contiennent une des (36|2) communes"):
        behind(part, question(where, indicator, **when))


def test_what_was_read_is_answered_with_what_is_missing(part):
    found = ask(part, question())
    assert found.total == 1
    assert (len(found.coverage.missing), round(found.coverage.share, 3)) == (35, 0.028)
    assert found.coverage.reason in found.notes
    assert ask(part, question(indicator="closures", during=OPEN)).total == 0


def test_a_zero_of_one_trade_is_a_figure_of_what_was_read(part):
    assert ask(part, question(trade="coiffure")).total == 0
    assert ask(part, question(scope=Scope(size=SizeScope.KNOWN))).coverage.share < 1


def test_by_commune_those_that_were_not_read_come_last_without_a_figure(part):
    first, *others = ask(part, question(by="commune")).rows
    assert (first.key, first.value) == ("62498", 1)
    assert len(others) == 35
    assert {(row.value, row.extra["unread"]) for row in others} == {(None, 1)}


def test_what_divides_a_figure_is_what_was_read(part):
    found = ask(part, question(indicator="density"))
    assert found.total == pytest.approx(10_000 / parse("commune:62498").population)
    assert found.rows[0].extra["population"] == parse("commune:62498").population
    series = ask(part, question(indicator="density", by="year", during=OPEN))
    assert {row.value for row in series.rows} == {found.total}
    (bakery,) = ask(part, question(indicator="presence", trade="boulangerie")).rows
    assert (bakery.value, bakery.extra["communes_last"], bakery.extra["communes_absent"]) == (1, 1, 0)
