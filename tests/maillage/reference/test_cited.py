"""Quoted figures: exact words, value, source, place; what is deduced is flagged."""

import re
from datetime import date

from maillage.reference.cited import cited_about, cited_figures
from maillage.territory import parse

INDICATORS = {"stock", "stock_firms", "creations", "employees", "ess_share"}


def test_the_figures_of_the_articles_are_there_with_their_values() -> None:
    values = {figure.id: figure.value for figure in cited_figures()}
    assert values["france-societes"] == 1_069_000
    assert values["france-metiers"] == 250
    assert values["call-enseignes"] == 2_400
    assert values["call-salaries"] == 5_400
    assert values["call-creations"] == 500
    assert values["grand-est-entreprises"] == 92_000
    assert values["grand-est-chiffre-d-affaires"] == 31_000_000_000
    assert values["grand-est-collaborateurs"] == 280_000


def test_words_are_a_quotation_that_holds_the_value() -> None:
    for figure in cited_figures():
        assert re.fullmatch(r"«\u00a0.+\u00a0»", figure.words), figure.words
        digits = "".join(re.findall(r"\d", figure.words.replace("cinq", "5").replace("sept ", "7 ")))
        assert str(abs(figure.value)).rstrip("0") in digits, figure


def test_every_figure_is_about_a_known_place_and_a_known_indicator() -> None:
    for figure in cited_figures():
        assert parse(figure.where).key == figure.where
        assert figure.indicator is None or figure.indicator in INDICATORS
        assert figure.source
        assert figure.unit


def test_a_deduced_year_is_flagged_and_an_unknown_year_stays_unknown() -> None:
    by_id = {figure.id: figure for figure in cited_figures()}
    assert by_id["grand-est-entreprises"].said_on is None
    assert by_id["call-enseignes"].deduced
    assert by_id["call-enseignes"].said_on == date(2016, 11, 16)
    assert not by_id["france-societes"].deduced
    assert by_id["france-societes"].said_on == date(2014, 6, 12)


def test_a_flow_gives_its_period() -> None:
    creations = next(figure for figure in cited_figures() if figure.indicator == "creations")
    assert creations.during == (date(2015, 1, 1), date(2016, 11, 16))


def test_figures_are_found_by_their_territory() -> None:
    assert {figure.id for figure in cited_about("epci:246200364")} >= {"call-enseignes", "call-salaries"}
    assert cited_about("commune:62498") == ()


def test_each_article_is_cited_about_the_place_it_speaks_of() -> None:
    places = {"region:44", "region:93", "epci:246200364", "france", "departement:62", "liste:pays-aubagne-etoile"}
    assert {figure.where for figure in cited_figures()} == places


def test_identifiers_are_unique() -> None:
    assert len({figure.id for figure in cited_figures()}) == len(cited_figures())
