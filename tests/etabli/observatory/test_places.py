"""Places as a visitor names and finds them."""

import pytest

from etabli.observatory import places
from etabli.observatory.addresses import address
from maillage.territory import parse


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("epci:246200364", "communauté d’agglomération"),
        ("epci:200093201", "métropole"),
        ("commune:62498", "commune"),
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
    assert "/territoires/epci/246200364/" in {place.href for place in places.found(text)}


def test_a_postcode_finds_its_communes():
    assert "Lens" in {place.name for place in places.found("62300")}


def test_nothing_typed_finds_nothing():
    assert places.found("   ") == ()


def test_homonyms_are_told_apart_by_their_departement():
    notes = [place.note for place in places.found("Saint-Denis") if place.kind == "commune"]
    assert len(set(notes)) == len(notes)


def test_the_trail_goes_from_the_widest_to_the_nearest():
    assert [link.label for link in places.trail(parse("commune:62498"))] == [
        "Hauts-de-France",
        "Pas-de-Calais",
        "Lens-Liévin",
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
