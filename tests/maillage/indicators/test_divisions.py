"""Divisions that docs/adr/0011 allows, each against the same figure asked for alone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from maillage.errors import BadQuestion
from maillage.indicators import Period, Question, ask, cards
from maillage.indicators.card import Grouping
from maillage.territory import parse

ADR = Path(__file__).resolve().parents[3] / "docs" / "adr" / "0011-divisions-refused.md"
CALL = parse("epci:246200364")


def test_density_by_size_adds_up(place):
    found = ask(place.store, Question("density", CALL, by="size"))
    assert len(found.rows) > 1
    assert sum(row.value for row in found.rows) == pytest.approx(found.total)
    assert {row.extra["population"] for row in found.rows} == {CALL.population}


def test_density_by_size_is_refused_before_the_bands(place):
    with pytest.raises(BadQuestion, match="n’a pas d’historique des effectifs"):
        ask(place.store, Question("density", CALL, by="size", on=date(2015, 1, 1)))


@pytest.mark.parametrize("more", [{}, {"trade": "boulangerie"}], ids=["all", "one trade"])
def test_age_by_year_is_the_age_at_each_first_of_january(place, more):
    found = ask(place.store, Question("age", CALL, by="year", during=Period.years(2016, 2022), **more))
    assert [row.key for row in found.rows] == [str(year) for year in range(2016, 2024)]
    for row in found.rows:
        alone = ask(place.store, Question("age", CALL, on=date(int(row.key), 1, 1), **more))
        assert row.value == alone.total
        assert row.extra["firms"] == (alone.rows[0].extra["firms"] if alone.rows else 0)


def test_every_refused_division_has_its_reason_in_the_record_and_no_other():
    """And none that the cards allow is said to be refused."""
    lines = [line.split("|") for line in ADR.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    told = {
        (indicator, division.strip())
        for line in lines
        for indicator in re.findall(r"`(\w+)`", line[1])
        for division in line[2].split(",")
    }
    refused = {(card.id, by.label) for card in cards() for by in Grouping if by not in card.by}
    assert told == refused
