"""Of the creations of a commune, those that came from another one are counted again, one firm at a time."""

import pytest

from etabli import facts
from etabli.facts import Question
from etabli.observatory.figures import CAME
from etabli.observatory.portraits import portrait
from etabli.observatory.scopes import Reading
from maillage.store.columns import Closing
from maillage.territory import parse

LENS = parse("epci:246200364")


@pytest.fixture
def lives(demo):
    """Firm → (commune, start, end, closing) of each of its spells."""
    found, spells = {}, demo.spells
    for row in range(len(spells.start)):
        life = (demo.manifest.communes[spells.commune[row]], spells.start[row], spells.end[row], spells.closing[row])
        found.setdefault(int(spells.firm[row]), []).append((life[0], *map(int, life[1:])))
    return found


def came(demo, lives, code, year):
    born = facts.behind(Question("creations", parse(f"commune:{code}"), during=facts.Period.year(year)))
    firms = set()
    for place, number in enumerate(born.numbers):
        firm, day = int(demo.establishments.firm[number]), int(born.days[place])
        for commune, start, end, closing in lives[firm]:
            if commune != code and start < day and day - 365 <= end <= day + 365 and closing == Closing.CLOSED:
                firms.add(firm)
    return len(firms)


def test_who_came_is_counted_again_by_hand(demo, lives):
    total = 0
    for code in sorted(LENS.communes):
        for year in (2022, 2024, 2025):
            question = Question("creations", parse(f"commune:{code}"), during=facts.Period.year(year))
            assert facts.moved_in(question) == came(demo, lives, code, year)
            total += facts.moved_in(question)
    assert total, "the demonstration has firms that move"


def test_a_commune_says_how_many_of_its_creations_came_from_elsewhere(demo):
    for code in sorted(LENS.communes):
        where = parse(f"commune:{code}")
        count = facts.moved_in(Question("creation_rate", where))
        figure = portrait(where, Reading()).figures[2]
        told = f"dont {count}\u00a0venue{'s' if count > 1 else ''} d’une autre commune"
        assert any(told in line for line in figure.comparisons) == bool(count)
        assert (CAME in figure.notes) == bool(count)
        if count:
            return
    raise AssertionError("no commune has an arrival")


def test_a_territory_of_several_communes_says_nothing_of_moves(demo):
    assert not any("venue" in line for line in portrait(LENS, Reading()).figures[2].comparisons)
