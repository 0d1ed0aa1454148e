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
    """Cells to hide so that no subtraction along ``sums`` gives a cell that must be hidden.

    ``always`` marks cells that are not published for another reason. Starts from the primary cells, then, as long as
    a sum betrays what it hides, hides its smallest published part too. Ends, because cells are only ever added.
    """
    hidden = primary(cells) if always is None else primary(cells) | always
    pending = list(range(len(sums)))
    using: dict[int, list[int]] = {}
    for number, relation in enumerate(sums):
        for cell in (relation.whole, *relation.parts):
            using.setdefault(cell, []).append(number)
    while pending:
        relation = sums[pending.pop()]
        victim = _next_victim(cells, relation, hidden)
        if victim is not None:
            hidden[victim] = True
            pending.extend(using[victim])
    return hidden


def _next_victim(cells: Cells, relation: Sum, hidden: MASK) -> int | None:
    """The cell to hide next in a sum that betrays what it hides; None when it is safe, or wholly hidden."""
    parts = np.array(relation.parts, dtype=np.int64)
    inside = parts[hidden[parts]]
    if hidden[relation.whole]:
        if len(inside):
            return None
    elif not len(inside) or _safe_together(cells, inside):
        return None
    candidates = parts[~hidden[parts] & (cells.firms[parts] > 0)]
    if not len(candidates):
        return None if hidden[relation.whole] else relation.whole
    useful = candidates[cells.total[candidates] > 0]
    pool = useful if len(useful) else candidates
    return int(pool[np.argmin(cells.total[pool])])


def _safe_together(cells: Cells, hidden: NDArray[np.int64]) -> bool:
    """May the sum of these hidden cells be known? At least two, each of weight, three firms, none dominant."""
    total = float(cells.total[hidden].sum())
    weighty = int((cells.total[hidden] > 0).sum())
    largest = float(cells.total[hidden].max())
    return weighty >= 2 and int(cells.firms[hidden].sum()) >= FEWEST_FIRMS and largest < DOMINANCE * total
