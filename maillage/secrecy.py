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
_CLOSE = 0.01  # of the unit step tried by projections
_ROUNDS = 200
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


def protect(
    cells: Cells, sums: Sequence[Sum], always: MASK | None = None, unprinted: MASK | None = None
) -> MASK:  # fmt: skip
    """Cells to hide so that nobody finds, from what is published, a cell that must be hidden.

    ``always`` marks cells that must be hidden for another reason, ``unprinted`` those that appear nowhere but that
    somebody may compute: hidden from the start, they are protected only when they single out a firm. Starts from the
    primary cells; as long as a sum betrays what it hides, hides its smallest published part too; then does the same for
    the cells that several sums together still determine. Ends, because cells are only ever added.
    """
    sensitive = primary(cells) if always is None else primary(cells) | always
    free = ~sensitive & (np.zeros(len(cells), dtype=bool) if unprinted is None else unprinted)
    hidden = sensitive | free
    using: dict[int, list[int]] = {}
    for number, relation in enumerate(sums):
        for cell in (relation.whole, *relation.parts):
            using.setdefault(cell, []).append(number)
    pending = list(range(len(sums)))
    while True:
        _settle(cells, sums, (hidden, free), using, pending)
        victims = _found_by_algebra(cells, sums, hidden, np.flatnonzero(sensitive & (cells.firms > 0)))
        if not victims:
            return hidden
        hidden[list(victims)] = True
        pending = [relation for victim in victims for relation in using[victim]]


def _settle(
    cells: Cells, sums: Sequence[Sum], masks: tuple[MASK, MASK], using: dict[int, list[int]], pending: list[int]
) -> None:
    """Hide, sum by sum, until none betrays what it hides; the first mask grows in place, the second may be found."""
    hidden, free = masks
    while pending:
        relation = sums[pending.pop()]
        told = [relation.whole, *relation.parts]
        if not (hidden[told] & ~free[told]).any():
            continue
        victim = _next_victim(cells, relation, hidden)
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


def _found_by_algebra(cells: Cells, sums: Sequence[Sum], hidden: MASK, sensitive: NDArray[np.int64]) -> set[int]:
    """The cells to hide next because all the sums together determine sensitive ones."""
    if not len(sensitive) or not sums:
        return set()
    table = np.zeros((len(sums), len(cells)))
    for number, relation in enumerate(sums):
        table[number, list(relation.parts)] = 1
        table[number, relation.whole] = -1
    found = [_beside(cells, table, hidden, int(cell)) for cell in sensitive[~_free(cells, table, hidden)[sensitive]]]
    return {victim for victim in found if victim is not None}


def _beside(cells: Cells, table: FLOATS, hidden: MASK, cell: int) -> int | None:
    """The published cell that costs least to hide among the nearest to a determined one.

    Parts of its own sums come first, then the wholes, then the sums of the hidden cells around, further and further.
    """
    reached = np.zeros(len(cells), dtype=bool)
    reached[cell] = True
    while True:
        lines = table[(table[:, reached] != 0).any(axis=1)]
        for beside in ((lines > 0).any(axis=0), (lines != 0).any(axis=0)):
            victim = _smallest(cells, np.flatnonzero(beside & ~hidden))
            if victim is not None:
                return victim
        further = reached | ((lines != 0).any(axis=0) & hidden)
        if (further == reached).all():
            return None
        reached = further


def _free(cells: Cells, table: FLOATS, hidden: MASK) -> MASK:
    """Hidden cells that keep some play when the published cells are fixed and every sum holds.

    A cell of positive total may move both ways: it is free when it moves in a solution made of such cells alone.
    The others (zeros, which may only go up, and cells that only zeros can make up for by going down) are tried
    together, by projecting in turn on the solutions and on those directions until both agree.
    """
    moving = np.flatnonzero(hidden & (cells.total > 0))
    free = np.zeros(len(cells), dtype=bool)
    free[moving] = (np.abs(_solutions(table[:, moving])) > _NIL).any(axis=1)
    unknown = np.flatnonzero(hidden & (cells.firms > 0))
    solutions = _solutions(table[:, unknown])
    zero, stuck = cells.total[unknown] <= 0, ~free[unknown]
    direction = np.zeros(len(unknown))
    for _ in range(_ROUNDS):
        direction[stuck & zero] = np.maximum(direction[stuck & zero], 1)
        direction[stuck & ~zero] = np.minimum(direction[stuck & ~zero], -1)
        direction = solutions @ (solutions.T @ direction)
    feasible = not (direction[zero] < -_CLOSE).any()
    free[unknown[stuck & feasible & (np.abs(direction) > _CLOSE)]] = True
    return free


def _solutions(table: FLOATS) -> FLOATS:
    """Orthonormal columns that span the solutions of ``table · x = 0``."""
    if not table.shape[1]:
        return np.zeros((0, 0))
    _, strength, right = np.linalg.svd(table, full_matrices=True)
    return np.asarray(right[int((strength > _NIL).sum()) :].T, dtype=np.float64)
