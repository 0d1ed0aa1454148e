"""French numbers: narrow no-break spaces, decimal comma, a true minus sign."""

from datetime import date

import pytest

from etabli.papers import numbers


@pytest.mark.parametrize(
    ("value", "decimals", "sign", "text"),
    [
        (1243, 0, False, "1\u202f243"),
        (12.35, 1, False, "12,4"),
        (-4, 0, True, "\u22124"),
        (96, 0, True, "+96"),
        (0, 0, True, "0"),
        (-0.04, 1, True, "0,0"),
        (None, 1, False, "–"),
    ],
)
def test_numbers_are_written_as_in_france(value, decimals, sign, text):
    assert numbers.number(value, decimals, sign=sign) == text


def test_percent_has_a_narrow_space():
    assert numbers.percent(8.84) == "8,8\u202f%"
    assert numbers.percent(None) == "–"


def test_the_first_of_a_month_is_ordinal():
    assert numbers.day(date(2026, 11, 1)) == "1er\u00a0novembre\u00a02026"
    assert numbers.day(date(2017, 11, 11)) == "11\u00a0novembre\u00a02017"


def test_plural_starts_at_two():
    assert numbers.plural(1, "entreprise") == "1\u00a0entreprise"
    assert numbers.plural(0, "entreprise") == "0\u00a0entreprise"
    assert numbers.plural(1200, "entreprise") == "1\u202f200\u00a0entreprises"
    assert numbers.plural(3, "mois", "mois") == "3\u00a0mois"
