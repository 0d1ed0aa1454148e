"""Legal forms and their classes."""

import csv
from pathlib import Path

import pytest

from maillage.reference.legal_forms import LegalClass, is_cooperative, legal_class, legal_label


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("1000", LegalClass.SOLE),
        ("5499", LegalClass.COMPANY),
        ("5710", LegalClass.COMPANY),
        ("5453", LegalClass.COMPANY),
        ("2210", LegalClass.COMPANY),
        ("3120", LegalClass.COMPANY),
        ("3210", LegalClass.PUBLIC),
        ("6540", LegalClass.COMPANY),
        ("6596", LegalClass.OTHER),
        ("7210", LegalClass.PUBLIC),
        ("4110", LegalClass.PUBLIC),
        ("9220", LegalClass.ASSOCIATION),
        ("9300", LegalClass.ASSOCIATION),
        ("8210", LegalClass.OTHER),
        ("", LegalClass.UNKNOWN),
        ("ZZZZ", LegalClass.UNKNOWN),
    ],
)
def test_a_form_falls_in_its_class(code: str, expected: LegalClass) -> None:
    assert legal_class(code) is expected


def test_public_bodies_and_associations_are_no_craft_firms() -> None:
    kept = [one for one in LegalClass if one.may_be_craft]
    assert kept == [LegalClass.UNKNOWN, LegalClass.SOLE, LegalClass.COMPANY]


def test_craft_cooperatives_are_three_forms() -> None:
    assert [code for code in ("5453", "5553", "5653", "5458", "5499", "") if is_cooperative(code)] == [
        "5453",
        "5553",
        "5653",
    ]


def test_labels_are_french_and_as_fine_as_the_table() -> None:
    assert legal_label("5453") == "SARL coopérative artisanale"
    assert legal_label("5499") == "Société à responsabilité limitée (SARL)"
    assert legal_label("") == "forme inconnue"


@pytest.mark.real_data
def test_every_official_form_has_a_class(real_data: Path) -> None:
    with (real_data / "nomenclatures" / "categories_juridiques.csv").open(encoding="utf-8", newline="") as lines:
        codes = [row["code"] for row in csv.DictReader(lines) if row["niveau"] == "3"]
    assert [code for code in codes if legal_class(code) is LegalClass.UNKNOWN] == []
