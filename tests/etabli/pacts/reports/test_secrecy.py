"""Figures that overlap: what a reader finds by subtracting them obeys the rules of secrecy. Then an attacker tries."""

from decimal import Decimal
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from etabli.pacts.models import Measure
from etabli.pacts.reports import secrecy
from etabli.pacts.reports.secrecy import Told, concealed

LENS, LIEVIN, AVION = "62498", "62510", "62065"


def visits(**communes: int) -> list:
    """One visit of one firm each: `visits(lens=3)`."""
    codes = {"lens": LENS, "lievin": LIEVIN, "avion": AVION}
    return [
        (1000 * place + number, 1000 * place + number, codes[name], Decimal(1))
        for place, (name, count) in enumerate(communes.items(), 1)
        for number in range(count)
    ]


def told(rows: list, measure: str = Measure.BENEFICIARIES, *, parts: bool = False) -> Told:
    places: dict[str, list] = {}
    for row in rows if parts else ():
        places.setdefault(row[2], []).append(row)
    return Told(measure, rows, places)


def wholes(*several: Told) -> list[bool]:
    return [one.whole for one in concealed(several)]


def test_two_perimeters_that_differ_by_one_commune_with_one_firm_do_not_both_appear():
    rows = visits(lens=5, lievin=4, avion=1)
    without = [row for row in rows if row[2] != AVION]
    assert wholes(told(rows), told(without)) == [False, True]
    enough = visits(lens=5, lievin=4, avion=3)
    assert wholes(told(enough), told([row for row in enough if row[2] != AVION])) == [False, False]


def test_a_total_its_priority_neighbourhoods_and_the_rest_hide_two_of_three():
    rows = visits(lens=12)
    assert wholes(told(rows), told(rows[:1]), told(rows[1:])) == [False, True, True]


def test_three_parts_of_a_total_are_protected_together():
    rows = visits(lens=12)
    assert wholes(told(rows), told(rows[:1]), told(rows[1:6]), told(rows[6:])) in (
        [False, True, True, False], [False, True, False, True],
    )  # fmt: skip


def test_an_objective_of_one_commune_is_the_part_of_another_one():
    rows = visits(lens=5, lievin=4, avion=2)
    here = [row for row in rows if row[2] == AVION]
    whole, alone = concealed([told(rows, parts=True), told(here, parts=True)])
    assert (whole.whole, alone.whole) == (False, True)
    assert AVION in whole.places
    assert len(whole.places) == 2


def test_two_figures_that_merely_cross_are_left_alone():
    rows = visits(lens=12)
    assert wholes(told(rows[:8]), told(rows[1:])) == [False, False]


def test_acts_and_firms_are_not_subtracted_from_each_other():
    rows = visits(lens=6)
    assert wholes(told(rows), told(rows[:5], Measure.ACTS)) == [False, False]


def test_a_firm_met_many_times_counts_once_among_firms_and_dominates_among_acts():
    rows = [(number, 1, LENS, Decimal(1)) for number in range(30)] + visits(lens=4)
    assert wholes(told(rows)) == [False]
    assert wholes(told(rows, Measure.ACTS)) == [True]


def test_what_has_no_firm_behind_it_is_public():
    posters = [(number, None, LENS, Decimal(1)) for number in range(2)]
    assert wholes(told(posters, Measure.ACTS), told([], "3")) == [False, False]


def test_too_many_cells_leave_the_figures_and_no_commune(monkeypatch):
    monkeypatch.setattr(secrecy, "MOST_CELLS", 2)
    [one] = concealed([told(visits(lens=5, lievin=4, avion=3), parts=True)])
    assert (one.whole, one.places) == (False, {LENS, LIEVIN, AVION})


def test_a_total_less_three_of_its_parts_does_not_leave_one_firm():
    rows = visits(lens=31)
    secret = wholes(told(rows), told(rows[:10]), told(rows[10:20]), told(rows[20:30]))
    assert (secret[0], sum(secret)) == (False, 1)
    enough = visits(lens=33)
    assert wholes(told(enough), told(enough[:10]), told(enough[10:20]), told(enough[20:30])) == [False] * 4


def test_two_figures_together_less_two_others_do_not_leave_one_firm():
    rows = visits(lens=21)  # A and B make twenty-one, C and D cross them both and make twenty
    a, b, c, d = rows[:10], rows[10:], [*rows[:5], *rows[10:15]], [*rows[5:10], *rows[15:20]]
    assert sum(wholes(told(a), told(b), told(c), told(d))) == 1
    assert sum(wholes(told(a), told(b), told(c))) == 0


def test_acts_of_two_firms_are_not_left_by_subtraction_however_many_they_are():
    rows = [(number, number // 4, LENS, Decimal(1)) for number in range(40)]  # ten firms, four acts each
    secret = wholes(*(told(one, Measure.ACTS) for one in (rows, rows[:16], rows[16:32])))
    assert sum(secret) == 1
    assert not any(wholes(*(told(one, Measure.ACTS) for one in (rows, rows[:16], rows[16:28]))))


def test_a_dozen_figures_over_a_dozen_communes_are_protected():
    dice = np.random.default_rng(8)
    rows = [(act, act % 150, str(dice.integers(12)), Decimal(1)) for act in range(400)]
    several = [told([row for row in rows if dice.random() < share], Measure.ACTS, parts=True)
               for share in np.linspace(0.05, 0.95, 12)]  # fmt: skip
    assert not concealed(several)[-1].whole


BLOCKS = (range(1), range(1, 3), range(3, 6), range(6, 10), range(10, 14))  # firms that figures count together
FIRMS = range(14)
PLACES = {firm: (LENS, LENS, LIEVIN)[firm % 3] for firm in FIRMS}
FIGURE = st.sets(st.sampled_from(BLOCKS), min_size=1).map(lambda some: frozenset(chain(*some)))
SETS = st.lists(FIGURE, min_size=2, max_size=6)


@pytest.mark.parametrize("parts", [False, True])
@settings(max_examples=60)
@given(sets=SETS)
def test_no_reader_finds_a_group_of_fewer_than_three_firms(parts, sets):
    figures = [told([(f, f, PLACES[f], Decimal(1)) for f in sorted(one)], parts=parts) for one in sets]
    secret = concealed(figures)
    printed = []  # (firms, value) that anybody reads
    for one, hidden in zip(figures, secret, strict=True):
        cells = {"": one.rows, **one.places}
        printed += [
            frozenset(row[1] for row in rows) for code, rows in cells.items()
            if not (hidden.whole if code == "" else code in hidden.places)
        ]  # fmt: skip
    for group in chain(combinations(FIRMS, 1), combinations(FIRMS, 2)):
        assert not found(frozenset(group), printed), (group, sets, secret)


def found(group: frozenset, printed: list[frozenset]) -> bool:
    """Whether linear programming gives back the number of firms of a group, each firm being any amount from 0 up."""
    inside = {tuple(firm in cell for cell in printed) for firm in group}
    if any(tuple(firm in cell for cell in printed) in inside for firm in FIRMS if firm not in group):
        return False  # a firm outside is counted with one inside: nobody tells them apart
    table = np.array([[float(firm in cell) for firm in FIRMS] for cell in printed])
    values = np.array([len(cell) for cell in printed], float)
    asked = np.array([float(firm in group) for firm in FIRMS])
    low = linprog(asked, A_eq=table, b_eq=values, bounds=(0, None))
    high = linprog(-asked, A_eq=table, b_eq=values, bounds=(0, None))
    return bool(low.status == 0 and high.status == 0 and abs(low.fun + high.fun) < 1e-7)
