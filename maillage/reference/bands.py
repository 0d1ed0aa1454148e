"""Headcount bands of Sirene (trancheEffectifs…), as INSEE defines them at 31 December of the band year.

Source: documentation of the Sirene stock files, https://www.sirene.fr/.
"""

from typing import NamedTuple


class Band(NamedTuple):
    """A band of employees: `low` and `high` are both included; `high` is None for the open last one."""

    code: str
    label: str
    low: int
    high: int | None


# NN: no employee in the year and none at its end; 00: none at its end, some during the year.
BANDS: tuple[Band, ...] = (
    Band("NN", "non employeuse", 0, 0),
    Band("00", "0 salarié au 31 décembre", 0, 0),
    Band("01", "1 ou 2 salariés", 1, 2),
    Band("02", "3 à 5 salariés", 3, 5),
    Band("03", "6 à 9 salariés", 6, 9),
    Band("11", "10 à 19 salariés", 10, 19),
    Band("12", "20 à 49 salariés", 20, 49),
    Band("21", "50 à 99 salariés", 50, 99),
    Band("22", "100 à 199 salariés", 100, 199),
    Band("31", "200 à 249 salariés", 200, 249),
    Band("32", "250 à 499 salariés", 250, 499),
    Band("41", "500 à 999 salariés", 500, 999),
    Band("42", "1 000 à 1 999 salariés", 1_000, 1_999),
    Band("51", "2 000 à 4 999 salariés", 2_000, 4_999),
    Band("52", "5 000 à 9 999 salariés", 5_000, 9_999),
    Band("53", "10 000 salariés et plus", 10_000, None),
)

UNKNOWN_BAND = 255  # stored where Sirene has no band

_NUMBERS = {band.code: number for number, band in enumerate(BANDS)}


def band_number(code: str) -> int:
    """Position of a band in BANDS, UNKNOWN_BAND for an empty or unheard of code: "11" → 5."""
    return _NUMBERS.get(code, UNKNOWN_BAND)


def band(number: int) -> Band | None:
    """The band at a position; None for UNKNOWN_BAND."""
    return BANDS[number] if 0 <= number < len(BANDS) else None
