"""Counting by group: how many entries, how many distinct firms, medians."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

I64 = NDArray[np.int64]
Integer = TypeVar("Integer", bound=np.integer)
_DENSE = 4_000_000  # cells: a bitmap that small beats a sort


def tally(groups: I64, size: int) -> I64:
    """Entries of each group 0…size-1; negative groups are ignored."""
    return np.bincount(groups[groups >= 0], minlength=size)


def distinct_pairs(groups: I64, firms: NDArray[np.uint32]) -> tuple[I64, NDArray[np.uint32]]:
    """The distinct (group, firm) pairs; negative groups are ignored."""
    inside = groups >= 0
    keys = sorted_unique((groups[inside].astype(np.int64) << 32) | firms[inside])
    return keys >> 32, (keys & 0xFFFFFFFF).astype(np.uint32)


def sorted_unique(values: NDArray[Integer]) -> NDArray[Integer]:
    """Distinct values, ascending: on integers, a sort is three times faster than the hash table of ``np.unique``."""
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def distinct(firms: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Distinct firms, ascending."""
    if len(firms) < _DENSE // 8:
        return sorted_unique(firms)
    seen = np.zeros(int(firms.max()) + 1, dtype=bool)
    seen[firms] = True
    return np.flatnonzero(seen).astype(np.uint32)


def quartiles(groups: I64, values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """First quartile, median and third quartile by group, shape (size, 3), linear interpolation; NaN when empty."""
    order = np.lexsort((values, groups))
    sorted_values = values[order]
    bounds = np.searchsorted(groups[order], np.arange(size + 1))
    counts = np.diff(bounds)
    answer = np.full((size, 3), np.nan)
    filled = np.flatnonzero(counts)
    for column, share in enumerate((0.25, 0.5, 0.75)):
        position = bounds[:-1][filled] + (counts[filled] - 1) * share
        low = np.floor(position).astype(np.int64)
        high = np.minimum(low + 1, bounds[1:][filled] - 1)
        answer[filled, column] = sorted_values[low] + (position - low) * (sorted_values[high] - sorted_values[low])
    return answer
