"""The craft scope in the query string."""

from datetime import date

import pytest
from django.http import QueryDict

from etabli import facts
from etabli.observatory.scopes import ACTIVITIES, SIZES, Reading, reading_from
from maillage.errors import BadQuestion
from maillage.scope import ActivityScope, Scope, SizeScope
from maillage.territory import parse
from tests.etabli.conftest import LENS_LIEVIN


def test_nothing_asked_is_the_default():
    assert reading_from(QueryDict("")) == Reading(Scope(ActivityScope.ACTIVITY, SizeScope.UPTO10), None)
    assert reading_from(QueryDict("perimetre=&taille=&le=")) == Reading()


@pytest.mark.parametrize("perimetre", ACTIVITIES)
@pytest.mark.parametrize("taille", SIZES)
@pytest.mark.parametrize("le", ["", "2021-01-01"])
def test_what_is_written_is_read_back(demo, perimetre, taille, le):
    reading = reading_from(QueryDict(f"perimetre={perimetre}&taille={taille}&le={le}"))
    assert reading_from(QueryDict(reading.query().removeprefix("?"))) == reading


def test_on_a_past_day_the_craft_code_gives_way_to_the_activity(demo):
    assert reading_from(QueryDict("perimetre=certain&le=2021-01-01")).scope.activity is ActivityScope.ACTIVITY
    assert reading_from(QueryDict("perimetre=certain&le=2026-11-01")).scope.activity is ActivityScope.CERTAIN


def test_the_craft_code_is_known_since_the_first_edition_kept(demo, visit):
    assert facts.nafa_since() == date(2026, 10, 1)
    reading = reading_from(QueryDict("perimetre=certain&le=2026-10-15"))
    assert reading.scope.activity is ActivityScope.CERTAIN
    assert "certain" in dict(reading.activities)
    assert "certain" not in dict(reading_from(QueryDict("le=2026-09-30")).activities)
    assert "code d’activité artisanale (NAFA) déclaré" in visit(f"{LENS_LIEVIN}?perimetre=certain&le=2026-10-15").text


@pytest.mark.parametrize(("le", "sized"), [("2023-12-31", False), ("2024-01-01", True), ("", True)])
def test_sizes_are_told_apart_since_the_year_of_the_bands(demo, le, sized):
    reading = reading_from(QueryDict(f"le={le}"))
    assert reading.sized is sized
    words = facts.ask(facts.Question("stock", parse("commune:62498"), on=reading.on)).scope_words
    assert words.endswith("10 salariés au plus" if sized else "toutes tailles")


@pytest.mark.parametrize("address", ["", "metiers/", "metiers/boulangerie/", "?t=epci:246200364&t=epci:200093201"])
def test_what_is_chosen_and_what_is_said_agree_on_a_past_day(demo, visit, address):
    start = "/comparer/" if address.startswith("?") else LENS_LIEVIN
    page = visit(f"{start}{address}{'&' if '?' in address else '?'}taille=49&le=2021-01-01").html
    assert '<select id="champ-taille" disabled><option>toutes tailles</option>' in page
    assert '<input type="hidden" name="taille" value="49">' in page, "kept for the way back"
    assert "code artisanal déclaré" not in page
    assert "janvier 2021, activité entièrement artisanale, toutes tailles" in page


def test_the_default_writes_nothing():
    assert Reading().query() == ""
    assert Reading(on=date(2021, 1, 1)).query(page="2") == "?le=2021-01-01&page=2"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("perimetre=x", "certain (code artisanal déclaré), activite"),
        ("taille=x", "249 (249 salariés au plus)"),
        ("le=x", "date"),
    ],
)
def test_a_wrong_word_is_refused_with_those_that_may_be_written(query, said):
    with pytest.raises(BadQuestion) as refused:
        reading_from(QueryDict(query))
    assert said in refused.value.message
