"""Short names, articles, folding."""

import pytest

from maillage.reference.places import tables
from maillage.reference.places.words import (
    alphabetical,
    at_place,
    fold,
    in_departement,
    in_epci,
    in_region,
    of_epci,
    of_place,
    short_epci,
)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("CA de Lens - Liévin", "Lens-Liévin"),
        ("CC Faucigny - Glières", "Faucigny-Glières"),
        ("CU d’Arras", "Arras"),
        ("CA d’Hénin-Carvin", "Hénin-Carvin"),
        ("CA de La Rochelle", "La Rochelle"),
        ("CC de la Plaine de l’Ain", "Plaine de l’Ain"),
        ("CC le Dourdannais en Hurepoix (CCDH)", "Le Dourdannais en Hurepoix"),
        ("CA «\u00a0Saintes - Grandes Rives - L’Agglo\u00a0»", "Saintes – Grandes Rives – L’Agglo"),
        ("CA du Sud", "CA du Sud"),
        ("Métropole Européenne de Lille", "Métropole Européenne de Lille"),
        ("Métropole de Lyon", "Métropole de Lyon"),
    ],
)
def test_the_short_name_is_what_people_say(name: str, short: str) -> None:
    assert short_epci(name) == short


def test_every_short_name_starts_with_a_capital_or_a_digit() -> None:
    shorts = [short_epci(epci.name) for epci in tables.epcis().values()]
    assert [short for short in shorts if not (short[:1].isupper() or short[:1].isdigit())] == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("Œuilly", "oeuilly"),
        ("  ST  OMER ", "saint omer"),
        ("Ste-Marie", "sainte marie"),
        ("«\u00a0Île\u202f» !", "ile"),
        ("", ""),
    ],
)
def test_folding_forgets_accents_hyphens_and_case(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_articles_are_contracted() -> None:
    assert [of_place("Le Mans", "2"), of_place("Les Sables", "4"), of_place("La Baule", "3")] == [
        "du Mans",
        "des Sables",
        "de La Baule",
    ]
    assert [of_place("Arras", "1"), of_place("Var", "2"), of_place("Landes", "4")] == [
        "d’Arras",
        "du Var",
        "des Landes",
    ]
    assert [at_place("Les Sables"), at_place("Le Mans"), at_place("La Baule")] == [
        "aux Sables",
        "au Mans",
        "à La Baule",
    ]


def test_departements_and_regions_take_their_own_preposition() -> None:
    assert [in_departement("Saône-et-Loire", "0"), in_departement("Paris", "0"), in_departement("Nord", "2")] == [
        "en Saône-et-Loire",
        "à Paris",
        "dans le Nord",
    ]
    assert [in_region("Guadeloupe", "3"), in_region("Grand Est", "2"), in_region("La Réunion", "0")] == [
        "en Guadeloupe",
        "dans le Grand Est",
        "à La Réunion",
    ]


def test_epci_take_an_article_only_when_their_name_starts_with_their_kind() -> None:
    assert of_epci("Métropole de Lyon") == "de la Métropole de Lyon"
    assert of_epci("Eurométropole de Strasbourg") == "de l’Eurométropole de Strasbourg"
    assert [of_epci("Rennes Métropole"), of_epci("Orléans Métropole")] == ["de Rennes Métropole", "d’Orléans Métropole"]
    assert [in_epci("Rennes Métropole"), in_epci("CC des Combes")] == ["à Rennes Métropole", "dans la CC des Combes"]


def test_accents_change_nothing_to_the_alphabet() -> None:
    names = ["Bully-les-Mines", "Éleu-dit-Leauwette", "Bénifontaine", "Fouquières", "Estevelles", "L’Haÿ", "Drocourt"]
    assert sorted(names, key=alphabetical) == [
        "Bénifontaine",
        "Bully-les-Mines",
        "Drocourt",
        "Éleu-dit-Leauwette",
        "Estevelles",
        "Fouquières",
        "L’Haÿ",
    ]
