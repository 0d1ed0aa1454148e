"""French typography of numbers, dates and plurals."""

from datetime import date
from decimal import Decimal

import pytest

from etabli.ui import french
from etabli.ui.templatetags.french import typo


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (2796, 0, "2\u202f796"),
        (1069000, 0, "1\u202f069\u202f000"),
        (8.83, 1, "8,8"),
        (8, 1, "8,0"),
        (-4, 0, "−4"),
        (-0.01, 1, "0,0"),
        (Decimal("1234.5"), 2, "1\u202f234,50"),
        (None, 0, "—"),
    ],
)
def test_numbers(value, decimals, expected):
    assert french.number(value, decimals) == expected


@pytest.mark.parametrize(("value", "expected"), [(18, "+18"), (-4, "−4"), (0, "0"), (0.01, "0")])
def test_a_signed_number_shows_its_sign_unless_it_is_zero(value, expected):
    assert french.number(value, signed=True) == expected


def test_percent_has_a_narrow_space():
    assert french.percent(12.44) == "12,4\u202f%"
    assert french.percent(None) == "—"


def test_euros_are_read_from_cents():
    assert french.euros(14_000_000) == "140\u202f000\u00a0€"
    assert french.euros(1250) == "12,50\u00a0€"
    assert french.euros(None) == "—"


def test_the_first_of_a_month_is_1er():
    assert french.long_date(date(2026, 11, 1)) == "1er\u00a0novembre 2026"
    assert french.long_date(date(2017, 11, 16)) == "16\u00a0novembre 2017"
    assert french.long_date(None) == "—"
    assert french.month(date(2017, 8, 1)) == "août 2017"


def test_plural_begins_at_two():
    assert french.counted(0, "commune") == "0\u00a0commune"
    assert french.counted(2, "lieu", "lieux") == "2\u00a0lieux"


def test_an_enumeration_ends_with_et():
    assert french.enumeration(["Lens"]) == "Lens"
    assert french.enumeration(["Lens", "Liévin", "Avion"]) == "Lens, Liévin et Avion"
    assert french.enumeration([]) == ""


def test_small_counts_in_words():
    assert (french.in_words(9), french.in_words(17)) == ("neuf", "17")
    assert french.capitalised("neuf communes") == "Neuf communes"


def test_halves_are_rounded_up():
    assert french.number(8.85, 1) == "8,9"
    assert french.number(0.5) == "1"
    assert french.number(-2.5) == "−3"


def test_ordinary_spaces_of_the_engine_are_made_unbreakable():
    said = french.spaced("Rupture : 2008 ; part de 12 % ? « oui » et 12 € d'aide")
    assert said == ("Rupture\u00a0: 2008\u202f; part de 12\u202f%\u202f? «\u00a0oui\u00a0» et 12\u00a0€ d’aide")
    assert french.spaced(said) == said


@pytest.mark.parametrize(
    ("after", "written"),
    [("boulanger", "de boulanger"), ("électricien", "d’électricien"), ("horloger", "d’horloger")],
)
def test_de_loses_its_vowel_before_another(after, written):
    assert french.elided("de", after) == written


def test_the_year_is_left_out_within_the_year():
    assert french.short_date(date(2026, 10, 28), 2026) == "28\u00a0octobre"
    assert french.short_date(date(2025, 10, 28), 2026) == "28\u00a0octobre 2025"


def test_a_sentence_of_the_engine_is_escaped_and_raises_the_first_of_the_month():
    said = typo("Au 1er janvier : <b>")
    assert said.replace("\N{NO-BREAK SPACE}", " ") == "Au 1<sup>er</sup> janvier : &lt;b&gt;"
