"""Places as a visitor names and finds them."""

import re

import pytest

from etabli.observatory import places
from etabli.observatory.addresses import address
from maillage.reference.places.tables import communes
from maillage.territory import parse


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("epci:246200364", "communauté d’agglomération"),
        ("epci:200093201", "métropole"),
        ("commune:62498", "commune"),
        ("commune:69384", "arrondissement municipal"),
        ("commune:69123", "commune"),
        ("departement:62", "département"),
        ("france", "France"),
    ],
)
def test_the_kind_of_a_place_is_said_in_words(key, kind):
    assert places.kind(parse(key)) == kind


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("epci:246200364", "/territoires/epci/246200364/"),
        ("france", "/territoires/france/france/"),
        ("liste:62498,62510", "/territoires/liste/62498,62510/"),
        ("liste:pays-aubagne-etoile", "/territoires/liste/pays-aubagne-etoile/"),
    ],
)
def test_every_kind_of_place_has_an_address(key, expected):
    assert address(parse(key)) == expected


@pytest.mark.parametrize("text", ["lens-liévin", "LENS LIEVIN", "246200364"])
def test_a_place_is_found_by_name_or_code(text):
    assert "/territoires/epci/246200364/" in {place.href for place in places.found(text).places}


def test_a_postcode_finds_its_communes():
    names = [place.name for place in places.found("62300").places]
    assert names[0] == "Lens"
    assert "Lens-Liévin" in names, "and their intercommunalité"


def test_places_of_this_edition_come_first_and_a_cut_off_is_no_total(demo):
    found = places.found("saint")
    held = [not place.outside for place in found.places]
    assert held == sorted(held, reverse=True)
    assert held[0]
    names = [row.name for row in communes().values()]
    by_hand = sum("saint" in re.split(r"[^a-zà-ÿ]+", name.lower()) for name in names)
    assert found.total > by_hand > 1000
    assert found.words.startswith("Les 12 premiers lieux sur ")


def test_the_hint_names_places_that_are_held_and_found(demo, visit):
    said = places.hint().partition(":")[2].strip(" \u00a0…").split(", ")
    assert said == ["Lens", "62300", "Lens-Liévin"]
    assert all(not places.found(word).places[0].outside for word in said)
    assert places.hint() in visit("/").html
    assert places.hint() in visit("/comparer/").html


def test_nothing_typed_finds_nothing():
    assert places.found("   ") == places.Found((), 0)


def test_homonyms_are_told_apart_by_their_departement():
    notes = [place.note for place in places.found("Saint-Denis").places if place.kind == "commune"]
    assert len(set(notes)) == len(notes)


def test_the_trail_goes_from_the_widest_to_the_nearest():
    assert [link.label for link in places.trail(parse("commune:62498"))] == [
        "France",
        "Hauts-de-France",
        "Pas-de-Calais",
        "Lens-Liévin",
    ]


def test_a_step_of_the_trail_keeps_the_reading_and_france_is_one_when_it_is_held(demo, monkeypatch):
    assert places.trail(parse("commune:62498"), "?taille=49")[-1].href == "/territoires/epci/246200364/?taille=49"
    monkeypatch.setattr(places, "is_held", lambda where: True)
    assert [link.href for link in places.trail(parse("commune:62498"))] == [
        "/territoires/france/france/",
        "/territoires/region/32/",
        "/territoires/departement/62/",
        "/territoires/epci/246200364/",
    ]


def test_places_covered_are_those_declared_largest_first(demo):
    assert [place.name for place in places.covered()][:2] == ["Métropole Européenne de Lille", "Lens-Liévin"]
    assert len(places.covered()) == len(demo.manifest.covers)


def test_without_declaration_places_held_whole_are_found(demo):
    found = {key for key in places._held_whole() if key.startswith("epci:")}
    assert found == set(demo.manifest.covers)


def test_a_place_outside_the_edition_is_marked_and_its_step_of_the_trail_leads_nowhere(demo):
    inside, outside = places.place(parse("commune:62498")), places.place(parse("commune:62516"))
    assert (inside.outside, outside.outside) == (False, True)
    assert [bool(link.href) for link in places.trail(parse("commune:62498"))] == [False, False, True]


def test_before_any_data_nothing_is_marked(no_store):
    assert not places.place(parse("commune:62516")).outside


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("epci:246200364", "Communes et limites au 1er janvier 2026, appliquées à toutes les années"),
        ("commune:62498", "Limites de la commune au 1er janvier 2026"),
        ("liste:62498,62510", "Communes de la liste au 1er janvier 2026"),
        ("liste:pays-aubagne-etoile", "Communes de la liste au 1er janvier 2015"),
    ],
)
def test_the_day_of_the_membership_is_said(key, day):
    assert places.membership(parse(key)).replace("\u00a0", " ").startswith(day)


def test_a_portrait_and_the_data_page_say_the_day_of_the_membership(demo, visit):
    said = "au 1er janvier 2026"
    assert f"Communes et limites {said}" in visit("/territoires/epci/246200364/").text.replace("\u00a0", " ")
    assert f"{said}, pour toutes les années" in visit("/donnees/").text.replace("\u00a0", " ")
