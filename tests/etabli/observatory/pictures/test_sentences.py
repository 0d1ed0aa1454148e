"""Titles are computed: each rule, and the plain fact when nothing stands out."""

import pytest

from etabli.observatory.pictures import sentences
from etabli.ui.french import percent
from tests.etabli.observatory.pictures.answers import rates, sectors


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_change_beyond_chance_is_told_as_a_change():
    told = sentences.creations(rates([6.1, 7, 8.8], partial=False))
    assert plain(told) == "Le taux de création passe de 6,1 % en 2016 à 8,8 % en 2018"


def test_a_difference_within_chance_is_not():
    told = sentences.creations(rates([8.5, 7, 8.8], partial=False))
    assert plain(told) == "Le taux de création est de 8,8 % en 2018, sans écart net avec 2016"


def test_a_year_that_is_not_over_is_never_the_last_word():
    assert "2017" in sentences.creations(rates([6.1, 7, 8.8]))


def test_no_year_no_rate():
    assert sentences.creations(rates([])) == "Aucun taux de création n’est connu"


@pytest.mark.parametrize(
    ("born", "dead", "told"),
    [
        (2410, 1890, "2 410 créations et 1 890 fermetures de 2016 à 2025 : un solde de +520"),
        (10, 14, "10 créations et 14 fermetures de 2016 à 2025 : un solde de −4"),
        (1, 1, "1 création et 1 fermeture de 2016 à 2025 : un solde de zéro"),
    ],
)
def test_movement_counts_both_ways(born, dead, told):
    assert plain(sentences.movement(range(2016, 2026), born, dead)) == told


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([(2016, 2100), (2017, 1), (2026, 2620)], "520 entreprises de plus qu’il y a dix ans : de 2 100 à 2 620"),
        ([(2016, 12), (2026, 11)], "1 entreprise de moins qu’il y a dix ans : de 12 à 11"),
        ([(2019, 4), (2026, 4)], "Autant d’entreprises qu’il y a 7 ans : 4"),
        ([(2025, 0), (2026, 3)], "3 entreprises de plus qu’il y a un an : de 0 à 3"),
        ([(2016, 0), (2026, 0)], ""),
        ([(2026, 5)], ""),
    ],
)
def test_the_number_of_firms_is_told_from_end_to_end(counts, told):
    assert plain(sentences.firms(counts)) == told


@pytest.mark.parametrize(
    ("value", "low", "high", "years", "told"),
    [
        (81, 79, 83, 3, "Quatre entreprises sur cinq sont encore actives à trois ans"),
        (50.5, 47, 54, 5, "Une entreprise sur deux est encore active à cinq ans"),
        (93.4, 93.1, 93.7, 1, "93 % des entreprises créées sont encore actives à un an"),
        (87, 83, 91, 3, "87 % des entreprises créées sont encore actives à trois ans"),
        (82, None, None, 3, "82 % des entreprises créées sont encore actives à trois ans"),
        (None, None, None, 3, "Trop peu de créations pour une courbe de survie"),
    ],
)
def test_survival_speaks_in_fractions_only_within_its_interval(value, low, high, years, told):
    assert plain(sentences.survival(value, low, high, years)) == told


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (
            {"alimentation": 412, "batiment": 1184, "fabrication": 297, "services": 903},
            "Le bâtiment fait 42 % du tissu",
        ),
        ({"alimentation": 10, "batiment": 50, "services": 51}, "Les services et le bâtiment font 91 % du tissu"),
        ({"services": 3}, "Les services font 100 % du tissu"),
        ({"alimentation": 3, "batiment": 1}, "L’alimentation fait 75 % du tissu"),
        ({"batiment": 0}, "Aucune entreprise artisanale"),
    ],
)
def test_the_largest_sector_leads_and_equals_lead_together(counts, told):
    assert plain(sentences.sectors(sectors(counts).rows)) == told


def test_places_tell_their_range():
    unit = "entreprises pour 10 000 habitants"
    assert sentences.places([63, 181, 90], unit) == f"De 63 à 181 {unit} selon la commune"
    assert sentences.places([81], unit) == f"81 {unit}"
    assert sentences.places([], unit) == "Aucune valeur n’est connue"


def test_territories_drawn_as_equals_are_all_named():
    told = sentences.side_by_side("Créations", [("Lens-Liévin", 13.8), ("Hénin-Carvin", 12.2)], percent)
    assert plain(told) == "Créations : Lens-Liévin 13,8 %, Hénin-Carvin 12,2 %"
    assert plain(sentences.side_by_side("Âge médian", [("Lens", 7.2)], str, "ans")) == "Âge médian : Lens 7.2 ans"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((8, 9, None, 7), "Taux : de 7,0 % à 9,0 %"),
        ((8, 8, 8, 8), "Taux : 8,0 % partout"),
        ((8, 8, None, 8), "Taux : 8,0 %"),
        ((None,) * 4, "Taux : non connu"),
    ],
)
def test_more_than_three_places_have_bounds_and_no_names(values, words):
    assert plain(sentences.side_by_side("Taux", [("Lens", value) for value in values], percent)) == words


@pytest.mark.parametrize(
    ("counts", "firms", "told"),
    [
        ({"batiment": 2, "services": 1}, 3, "Deux entreprises sur trois sont du bâtiment"),
        ({"batiment": 1, "services": 1}, 2, "Une entreprise sur deux est du bâtiment, autant des services"),
        ({"alimentation": 3}, 3, "Les trois entreprises sont de l’alimentation"),
        ({"services": 1}, 1, "La seule entreprise est des services"),
        ({"batiment": 1, "services": 1}, 1, "La seule entreprise est du bâtiment et des services"),
        ({"batiment": 4, "services": 3}, 6, "Quatre entreprises sur six sont du bâtiment"),
    ],
)
def test_a_few_firms_are_told_one_by_one(counts, firms, told):
    assert plain(sentences.sectors(sectors(counts).rows, firms)) == told


@pytest.mark.parametrize(
    ("present", "all_", "told"),
    [
        (27, 36, "Boulangerie : dans 27 communes sur 36"),
        (0, 36, "Boulangerie : nulle part, sur 36 communes"),
        (1, 1, "Boulangerie : au moins un établissement"),
    ],
)
def test_a_trade_says_where_it_is(present, all_, told):
    assert plain(sentences.trade("boulangerie", present, all_)) == told
