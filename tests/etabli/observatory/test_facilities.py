"""INSEE's inventory beside our counts of the same day."""

import pytest

from etabli.observatory.facilities import facilities
from etabli.observatory.questions import Asker
from etabli.observatory.scopes import Reading
from maillage.store import Store
from maillage.territory import parse

LENS = parse("commune:62498")


@pytest.fixture
def inventory(demo, monkeypatch):
    """An inventory of 2024: named for bakeries, coded for butchers, and of something that does not compare."""
    counts = {
        ("62498", "Boulangerie"): 3,
        ("62498", "B204"): 2,
        ("62498", "Opticien-lunetier"): 4,
        ("62510", "B204"): 9,
    }
    monkeypatch.setattr(Store, "bpe", property(lambda _: counts))
    monkeypatch.setattr(Store, "bpe_year", property(lambda _: 2024))


def test_without_inventory_nothing_is_shown(demo):
    assert facilities(Asker(Reading()), LENS) is None


def test_only_what_compares_is_shown_with_its_reason(inventory):
    found = facilities(Asker(Reading()), LENS)
    assert [(line.label, line.counted) for line in found.lines] == [
        ("Boulangerie", "3"),
        ("Boucherie charcuterie", "2"),
    ]
    assert all(line.remark for line in found.lines)
    assert found.year == "1er\u00a0janvier 2024"


def test_the_gap_is_ours_less_theirs(inventory):
    line = facilities(Asker(Reading()), LENS).lines[0]
    assert int(line.ours) - int(line.counted) == int(line.gap.replace("−", "-").replace("+", ""))


def test_a_place_outside_the_inventory_has_none(inventory):
    assert facilities(Asker(Reading()), parse("commune:62003")) is None
