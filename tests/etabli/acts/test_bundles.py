"""Acts packed for counting: what is stored keeps its meaning, bundles fill up, and a difference is said."""

from datetime import date

import numpy as np
import pytest

from etabli.acts import bundles, columns, queries
from etabli.acts.kinds import Measure, Theme
from etabli.acts.models import Bundle
from etabli.acts.queries import Selection
from maillage.reference.trades import trades

pytestmark = pytest.mark.django_db


def test_what_a_bundle_stores_never_changes_its_meaning():
    assert columns.RECORD.itemsize == 41
    assert list(columns.BITS)[:3] == ["numerique", "energie", "environnement"]
    assert columns.BITS["rebond"] == 1 << 15
    assert (columns.trade_number("boulangerie"), columns.trade_number("")) == (2565115542, 0)
    assert [columns.place_number(code) for code in ("", "62498", "2A004", "2B033")] == [0, 62498, 102004, 202033]
    assert [columns.place_code(number) for number in (0, 1004, 62498, 102004, 202033)] == [
        "", "01004", "62498", "2A004", "2B033",
    ]  # fmt: skip


def test_every_theme_has_a_bit_of_its_own():
    assert set(columns.BITS) == set(Theme.values)
    assert len({*columns.BITS.values()}) == len(Theme)


def test_no_two_trades_share_a_number():
    assert len({columns.trade_number(trade.code) for trade in trades()}) == len(trades())


def test_what_is_no_commune_and_what_has_no_room_is_refused():
    with pytest.raises(ValueError, match="624"):
        columns.place_number("624")
    too_many = columns.record((2**32, None, None, "", "", "", date(2018, 1, 1), 0, 0, 0, ""))
    with pytest.raises(OverflowError):
        columns.packed([too_many])


def test_a_full_bundle_is_followed_by_another_one(record, monkeypatch):
    monkeypatch.setattr(bundles, "CAPACITY", 3)
    for number in range(7):
        record(str(number), minutes=10)
    record("later", day=date(2019, 1, 1))
    sizes = list(Bundle.objects.order_by("pk").values_list("year", "size"))
    assert sizes == [(2018, 3), (2018, 3), (2018, 1), (2019, 1)]
    assert queries.count(Selection(), Measure.MINUTES) == 70
    assert bundles.rebuild() == 8
    assert bundles.wrong() == []


def test_numbers_beyond_any_table_are_counted_too(monkeypatch):
    monkeypatch.setattr(columns, "SPARSE", 5)
    assert columns.distinct(columns.np.array([0, 7, 7, 9])) == 2


@pytest.mark.parametrize("longest_table", [columns.SPARSE, 5])
def test_a_set_of_numbers_has_its_own_and_no_other(longest_table, monkeypatch):
    monkeypatch.setattr(columns, "SPARSE", longest_table)
    found = columns.Numbers.of(np.array([7, 3, 7]))
    assert found.has(np.array([0, 3, 7, 8, 900])).tolist() == [False, True, True, False, False]
    assert not columns.Numbers.of(np.arange(0)).has(np.array([0, 1])).any()
