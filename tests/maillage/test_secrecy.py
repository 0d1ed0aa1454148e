"""Statistical secrecy: the rules by example, then an attacker with linear programming."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from maillage.secrecy import Cells, Sum, primary, protect


def cells(*rows: tuple[int, float, float]) -> Cells:
    firms, total, largest = zip(*rows, strict=True)
    return Cells(np.array(firms), np.array(total, float), np.array(largest, float))


@pytest.mark.parametrize(
    ("firms", "total", "largest", "hidden"),
    [
        (0, 0, 0, False),
        (1, 10, 10, True),
        (2, 10, 5, True),
        (3, 12, 5, False),
        (3, 100, 85, True),
        (3, 100, 84, False),
        (9, 0, 0, False),
    ],
)
def test_under_three_firms_or_one_of_eighty_five_percent_is_hidden(firms, total, largest, hidden):
    assert primary(cells((firms, total, largest)))[0] == hidden


def test_a_single_hidden_part_takes_the_smallest_other_one_with_it():
    table = cells((20, 100, 9), (1, 3, 3), (9, 60, 9), (10, 37, 9))
    assert protect(table, [Sum(0, (1, 2, 3))]).tolist() == [False, True, False, True]


def test_what_subtraction_gives_must_itself_obey_the_rules():
    table = cells((9, 50, 9), (1, 1, 1), (1, 20, 20), (3, 9, 4), (4, 20, 6))
    hidden = protect(table, [Sum(0, (1, 2, 3, 4))])
    assert hidden.tolist() == [False, True, True, True, False]  # 1 + 20 is one firm at 95 %, so 9 joins them


def test_a_public_zero_protects_nobody_and_is_never_hidden():
    table = cells((5, 30, 9), (2, 10, 6), (0, 0, 0), (3, 20, 8))
    assert protect(table, [Sum(0, (1, 2, 3))]).tolist() == [False, True, False, True]


def test_a_sum_without_other_part_is_hidden_with_its_part():
    assert protect(cells((2, 8, 5), (2, 8, 5)), [Sum(0, (1,))]).tolist() == [True, True]


JOBS = st.lists(st.integers(0, 9), max_size=5)
GRIDS = st.integers(2, 5).flatmap(
    lambda rows: st.lists(st.lists(JOBS, min_size=4, max_size=4), min_size=rows, max_size=rows)
)


def linked(grid: list[list[list[int]]]) -> tuple[Cells, list[Sum]]:
    """Cells of a table with both margins, and its sums; each number is the size of one firm."""
    height, width = len(grid), len(grid[0])
    firms: list[list[int]] = [list(grid[r][c]) for r in range(height) for c in range(width)]
    inner = {(r, c): r * width + c for r in range(height) for c in range(width)}
    firms += [list(chain(*grid[r])) for r in range(height)]
    firms += [list(chain(*(grid[r][c] for r in range(height)))) for c in range(width)]
    firms.append(list(chain(*firms[height * width : height * width + height])))
    row, column, whole = height * width, height * width + height, len(firms) - 1
    sums = [Sum(row + r, tuple(inner[r, c] for c in range(width))) for r in range(height)]
    sums += [Sum(column + c, tuple(inner[r, c] for r in range(height))) for c in range(width)]
    sums += [Sum(whole, tuple(range(row, row + height))), Sum(whole, tuple(range(column, column + width)))]
    return cells(*((len(f), float(sum(f)), float(max(f, default=0))) for f in firms)), sums


def bounds(table: Cells, sums: list[Sum], hidden: np.ndarray, cell: int) -> tuple[float, float]:
    """The smallest and largest value that an attacker can give to a hidden cell, knowing all the published ones."""
    equations = np.zeros((len(sums), len(table)))
    for number, relation in enumerate(sums):
        equations[number, list(relation.parts)] = 1
        equations[number, relation.whole] = -1
    limits = [(0, None) if hidden[i] else (table.total[i], table.total[i]) for i in range(len(table))]
    found = []
    for sign in (1, -1):
        aim = np.zeros(len(table))
        aim[cell] = sign
        found.append(linprog(aim, A_eq=equations, b_eq=np.zeros(len(sums)), bounds=limits))
    low, high = found
    return low.fun, -high.fun if high.status == 0 else np.inf


@settings(max_examples=60)
@given(grid=GRIDS)
def test_linear_programming_never_finds_a_cell_that_must_be_hidden(grid):
    table, sums = linked(grid)
    hidden = protect(table, sums)
    for cell in np.flatnonzero(primary(table)):
        if not hidden[table.firms > 0].all():
            low, high = bounds(table, sums, hidden, int(cell))
            assert high - low > 0.1
