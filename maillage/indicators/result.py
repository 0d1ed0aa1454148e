"""What an indicator computes, before notes and definition are added; and the usual way to make rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from maillage.indicators.answer import Row
from maillage.indicators.card import Grouping
from maillage.indicators.case import Case
from maillage.indicators.grouping import Lines
from maillage.territory import alphabetical

Number = float | int | None
Extra = Mapping[str, float | int | str | None]


@dataclass(frozen=True, eq=False)
class Result:
    """Rows in reading order, the figure without split, the firms that it counts (for the unknown sizes)."""

    rows: tuple[Row, ...]
    total: Number
    unit: str | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    firms: NDArray[np.uint32] | None = None


def rows(
    split: Lines,
    values: Sequence[Number],
    extras: Sequence[Extra] | None = None,
    shown: Sequence[bool] | None = None,
) -> tuple[Row, ...]:
    """Rows of a split, in its order; without ``shown``, lines of value 0 are dropped unless they are fixed."""
    made = [
        Row(key, label, value, extras[number] if extras else {})
        for number, (key, label, value) in enumerate(zip(split.keys, split.labels, values, strict=True))
        if split.fixed or (shown[number] if shown else value)
    ]
    if split.ranked:
        made.sort(key=lambda row: (row.value is None, -(row.value or 0), alphabetical(row.label)))
    return tuple(made)


def per(numerator: float, denominator: float, scale: float) -> float | None:
    """``scale × numerator ÷ denominator``, None when there is nothing to divide by."""
    return scale * numerator / denominator if denominator else None


def read_rows(case: Case, result: Result) -> tuple[Row, ...]:
    """The rows; in a place partly read, the communes that were not come last and have no figure rather than 0."""
    if case.by is not Grouping.COMMUNE or not case.coverage.is_partial:
        return result.rows
    unread = case.unread
    read = [row for row in result.rows if row.key not in unread]
    return (*read, *(Row(row.key, row.label, None, {"unread": 1}) for row in result.rows if row.key in unread))
