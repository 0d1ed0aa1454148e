"""Headcount bands."""

import csv
from pathlib import Path

import pytest

from maillage.reference.bands import BANDS, UNKNOWN_BAND, band, band_number


def test_bands_follow_one_another_without_gap() -> None:
    staffed = BANDS[2:]
    assert [one.low for one in staffed[1:]] == [(one.high or 0) + 1 for one in staffed[:-1]]
    assert (staffed[0].low, staffed[-1].high) == (1, None)


def test_a_code_is_a_position_and_back() -> None:
    assert [band_number(one.code) for one in BANDS] == list(range(16))
    assert band(band_number("11")) == ("11", "10 à 19 salariés", 10, 19)


@pytest.mark.parametrize("code", ["", "99", "O", "nn"])
def test_an_unheard_of_band_is_unknown(code: str) -> None:
    assert band_number(code) == UNKNOWN_BAND
    assert band(UNKNOWN_BAND) is None


@pytest.mark.real_data
def test_bands_are_those_of_the_official_list_in_order(real_data: Path) -> None:
    with (real_data / "nomenclatures" / "tranches_effectifs.csv").open(encoding="utf-8", newline="") as lines:
        assert [row["code"] for row in csv.DictReader(lines)] == [one.code for one in BANDS]
