"""Territories that the edition does not hold: what was said of them alone, and the nearest that it holds."""

import pytest

from etabli.observatory.outside import nearest, outside, told
from maillage.reference.cited import cited_about, cited_figures
from maillage.territory import parse
from tests.etabli.conftest import LENS_LIEVIN

SAID = {
    "/territoires/region/44/": (
        "92 000 entreprises",
        "31 milliards d’euros de CA",
        "280 000 collaborateurs",
        "le 26 juillet",
    ),
    "/territoires/region/93/": ("2 700 entreprises", "16 septembre 2020 (année déduite)"),
    "/territoires/france/france/": ("1 069 000 sociétés", "environ 250 métiers", "12 juin 2014"),
    "/territoires/departement/62/": ("dans les sept territoires", "ne nomme pas ces sept territoires"),
    "/territoires/liste/pays-aubagne-etoile/": ("convention cadre de cinq ans", "20 octobre 2015"),
}
FIGURES = ("pour 10 000 habitants", "taux de création", "Calculé ici", "Pas de calcul")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("address", SAID)
def test_what_was_said_stands_alone_where_nothing_is_held(demo, visit, address):
    page = visit(address)
    text = plain(page.text)
    assert all(words in text for words in SAID[address])
    assert "Aucun chiffre calculé pour ce territoire" in text
    assert not [words for words in FIGURES if words in text]
    assert {"/donnees/", "/territoires/"} <= set(page.links)


def test_it_stands_alone_on_real_data_too(demo):
    object.__setattr__(demo.manifest, "fictitious", False)
    try:
        page = outside(parse("region:44"))
    finally:
        object.__setattr__(demo.manifest, "fictitious", True)
    assert page is not None
    assert {line.computed for line in page.cited} == {""}


def test_every_cited_territory_has_its_page_and_no_other(demo):
    for where in {figure.where for figure in cited_figures()} - {"epci:246200364"}:
        page = outside(parse(where))
        assert page is not None
        assert len(page.cited) == len(cited_about(where))
    assert outside(parse("epci:246200364")) is None, "held: its portrait has the citations"
    assert outside(parse("departement:59")) is None, "nothing was said of it"


@pytest.mark.parametrize(
    ("where", "heading", "first"),
    [
        ("departement:62", "Ce que cette édition contient ici", "Lens-Liévin"),
        ("france", "Ce que cette édition contient ici", "Lille"),
        ("commune:62516", "Le plus proche dans cette édition : le même département", "Lens-Liévin"),
        ("commune:02691", "Le plus proche dans cette édition : la même région", "Lille"),
        ("commune:2A004", "Les territoires de cette édition", "Lille"),
    ],
)
def test_the_nearest_are_those_inside_then_of_the_departement_then_of_the_region(demo, where, heading, first):
    found, near = nearest(parse(where))
    assert plain(found) == heading
    assert first in near[0].name
    assert not any(place.outside for place in near)


def test_they_are_found_by_their_name_and_listed_without_one(demo, visit):
    typed = {
        "grand est": "region/44",
        "paca": "region/93",
        "la France": "france/france",
        "pas-de-calais": "departement/62",
    }
    for text, address in {**typed, "pays d’Aubagne": "liste/pays-aubagne-etoile"}.items():
        page = visit(f"/territoires/?q={text}")
        assert "chiffres cités" in page.text
        assert f"/territoires/{address}/" in page.links
    assert set(SAID) <= set(visit("/territoires/").links)
    assert not set(SAID) & set(visit("/territoires/?q=lens").links)
    assert {place.href for place in told()} == set(SAID)


def test_before_any_data_no_list_of_them_is_made(no_store, visit):
    assert "chiffres cités" not in visit("/territoires/").text


@pytest.mark.parametrize("page", ["metiers/", "veille/", "portrait.pdf", "tableaux/metiers.csv", "images/secteurs.svg"])
def test_its_other_addresses_are_refused_and_lead_to_what_was_said(demo, visit, page):
    for address in ("/territoires/departement/62/", "/territoires/france/france/"):
        assert {address, LENS_LIEVIN} <= set(visit(f"{address}{page}", status=409).links)
    assert "/territoires/departement/59/" not in visit(f"/territoires/departement/59/{page}", status=409).links


def test_the_date_of_an_article_is_printed_once(demo, visit):
    assert plain(visit("/territoires/france/france/").text).count("12 juin 2014") == 1
    assert plain(visit("/territoires/liste/pays-aubagne-etoile/").text).count("20 octobre 2015") == 1
