"""That a commune has lost a trade is said as long as no later file says otherwise."""

import pytest

from etabli import facts
from maillage.territory import parse
from maillage.watch import Kind
from maillage.watch.shelf import load
from tests.maillage.watch import answers
from tests.maillage.watch.editions import ARRAS, CLOSED, FLORIST, LENS, LIEVIN, OPEN, SINCE, Month

LATER = (("2026-11-04", "", "10.71C"),)
ENDED = ((OPEN[0][0], "2026-11-03", "10.71C"), ("2026-11-04", "", "F"))


@pytest.fixture
def folder(settings, tmp_path):
    """In the last edition Lens has lost its bakery, and Liévin all but one."""
    month = Month()
    month.crowd()
    month.shop(1, LENS, OPEN, CLOSED)
    month.shop(2, LIEVIN, OPEN, CLOSED)
    month.shop(3, LIEVIN, OPEN, OPEN)
    month.stores(tmp_path, covers=[f"commune:{code}" for code in (ARRAS, LENS, LIEVIN)])
    settings.STORES_DIR = tmp_path / "stores"
    return tmp_path


def last_ones(commune):
    moved = facts.moved(parse(f"commune:{commune}"))
    return [(event.kind, event.day.isoformat()) for event in moved.events if event.siret is None]


def test_a_bakery_that_opens_or_closes_since_takes_back_what_the_edition_said(folder):
    before = [last_ones(LENS), last_ones(LIEVIN)]
    assert before == [[(Kind.LAST_GONE, "2026-10-15")], [(Kind.LAST_LEFT, "2026-10-15")]]
    later = Month()
    later.shop(900, ARRAS, None, LATER, shop=2)
    load(answers.write(folder / "in" / "0.json", answers.answer(later.after, "2026-11-05")), folder / "daily")
    assert [last_ones(LENS), last_ones(LIEVIN)] == before, "what happens in Arras changes nothing"
    later = Month()
    later.shop(4, LENS, None, LATER)
    later.shop(3, LIEVIN, None, ENDED)
    load(answers.write(folder / "in" / "1.json", answers.answer(later.after, "2026-11-06")), folder / "daily")
    assert [last_ones(LENS), last_ones(LIEVIN)] == [[], [(Kind.LAST_GONE, "2026-11-04")]]


def test_a_file_about_elsewhere_takes_nothing_back_from_a_trade_known_by_its_nafa_code(settings, tmp_path):
    """One florist of Lens has lost the code that made it certain, the other has closed."""
    month, sure = Month(), {"nafa": "4776ZP"}
    month.crowd()
    month.before.shop(1, LENS, (SINCE, "", FLORIST), **sure)
    month.after.shop(1, LENS, (SINCE, "", FLORIST))
    month.before.shop(2, LENS, (SINCE, "", FLORIST), **sure)
    month.after.shop(2, LENS, (SINCE, "2026-10-14", FLORIST), ("2026-10-15", "", "F"), **sure)
    month.stores(tmp_path, covers=[f"commune:{code}" for code in (ARRAS, LENS, LIEVIN)])
    settings.STORES_DIR = tmp_path / "stores"
    before = last_ones(LENS)
    assert before == [(Kind.LAST_LEFT, "2026-10-15")]
    later = Month()
    later.shop(900, ARRAS, None, LATER, shop=2)
    load(answers.write(tmp_path / "in" / "0.json", answers.answer(later.after, "2026-11-05")), tmp_path / "daily")
    assert last_ones(LENS) == before
