"""Title sentences: the plain fact by default, a comparison where the authority agreed and the difference is sure."""

import pytest

from etabli.observatory.sentences import Fabric, comparison, portrait_title, subject, trades_title
from maillage.territory import parse

LENS = parse("epci:246200364")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("epci:246200364", "Lens-Liévin"),
        ("epci:200093201", "La Métropole Européenne de Lille"),
        ("commune:62498", "Lens"),
        ("departement:62", "Le département du Pas-de-Calais"),
        ("region:32", "La région Hauts-de-France"),
        ("france", "La France"),
        ("liste:62498,62510,62065", "Avion, Lens et Liévin"),
        ("liste:62498,62510,62065,62250", "Avion, Courrières et 2 autres communes"),
        ("liste:pays-aubagne-etoile", "Pays d’Aubagne et de l’Étoile"),
    ],
)
def test_the_territory_opens_the_sentence(key, expected):
    assert subject(parse(key)) == expected


def test_the_plain_fact_is_the_default():
    title = portrait_title(LENS, Fabric(2796, 115.5, beside=176.0, beside_words="la France"))
    assert plain(title) == "Lens-Liévin compte 116 entreprises artisanales pour 10 000 habitants"


@pytest.mark.parametrize(
    ("density", "words"),
    [
        (1.07, "1,1 entreprise artisanale pour"),
        (0.42, "0,4 entreprise artisanale pour"),
        (2.0, "2,0 entreprises artisanales pour"),
        (12.4, "12 entreprises artisanales pour"),
    ],
)
def test_a_small_density_keeps_a_decimal_and_agrees(density, words):
    assert words in plain(portrait_title(LENS, Fabric(26, density)))


def test_of_a_commune_firms_are_counted_unless_its_density_is_compared():
    fabric, lens = Fabric(397, 121.0, beside=176.0, beside_words="la France"), parse("commune:62498")
    assert plain(portrait_title(lens, fabric)) == "Lens compte 397 entreprises artisanales"
    assert "pour 10 000 habitants, " in plain(portrait_title(lens, fabric, judging=True))


def test_several_communes_take_the_plural():
    listed = portrait_title(parse("liste:62498,62510,62065"), Fabric(887, 110.3), past=True)
    assert plain(listed) == "Avion, Lens et Liévin comptaient 110 entreprises artisanales pour 10 000 habitants"
    named = portrait_title(parse("liste:pays-aubagne-etoile"), Fabric(887, 110.3))
    assert named.startswith("Pays d’Aubagne et de l’Étoile compte ")


def test_a_comparison_is_said_where_it_may_be():
    title = portrait_title(LENS, Fabric(2796, 115.0, beside=176.0, beside_words="la France"), judging=True)
    assert plain(title).endswith("pour 10 000 habitants, un tiers de moins que la France")


@pytest.mark.parametrize(("firms", "expected"), [(0, "aucune entreprise"), (1, "1 entreprise artisanale"), (19, "19")])
def test_few_firms_are_counted_and_not_divided(firms, expected):
    title = plain(portrait_title(LENS, Fabric(firms, 3.0)))
    assert expected in title
    assert "habitants" not in title


def test_without_inhabitants_firms_are_counted():
    assert plain(portrait_title(LENS, Fabric(2796, None))) == "Lens-Liévin compte 2 796 entreprises artisanales"


@pytest.mark.parametrize(
    ("density", "beside", "firms", "expected"),
    [
        (100.0, 100.0, 10_000, ""),
        (95.0, 100.0, 100_000, ""),  # sure, but under a tenth
        (80.0, 100.0, 40, ""),  # a fifth, but 40 firms prove nothing
        (80.0, 100.0, 4_000, ", un cinquième de moins que la France"),
        (75.0, 100.0, 4_000, ", un quart de moins que la France"),
        (50.0, 100.0, 4_000, ", moitié moins que la France"),
        (30.0, 100.0, 4_000, ", moins de la moitié de la France"),
        (133.0, 100.0, 4_000, ", un tiers de plus que la France"),
        (190.0, 100.0, 4_000, ", près du double de la France"),
        (300.0, 100.0, 4_000, ", plus du double de la France"),
    ],
)
def test_a_difference_is_said_when_it_is_sure_and_worth_it(density, beside, firms, expected):
    assert comparison(Fabric(firms, density, beside, "la France")) == expected


def test_the_words_of_a_comparison_agree():
    words = comparison(Fabric(4_000, 190.0, 100.0, "les intercommunalités semblables"))
    assert words == ", près du double des intercommunalités semblables"


def test_trades_are_counted():
    assert plain(trades_title(117, 256)) == "117 métiers sont présents, sur les 256 de la liste"
    assert plain(trades_title(0, 256)) == "Aucun métier n’est présent, sur les 256 de la liste"
    assert plain(trades_title(1, 256)) == "1 métier est présent, sur les 256 de la liste"
