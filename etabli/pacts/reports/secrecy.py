"""What a report may print: no figure of fewer than three firms, nothing that a subtraction gives back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from etabli.pacts.models import FrozenFigure
from maillage.secrecy import Cells, Sum, protect


@dataclass(frozen=True)
class Shown:
    """One figure under secrecy: whether it may be printed, and its parts by commune; None is a hidden part."""

    whole: bool
    parts: tuple[tuple[str, Decimal | None], ...]


def shown(figures: Sequence[FrozenFigure]) -> dict[int, Shown]:
    """Every figure of a report, protected together."""
    cells = list(_cells(figures))
    sums, at = [], 0
    for figure in figures:
        if figure.parts:
            sums.append(Sum(at, tuple(range(at + 1, at + 1 + len(figure.parts)))))
        at += 1 + len(figure.parts)
    table = Cells(
        np.array([cell[0] for cell in cells], dtype=np.int64), np.array([cell[1] for cell in cells], dtype=np.float64),
        np.array([cell[2] for cell in cells], dtype=np.float64),
    )  # fmt: skip
    hidden = protect(table, sums) if cells else np.zeros(0, dtype=bool)
    found, at = {}, 0
    for figure in figures:
        several = hidden[at + 1 : at + 1 + len(figure.parts)]
        parts = [
            (str(part[1]), None if closed else Decimal(str(part[2])))
            for part, closed in zip(figure.parts, several, strict=True)
        ]
        found[figure.pk] = Shown(not hidden[at], tuple(parts))
        at += 1 + len(figure.parts)
    return found


def _cells(figures: Iterable[FrozenFigure]) -> Iterable[tuple[int, float, float]]:
    """Firms, total, largest firm: the figure, then its parts. A ratio weighs what its numerator does."""
    for figure in figures:
        total = figure.value if figure.denominator is None else figure.numerator
        yield figure.firms, float(total or 0), float(figure.largest)
        for part in figure.parts:
            yield part[3], part[2], part[4]
