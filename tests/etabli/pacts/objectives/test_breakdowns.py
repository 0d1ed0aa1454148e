"""What nobody may know is one line at the end, and months are written in words."""

from decimal import Decimal

import pytest

from etabli.pacts.objectives import wording
from etabli.pacts.objectives.breakdowns import Breakdown, Part, protected


def part(code: str, firms: int) -> Part:
    return Part(code, wording.part_name("commune", code), Decimal(firms), firms, Decimal(1))


def test_hidden_communes_are_told_together_after_the_others():
    rows = [part("62498", 30), part("62510", 20), part("62065", 2), part("62427", 1), part("62570", 1)]
    (table,) = protected([Breakdown("commune", tuple(rows), Decimal(54))], 54)
    assert [(one.name, one.shown) for one in table.parts] == [
        ("Lens", "30"), ("Liévin", "20"), ("3\u00a0autres communes", "secret statistique"),
    ]  # fmt: skip
    assert sum(one.value for one in table.parts) == 54


@pytest.mark.parametrize(
    ("dimension", "other", "said"),
    [
        ("commune", True, "3\u00a0autres communes"),
        ("commune", False, "3\u00a0communes"),
        ("month", True, "3\u00a0autres mois"),
        ("kind", True, "3\u00a0autres natures d’acte"),
        ("qpv", False, "3\u00a0parties"),
    ],
)
def test_parts_told_together_have_a_noun(dimension, other, said):
    assert wording.together_named(dimension, 3, other=other) == said


def test_a_month_is_written_in_words():
    assert wording.part_name("month", "2025-01") == "janvier 2025"


def test_thirds_of_an_hour_add_up_to_their_whole():
    ten_minutes = [Part(code, code, Decimal(10) / 60, 3, Decimal(0)) for code in ("62498", "62510", "62065")]
    assert Breakdown("commune", tuple(ten_minutes), Decimal(30) / 60).note == ""
