"""Employees of the years before: what earlier editions knew stands beside the figure of the portrait."""

from dataclasses import replace

import pytest

from etabli import facts
from etabli.observatory.comparisons import beside
from etabli.observatory.figures import key_figures
from etabli.observatory.questions import Asker
from etabli.observatory.scopes import Reading
from etabli.ui import french
from maillage.territory import parse
from tests.maillage.indicators.conftest import WHOLE
from tests.maillage.indicators.editions import editions

LENS = parse("epci:246200364")


@pytest.fixture(scope="module")
def past_stores(tmp_path_factory):
    """Four editions, of which the last one has the bands of another year."""
    folder = tmp_path_factory.mktemp("editions")
    editions(3, folder, WHOLE)
    return folder / "stores"


@pytest.fixture
def past(settings, past_stores):
    settings.STORES_DIR = past_stores
    return facts.store()


def lines(where=LENS):
    return [line.replace("\u00a0", " ") for line in key_figures(Asker(Reading()), where, beside(where))[1].comparisons]


def test_the_figure_has_that_of_the_years_before_with_its_day(past, visit):
    ((year, day),) = facts.earlier_years()
    told = facts.ask(facts.Question("employees", LENS, on=day)).total
    now = facts.ask(facts.Question("employees", LENS)).total
    assert told is not None
    assert told != now
    assert lines()[-1] == f"effectifs de fin {year}, édition du 1er août 2027 : {french.number(told)}"
    assert "effectifs de fin 2024, édition du 1er août 2027" in visit("/territoires/epci/246200364/").text.replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize(
    ("extra", "shown"),
    [({"secret": 1, "establishments": 2}, "secret statistique"), ({"known": 0, "establishments": 2}, french.ABSENT)],
    ids=["secret", "unknown"],
)
def test_a_year_without_a_figure_says_why(past, monkeypatch, extra, shown):
    ask = facts.ask

    def silent(question):
        answer = ask(question)
        row = replace(answer.rows[0], value=None, extra=extra)
        return replace(answer, total=None, rows=(row,)) if question.on else answer

    monkeypatch.setattr(facts, "ask", silent)
    assert lines()[-1].endswith(f": {shown}")


def test_a_first_edition_has_no_year_before(demo):
    assert not any("édition" in line for line in lines())
