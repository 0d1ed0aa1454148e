from datetime import date

import numpy as np

from maillage.synthetic import years
from maillage.synthetic.periods import NOMENCLATURES, periods
from maillage.synthetic.population import Population

ON = years.day(2026, 10, 1)


def test_periods_follow_one_another_without_gap_or_overlap(call: Population):
    table = periods(call.shops, ON)
    same = table.shop[1:] == table.shop[:-1]
    assert (table.last[:-1][same] + 1 == table.first[1:][same]).all()
    assert (table.last[:-1][~same] == years.NEVER).all()
    assert table.last[-1] == years.NEVER


def test_state_on_any_day_equals_the_life_it_comes_from(call: Population):
    table = periods(call.shops, ON)
    rng = np.random.default_rng(5)
    for _ in range(300):
        row = int(rng.integers(len(table)))
        shop, first = int(table.shop[row]), int(table.first[row])
        last = min(int(table.last[row]), ON)
        day = int(rng.integers(first, last + 1))
        assert bool(table.active[row]) == naive_state(call, shop, day)
        changed = day >= call.shops.change[shop]
        assert table.activity[row] == (call.shops.later if changed else call.shops.activity)[shop]
        assert bool(table.employer[row]) == (day >= call.shops.hired[shop])


def test_an_active_establishment_changes_code_with_each_nomenclature(call: Population):
    table = periods(call.shops, ON)
    for row in np.flatnonzero(table.active)[:3_000]:
        first, last = int(table.first[row]), min(int(table.last[row]), ON)
        expected = naive_nomenclature(first)
        assert NOMENCLATURES[table.era[row]] == expected == naive_nomenclature(last)


def test_nothing_after_the_day_is_known(call: Population):
    table = periods(call.shops, years.day(2015))
    assert table.first.max() <= years.day(2015)
    assert set(np.unique(table.shop)) == set(np.flatnonzero(call.shops.start <= years.day(2015)))


def naive_state(people: Population, shop: int, day: int) -> bool:
    shops = people.shops
    return shops.start[shop] <= day < shops.end[shop] or shops.reopen[shop] <= day < shops.end_again[shop]


def naive_nomenclature(day: int) -> str:
    year = date.fromordinal(day + date(1970, 1, 1).toordinal()).year
    if year < 1993:
        return "NAP"
    if year < 2003:
        return "NAF1993"
    return "NAFRev1" if year < 2008 else "NAFRev2"
