"""Statistical secrecy of protected measures: which cells of a set of linked tables must be hidden.

Never used for counts of establishments, which are public. Rules of INSEE (https://www.insee.fr/fr/information/2662841):
no cell of fewer than three firms, none where one firm makes 85 % or more; and what a reader obtains by subtracting
published cells from a published sum must itself obey both rules (complementary suppression).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEWEST_FIRMS = 3
DOMINANCE = 0.85
_NIL = 1e-9
FLOATS = NDArray[np.float64]
MASK = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells to publish, details and sums alike: firms that contribute, total, contribution of the largest firm."""

    firms: NDArray[np.int64]
    total: FLOATS
    largest: FLOATS

    def __len__(self) -> int:
        return len(self.firms)


@dataclass(frozen=True)
class Sum:
    """A relation between cells that every reader knows: the cell ``whole`` is the sum of ``parts``."""

    whole: int
    parts: tuple[int, ...]


def primary(cells: Cells) -> MASK:
    """Cells that single out a firm by themselves. A cell without any firm is a public zero."""
    few = (cells.firms > 0) & (cells.firms < FEWEST_FIRMS)
    dominated = (cells.total > 0) & (cells.largest >= DOMINANCE * cells.total)
    hidden: MASK = few | dominated
    return hidden


def protect(cells: Cells, sums: Sequence[Sum], always: MASK | None = None) -> MASK:
    """Cells to hide so that nobody finds, from what is published, a cell that must be hidden.

    ``always`` marks cells that must be hidden for another reason. Starts from the primary cells; as long as a sum
    betrays what it hides, hides its smallest published part too; then does the same for the cells that several sums
    together still determine. Ends, because cells are only ever added.
    """
    sensitive = primary(cells) if always is None else primary(cells) | always
    hidden = sensitive.copy()
    using: dict[int, list[int]] = {}
    for number, relation in enumerate(sums):
        for cell in (relation.whole, *relation.parts):
            using.setdefault(cell, []).append(number)
    pending = list(range(len(sums)))
    while True:
        _settle(cells, sums, hidden, using, pending)
        victim = _found_by_algebra(cells, sums, hidden, np.flatnonzero(sensitive & (cells.firms > 0)))
        if victim is None:
            return hidden
        hidden[victim] = True
        pending = list(using[victim])


def _settle(cells: Cells, sums: Sequence[Sum], hidden: MASK, using: dict[int, list[int]], pending: list[int]) -> None:
    """Hide, sum by sum, until none betrays what it hides; ``hidden`` grows in place."""
    while pending:
        victim = _next_victim(cells, sums[pending.pop()], hidden)
        if victim is not None:
            hidden[victim] = True
            pending.extend(using[victim])


def _next_victim(cells: Cells, relation: Sum, hidden: MASK) -> int | None:
    """The cell to hide next in a sum that betrays what it hides; None when it is safe, or wholly hidden."""
    parts = np.array(relation.parts, dtype=np.int64)
    inside = parts[hidden[parts]]
    if hidden[relation.whole]:
        if len(inside):
            return None
    elif not len(inside) or _safe_together(cells, inside):
        return None
    published = parts[~hidden[parts]]
    return _smallest(cells, published if (cells.firms[published] > 0).any() else _shown(hidden, relation.whole))


def _shown(hidden: MASK, cell: int) -> NDArray[np.int64]:
    return np.array([] if hidden[cell] else [cell], dtype=np.int64)


def _smallest(cells: Cells, published: NDArray[np.int64]) -> int | None:
    """The published cell that costs least to hide: smallest total, of some weight if possible; never a public zero."""
    candidates = published[cells.firms[published] > 0]
    useful = candidates[cells.total[candidates] > 0]
    pool = useful if len(useful) else candidates
    return int(pool[np.argmin(cells.total[pool])]) if len(pool) else None


def _safe_together(cells: Cells, hidden: NDArray[np.int64]) -> bool:
    """May the sum of these hidden cells be known? At least two, each of weight, three firms, none dominant."""
    total = float(cells.total[hidden].sum())
    weighty = int((cells.total[hidden] > 0).sum())
    largest = float(cells.largest[hidden].max())
    return weighty >= 2 and int(cells.firms[hidden].sum()) >= FEWEST_FIRMS and largest < DOMINANCE * total


def _found_by_algebra(cells: Cells, sums: Sequence[Sum], hidden: MASK, sensitive: NDArray[np.int64]) -> int | None:
    """The cell to hide next because all the sums together determine a sensitive one; None when they do not.

    The hidden cells of positive total may move both ways, so a cell is free when it moves in some solution of the
    sums where the published cells do not. A hidden zero is free when the moving cells can make up for it.
    """
    if not len(sensitive) or not sums:
        return None
    table = np.zeros((len(sums), len(cells)))
    for number, relation in enumerate(sums):
        table[number, list(relation.parts)] = 1
        table[number, relation.whole] = -1
    moving = np.flatnonzero(hidden & (cells.total > 0))
    left, strength, right = np.linalg.svd(table[:, moving], full_matrices=True)
    rank = int((strength > _NIL).sum())
    free = np.zeros(len(cells), dtype=bool)
    free[moving] = np.abs(right[rank:]).max(axis=0, initial=0) > _NIL
    still = sensitive[cells.total[sensitive] <= 0]
    free[still] = np.abs(left[:, rank:].T @ table[:, still]).max(axis=0, initial=0) < _NIL
    for cell in sensitive[~free[sensitive]]:
        beside = np.flatnonzero(np.abs(table[table[:, cell] != 0]).max(axis=0, initial=0) * ~hidden)
        victim = _smallest(cells, beside)
        if victim is None:  # its own sums are wholly hidden: widen from what is hidden around it
            beside = np.flatnonzero(np.abs(table[(table[:, hidden] != 0).any(axis=1)]).max(axis=0, initial=0) * ~hidden)
            victim = _smallest(cells, beside)
        if victim is not None:
            return victim
    return None
