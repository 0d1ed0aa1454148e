"""One rule per test. Each rule has a commune of the Pas-de-Calais (or the place it is about) to itself."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.errors import BadQuestion, NotCovered, UnknownIndicator, UnknownTrade
from maillage.indicators import (
    ActivityScope,
    Answer,
    Period,
    Question,
    Scope,
    SizeScope,
    ask,
    cards,
    rows_behind,
)
from maillage.store import Store
from maillage.territory import Level, parse
from tests.maillage.indicators.town import CLOSED, Town

BAKER, BUTCHER, HAIR, PLUMBER = "10.71C", "10.13B", "96.02A", "43.22A"
FLORIST, OFFICE, METAL = "47.76Z", "62.01Z", "25.62B"  # partly craft, not craft, entirely craft and often a factory
EMPTY, SINGLE, BRIEF, SAME_DAY, RETURN, MOVES, PARTIAL = "62001", "62002", "62003", "62004", "62005", "62006", "62008"
MOVED_TO, SIZES, PUBLIC, PARTLY, EDGE, CHANGES, LINKED = "62007", "62009", "62010", "62011", "62012", "62013", "62014"
ARRIVED, COHORT, LYON4, LYON1, METZ, TWO_SHOPS, AWAY = "62015", "62016", "69384", "69381", "57463", "62017", "62018"
OPEN = ""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Every case of this file in one store, built from official files."""
    town = Town()
    town.shop(1, SINGLE, ("2015-03-01", OPEN, BAKER))
    town.shop(2, BRIEF, ("2019-05-05", "2019-05-05", BAKER), ("2019-05-06", OPEN, CLOSED))
    town.shop(3, SAME_DAY, ("2015-01-01", "2019-12-31", BAKER), ("2020-01-01", OPEN, BAKER))
    town.shop(
        4,
        RETURN,
        ("2010-01-01", "2014-12-31", BAKER),
        ("2015-01-01", "2015-12-31", CLOSED),
        ("2016-01-01", OPEN, BAKER),
    )
    town.shop(
        5, RETURN, ("2010-01-01", "2014-12-31", HAIR), ("2015-01-01", "2016-01-01", CLOSED), ("2016-01-02", OPEN, HAIR)
    )
    town.shop(6, MOVES, ("2012-01-01", "2018-06-30", HAIR), ("2018-07-01", OPEN, CLOSED))
    town.shop(6, MOVED_TO, ("2018-07-01", OPEN, HAIR), shop=2)
    town.shop(7, PARTIAL, ("2015-01-01", OPEN, BAKER), status="P")
    _sizes(town)
    town.shop(30, PUBLIC, ("2015-01-01", OPEN, BAKER))
    town.firm(30, legal="7210")
    town.shop(31, PUBLIC, ("2015-01-01", OPEN, BAKER))
    town.firm(31, legal="9220")
    town.shop(32, PUBLIC, ("2015-01-01", OPEN, BAKER))
    town.firm(32, legal="1000")
    town.shop(33, PARTLY, ("2015-01-01", OPEN, FLORIST))
    town.shop(34, PARTLY, ("2015-01-01", OPEN, FLORIST), nafa="4776ZA")
    town.shop(35, PARTLY, ("2015-01-01", OPEN, BAKER))
    town.shop(36, PARTLY, ("2015-01-01", OPEN, BAKER), nafa="1071CA")
    town.shop(37, EDGE, ("2019-01-01", "2020-12-31", BAKER), ("2021-01-01", OPEN, CLOSED))
    town.shop(38, CHANGES, ("2010-01-01", "2018-12-31", OFFICE), ("2019-01-01", OPEN, BAKER))
    town.shop(39, CHANGES, ("2010-01-01", "2018-12-31", BAKER), ("2019-01-01", OPEN, OFFICE))
    town.shop(40, CHANGES, ("2010-01-01", "2018-12-31", BAKER), ("2019-01-01", OPEN, BUTCHER))
    before = town.shop(41, LINKED, ("2010-01-01", "2018-12-31", BAKER), ("2019-01-01", OPEN, CLOSED))
    after = town.shop(42, LINKED, ("2019-01-01", OPEN, BAKER))
    town.link(before, after, "2019-01-01")
    away = town.shop(43, AWAY, ("2010-01-01", "2018-12-31", BAKER), ("2019-01-01", OPEN, CLOSED))
    here = town.shop(44, ARRIVED, ("2019-01-01", OPEN, BAKER))
    town.link(away, here, "2019-01-01")
    for number in range(9):
        town.shop(50 + number, COHORT, (f"2020-0{number + 1}-15", OPEN, BAKER))
    for number in range(12):
        town.shop(80 + number, "62019", ("2024-08-10", OPEN, BAKER))
    town.shop(70, LYON4, ("2015-01-01", OPEN, BAKER))
    town.shop(70, LYON1, ("2015-01-01", OPEN, BAKER), shop=2)
    town.shop(71, LYON1, ("2015-01-01", OPEN, BAKER))
    town.shop(72, METZ, ("2015-01-01", OPEN, BAKER))
    town.shop(73, TWO_SHOPS, ("2015-01-01", OPEN, BAKER))
    town.shop(73, TWO_SHOPS, ("2016-01-01", OPEN, HAIR), shop=2)
    return town.store(tmp_path_factory.mktemp("rules"))


def _sizes(town: Town) -> None:
    """Firms 10 to 16: ten at most, eleven or more, presumed without employee, unknown twice, a factory."""
    bands = {10: "03 O", 11: "11 O", 12: "NN N", 13: "NN O", 14: " ", 15: "31 O", 16: "12 O"}
    for number, (band, employer) in ((number, text.split(" ")) for number, text in bands.items()):
        town.shop(number, SIZES, ("2015-01-01", OPEN, METAL), band=band)
        town.firm(number, band=band, employer=employer)


def answer(store: Store, indicator: str, place: str, **question) -> Answer:
    where = parse(place if ":" in place or place == "france" else f"commune:{place}")
    return ask(store, Question(indicator, where, **question))


def total(store: Store, indicator: str, place: str, **question) -> float | None:
    return answer(store, indicator, place, **question).total


def test_an_empty_territory_counts_zero_and_has_no_rate(tmp_path):
    town = Town()
    town.shop(1, SINGLE, ("2015-03-01", OPEN, BAKER))
    store = town.store(tmp_path, covers=[f"commune:{EMPTY}", f"commune:{SINGLE}"])
    for card in cards():
        found = answer(store, card.id, EMPTY)
        assert found.total in (0, None)
    assert total(store, "creation_rate", EMPTY) is None


def test_a_single_firm_is_a_public_count(store):
    found = answer(store, "stock_firms", SINGLE, by="trade")
    assert [(row.key, row.value) for row in found.rows] == [("boulangerie", 1)]


def test_a_shop_of_one_day_opens_closes_and_stands_that_day_only(store):
    assert total(store, "stock", BRIEF, on=date(2019, 5, 5)) == 1
    assert total(store, "stock", BRIEF, on=date(2019, 5, 6)) == 0
    assert total(store, "creations", BRIEF, during=Period.year(2019)) == 1
    assert total(store, "closures", BRIEF, during=Period.year(2019)) == 1


def test_a_period_that_follows_without_a_day_of_absence_is_no_event(store):
    assert total(store, "creations", SAME_DAY, during=Period.years(2019, 2021)) == 0
    assert total(store, "closures", SAME_DAY, during=Period.years(2019, 2021)) == 0


def test_a_return_within_a_year_is_bridged_and_after_more_than_a_year_is_a_creation(store):
    found = answer(store, "creations", RETURN, during=Period.year(2016), by="trade")
    assert [(row.key, row.value) for row in found.rows] == [("coiffure", 1)]
    closed = answer(store, "closures", RETURN, during=Period.year(2015), by="trade")
    assert [(row.key, row.value) for row in closed.rows] == [("coiffure", 1)]


def test_a_move_is_an_event_of_each_commune_and_none_of_a_territory_that_holds_both(store):
    during = Period.year(2018)
    assert total(store, "closures", MOVES, during=during) == 1
    assert total(store, "creations", MOVED_TO, during=during) == 1
    both = f"liste:{MOVES},{MOVED_TO}"
    assert total(store, "closures", both, during=during) == 0
    assert total(store, "creations", both, during=during) == 0
    assert total(store, "age", both) == pytest.approx(14.75, abs=0.01)


def test_partially_diffusible_shops_are_counted_and_never_named(store):
    assert total(store, "stock", PARTIAL) == 1
    numbers = rows_behind(store, Question("stock", parse(f"commune:{PARTIAL}")))
    (row,) = store.describe(numbers)
    assert row.name is None
    assert row.address is None


@pytest.mark.parametrize(
    ("size", "firms"),
    [
        (SizeScope.UPTO10, {10, 12, 13, 14}),
        (SizeScope.KNOWN, {10, 12}),
        (SizeScope.UPTO49, {10, 11, 12, 13, 14, 16}),
        (SizeScope.UPTO249, {10, 11, 12, 13, 14, 15, 16}),
    ],
)
def test_size_scope_keeps_whole_bands_presumed_zero_and_unknown(store, size, firms):
    found = answer(store, "stock_firms", SIZES, scope=Scope(size=size))
    assert found.total == len(firms)
    unknown = {13, 14} & firms
    assert found.unknown_size_share == pytest.approx(len(unknown) / len(firms))


def test_a_factory_of_two_hundred_is_outside_the_default_scope_and_inside_the_widest(store):
    bands = {row.band for row in store.describe(rows_behind(store, Question("stock", parse(f"commune:{SIZES}"))))}
    assert "31" not in bands
    widest = Question("stock", parse(f"commune:{SIZES}"), scope=Scope(size=SizeScope.UPTO249))
    assert "31" in {row.band for row in store.describe(rows_behind(store, widest))}


def test_past_dates_take_every_size_and_say_so(store):
    found = answer(store, "stock_firms", SIZES, on=date(2020, 1, 1))
    assert found.total == 7
    assert found.unknown_size_share is None
    assert any("Sans critère de taille" in note for note in found.notes)


def test_a_split_by_size_of_the_past_is_refused(store):
    with pytest.raises(BadQuestion, match="n’a pas d’historique des effectifs"):
        answer(store, "stock_firms", SIZES, on=date(2020, 1, 1), by="size")


def test_public_bodies_and_associations_are_out(store):
    assert total(store, "stock", PUBLIC) == 1
    assert [row.key for row in answer(store, "stock", PUBLIC, by="legal").rows] == ["sole"]


def test_scopes_are_nested_from_certain_to_possible(store):
    counts = [total(store, "stock", PARTLY, scope=Scope(activity=activity)) for activity in ActivityScope]
    assert counts == [2, 3, 4]


def test_certain_has_no_past_and_says_so(store):
    found = answer(store, "stock", PARTLY, scope=Scope(activity=ActivityScope.CERTAIN), on=date(2020, 1, 1))
    assert found.total == 3
    assert any("NAFA" in note for note in found.notes)


def test_the_state_on_a_day_is_that_of_its_first_instant_and_last_day_included(store):
    assert total(store, "stock", EDGE, on=date(2018, 12, 31)) == 0
    assert total(store, "stock", EDGE, on=date(2019, 1, 1)) == 1
    assert total(store, "stock", EDGE, on=date(2020, 12, 31)) == 1
    assert total(store, "stock", EDGE, on=date(2021, 1, 1)) == 0


def test_changes_of_activity_are_counted_apart(store):
    created = answer(store, "creations", CHANGES, during=Period.year(2019))
    closed = answer(store, "closures", CHANGES, during=Period.year(2019))
    assert (created.total, closed.total) == (0, 0)
    assert created.left_out["changements d’activité"] == 1
    assert closed.left_out["changements d’activité"] == 1


def test_a_transfer_inside_the_territory_is_neither_birth_nor_death_and_both_bounds_are_given(store):
    for indicator in ("creations", "closures"):
        found = answer(store, indicator, LINKED, during=Period.year(2019))
        assert found.total == 0
        assert found.rows[0].extra["without_links"] == 1
        assert total(store, indicator, LINKED, during=Period.year(2019), links=False) == 1


def test_a_transfer_from_outside_the_territory_is_a_birth_there(store):
    assert total(store, "creations", ARRIVED, during=Period.year(2019)) == 1
    assert total(store, "creations", f"liste:{ARRIVED},{AWAY}", during=Period.year(2019)) == 0


def test_no_survival_curve_under_ten_births(store):
    found = answer(store, "survival", COHORT, during=Period.year(2020))
    assert found.rows == ()
    assert found.total is None
    assert any("Moins de 10 créations" in note for note in found.notes)


def test_a_survival_point_that_nobody_could_reach_is_not_drawn(store):
    found = answer(store, "survival", "liste:62009,62011", during=Period.years(2015, 2024))
    assert found.rows[-1].key == "60"
    recent = answer(store, "survival", "62019")
    assert recent.rows[-1].key == "25"  # born in August 2024, followed until 1 October 2026


def test_ages_that_the_last_year_still_changes_are_marked_provisional(store):
    old = answer(store, "survival", "liste:62016,62013", during=Period.years(2010, 2020))
    marked = [int(row.key) for row in old.rows if row.extra["provisional"]]
    assert marked == list(range(58, 61))  # born on 31 December 2020, complete until 1 October 2025


def test_arrondissements_roll_up_into_their_city_and_a_firm_of_both_counts_once(store):
    assert total(store, "stock_firms", LYON4) == 1
    assert total(store, "stock_firms", LYON1) == 2
    assert total(store, "stock_firms", "69123") == 2
    assert total(store, "stock", "69123") == 3
    assert parse("commune:69384").communes < parse("commune:69123").communes
    shown = answer(store, "stock", "epci:200046977", by="commune")
    assert {row.key: row.value for row in shown.rows if row.value} == {"69123": 3}


def test_a_firm_with_two_shops_is_two_establishments_and_one_firm(store):
    assert total(store, "stock", TWO_SHOPS) == 2
    assert total(store, "stock_firms", TWO_SHOPS) == 1
    by_trade = answer(store, "stock_firms", TWO_SHOPS, by="trade")
    assert sum(row.value for row in by_trade.rows) == 2


def test_a_list_of_communes_is_a_territory(store):
    assert total(store, "stock_firms", f"liste:{SINGLE},{TWO_SHOPS}") == 2


def test_alsace_and_moselle_are_told_apart_on_their_pages_alone(store):
    assert any("Alsace et Moselle" in note for note in answer(store, "stock", METZ).notes)
    assert not any("Alsace et Moselle" in note for note in answer(store, "stock", SINGLE).notes)


def test_fiction_comes_first_among_the_notes(store):
    found = answer(store, "stock", SINGLE)
    assert found.fictitious
    assert found.notes[0].startswith("Données fictives")


def test_an_incomplete_region_is_refused_with_the_reason(store):
    for key in ("france", "region:32", "departement:62"):
        with pytest.raises(NotCovered, match="communes"):
            answer(store, "stock", key)


def test_unknown_names_are_refused(store):
    with pytest.raises(UnknownIndicator, match="stock_firms"):
        answer(store, "profit", SINGLE)
    with pytest.raises(UnknownTrade):
        answer(store, "stock", SINGLE, trade="astrologue")
    with pytest.raises(BadQuestion, match="secteur"):
        answer(store, "stock", SINGLE, sector="finance")


@pytest.mark.parametrize(
    ("indicator", "question"),
    [
        ("stock", {"during": Period.year(2020)}),
        ("creations", {"on": date(2020, 1, 1)}),
        ("stock", {"on": date(2020, 1, 1), "during": Period.year(2020)}),
        ("creations", {"during": Period.year(2030)}),
        ("stock", {"by": "colour"}),
        ("survival", {"by": "size"}),
        ("stock", {"by": "zone"}),
        ("stock", {"trade": "boulangerie", "sector": "alimentation"}),
        ("stock", {"by": "year", "on": date(2020, 1, 1)}),
        ("employees", {"on": date(2020, 1, 1)}),
        ("employees", {"by": "trade"}),
    ],
)
def test_questions_that_contradict_themselves_are_refused_in_french(store, indicator, question):
    with pytest.raises(BadQuestion) as refused:
        answer(store, indicator, SINGLE, **question)
    assert refused.value.message.rstrip().endswith((".", ".."))


def test_the_establishments_behind_a_protected_measure_are_not_listed(store):
    with pytest.raises(BadQuestion, match="Secret statistique"):
        rows_behind(store, Question("employees", parse(f"commune:{SIZES}")))


def test_the_current_year_is_shown_as_twelve_rolling_months(store):
    rows = answer(store, "creations", SINGLE, by="year").rows
    assert [row.key for row in rows] == [str(year) for year in range(2016, 2027)]
    assert rows[-1].label == "12 mois à fin septembre 2026"
    assert rows[-1].extra["partial"] == 1
    assert "partial" not in rows[-2].extra


def test_the_last_twelve_months_of_closures_are_provisional(store):
    rows = answer(store, "closures", SINGLE, by="month", during=Period(date(2025, 8, 1), date(2026, 10, 1))).rows
    assert [row.key for row in rows if row.extra.get("provisional")] == [row.key for row in rows][2:]


def test_every_allowed_split_answers(store):
    where = parse("epci:200046977")
    for card in cards():
        for by in card.by:
            if by != "zone":
                found = ask(store, Question(card.id, where, by=by))
                assert found.card is card
                assert where.level is Level.EPCI


@pytest.mark.parametrize("card", cards(), ids=lambda card: card.id)
def test_each_card_opens_with_a_short_sentence_for_everyone(card):
    assert 30 < len(card.plain) < 110
    assert card.plain.endswith(".")
    learned = ("Kaplan", "estimateur", "périmètre", "cohorte", "Sirene", "estimation", "Siren")
    assert not any(word in card.plain for word in learned)


def test_an_answer_tells_the_scope_that_was_applied(store):
    def words(indicator, **more):
        return answer(store, indicator, SIZES, **more).scope_words

    assert words("stock") == "activité entièrement artisanale, 10 salariés au plus"
    assert words("stock", on=date(2020, 1, 1)) == "activité entièrement artisanale, toutes tailles"
    assert words("creations", scope=Scope(ActivityScope.CERTAIN)) == "activité entièrement artisanale, toutes tailles"
