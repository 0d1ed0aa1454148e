"""What several published totals give back together, by exact algebra on the smallest groups that they tell apart.

An atom is the rows that the same cells count: inside and outside of every figure and of every commune alike. A
published cell is the sum of its atoms; what a reader computes is a combination of published cells. Every atom here
weighs something, so that knowing that nothing is negative gives no exact value more: from a solution where all is
positive one may move both ways along whatever the cells leave free (Hundepool et al., Statistical Disclosure Control,
2012, ch. 4).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from maillage.secrecy import DOMINANCE, FEWEST_FIRMS, FLOATS

NIL = 1e-8
BATCH = 20_000  # groups of atoms tried at once
Weighed = tuple[int, int | None, float]  # unit counted once, firm, what it weighs


@dataclass(frozen=True)
class Atoms:
    """The cells of one measure. `table`: one line a cell, 1 for each atom in it; `firms`: who is behind each atom."""

    table: FLOATS
    firms: tuple[frozenset[int], ...]
    sensitive: FLOATS

    @classmethod
    def of(cls, cells: Sequence[Iterable[Weighed]], sensitive: Sequence[bool]) -> "Atoms":
        """`sensitive` marks the cells that nobody may find. Rows that weigh nothing are left out: they tell nothing."""
        within: dict[int, set[int]] = {}  # the cells that count each unit
        known: dict[int, tuple[int | None, float]] = {}
        for number, rows in enumerate(cells):
            for unit, firm, weight in rows:
                if weight > 0:
                    within.setdefault(unit, set()).add(number)
                    known[unit] = (firm, weight)
        units: dict[frozenset[int], list[int]] = {}
        for unit, numbers in within.items():
            units.setdefault(frozenset(numbers), []).append(unit)
        table = np.zeros((len(cells), len(units)))
        for column, common in enumerate(units):
            table[sorted(common), column] = 1
        behind = [[known[unit] for unit in several] for several in units.values()]
        alone = np.array([_dominated(rows) for rows in behind], dtype=bool)
        watched = np.vstack([table[np.asarray(sensitive, dtype=bool)], np.eye(len(units))[alone]])
        firms = tuple(frozenset(firm for firm, _ in rows if firm is not None) for rows in behind)
        return cls(table, firms, watched[watched.any(axis=1)])

    def found(self, shown: Sequence[int]) -> FLOATS | None:
        """A combination of the shown cells that nobody may know: what it takes of each atom. None when none is."""
        if not len(shown) or not self.firms:
            return None
        _, strength, right = np.linalg.svd(self.table[list(shown)], full_matrices=False)
        base = right[strength > NIL]
        outside = np.eye(len(self.firms)) - base.T @ base  # nought on what the shown cells determine
        for group in self.sensitive:
            if np.abs(outside @ group).max() < NIL:
                return np.asarray(group, dtype=np.float64)
        return self._of_few_firms(outside)

    def _of_few_firms(self, outside: FLOATS) -> FLOATS | None:
        """A known sum that bears on fewer than three firms, whatever the (positive) weight of each of their atoms."""
        few = np.array([place for place, firms in enumerate(self.firms) if len(firms) < FEWEST_FIRMS], dtype=np.int64)
        known = _kernel(outside[np.ix_(few, few)])
        places = few[np.abs(known).max(axis=1) > NIL] if known.shape[1] else few[:0]
        for inside in _loose(outside, self._together(places)):
            found = _kernel(outside[np.ix_(inside, inside)])
            theirs = found[[bool(self.firms[place]) for place in inside]]
            if found.shape[1] and _tells(theirs):
                sums = np.zeros(len(self.firms))
                sums[inside] = found[:, np.abs(theirs).max(axis=0).argmax()]
                return sums
        return None

    def _together(self, places: Iterable[int]) -> Iterable[list[int]]:
        """The atoms of two firms and of no other one, for each two; those of no firm are everybody's."""
        by_firms: dict[frozenset[int], list[int]] = {}
        for place in places:
            by_firms.setdefault(self.firms[place], []).append(int(place))
        nobody, firms = by_firms.pop(frozenset(), []), sorted(set().union(*by_firms))
        for pair in combinations(firms, FEWEST_FIRMS - 1) if len(firms) > 1 else [tuple(firms)]:
            groups = {frozenset(some) for size in range(1, len(pair) + 1) for some in combinations(pair, size)}
            inside = [place for group in groups for place in by_firms.get(group, ())]
            if inside:
                yield nobody + inside

    def behind(self, shown: Sequence[int], sums: FLOATS) -> list[int]:
        """The shown cells that a combination is computed from; empty when they do not give it."""
        cells = self.table[list(shown)]
        shares = np.linalg.lstsq(cells.T, sums, rcond=None)[0]
        if np.abs(cells.T @ shares - sums).max(initial=0) > NIL:
            return []
        return [cell for cell, share in zip(shown, shares, strict=True) if abs(share) > NIL]


def _dominated(rows: Iterable[tuple[int | None, float]]) -> bool:
    """Whether one firm makes most of an atom."""
    each: dict[int | None, float] = {}
    for firm, weight in rows:
        each[firm] = each.get(firm, 0) + weight
    return max((one for firm, one in each.items() if firm is not None), default=0) >= DOMINANCE * sum(each.values())


def _loose(outside: FLOATS, several: Iterable[list[int]]) -> Iterable[list[int]]:
    """Among groups of atoms, those that have a known sum: told together, size by size, for they are many."""
    by_size: dict[int, list[list[int]]] = {}
    for inside in several:
        by_size.setdefault(len(inside), []).append(inside)
    for same in by_size.values():
        for start in range(0, len(same), BATCH):
            some = np.array(same[start : start + BATCH])
            least = np.linalg.eigvalsh(outside[some[:, :, None], some[:, None, :]])[:, 0]
            yield from some[least < NIL].tolist()


def _kernel(square: FLOATS) -> FLOATS:
    """Orthonormal columns that a symmetric table sends to nought."""
    if not len(square):
        return np.zeros((0, 0))
    values, columns = np.linalg.eigh(square)
    return np.asarray(columns[:, values < NIL], dtype=np.float64)


def _tells(known: FLOATS) -> bool:
    """A difference of two firms tells the figure of neither; a sum, or two combinations, may."""
    if not known.size:
        return False
    left, strength, _ = np.linalg.svd(known, full_matrices=False)
    rank = int((strength > 1e-6).sum())
    return rank > 1 or (rank == 1 and bool((left[:, 0] > -1e-6).all() or (left[:, 0] < 1e-6).all()))
