"""Employees of active establishments, as bounds of their headcount bands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.columnar.facts import I64, Facts, Mask
from maillage.columnar.sizes import NOT_EMPLOYER
from maillage.reference.bands import BANDS
from maillage.secrecy import Cells
from maillage.store import Store, known

F64 = NDArray[np.float64]
_LOW = np.zeros(256)
_HIGH = np.zeros(256)
_KNOWN = np.zeros(256, dtype=bool)
for _number, _band in enumerate(BANDS):
    if _number and _band.high is not None:  # NN says nothing by itself; « 10 000 et plus » has no upper bound
        _LOW[_number], _HIGH[_number], _KNOWN[_number] = _band.low, _band.high, True


@dataclass(frozen=True, eq=False)
class Jobs:
    """One entry per active establishment; bounds are 0 where ``known`` is False."""

    low: F64
    high: F64
    known: Mask
    firm: NDArray[np.uint32]


def jobs(store: Store, active: Facts, edition: int | None = None) -> Jobs:
    """Bounds of each establishment, as an edition had them. Without band, a firm « non employeuse » is presumed 0."""
    told = known(store, edition)
    band = told.band[active.establishment]
    presumed = ~_KNOWN[band] & (told.employer[active.firm] == NOT_EMPLOYER)
    return Jobs(_LOW[band], _HIGH[band], _KNOWN[band] | presumed, active.firm)


def cells(found: Jobs, groups: I64, size: int) -> Cells:
    """What secrecy needs to know of each group: firms of known size, middle of the bounds, that of the largest firm."""
    inside = found.known & (groups >= 0)
    keys = (groups[inside] << 32) | found.firm[inside]
    pairs, position = np.unique(keys, return_inverse=True)
    weight = _added(position, (found.low + found.high)[inside] / 2, len(pairs))
    owner = pairs >> 32
    largest = np.zeros(size)
    np.maximum.at(largest, owner, weight)
    return Cells(np.bincount(owner, minlength=size), _added(owner, weight, size), largest)


def sums(found: Jobs, groups: I64, size: int) -> tuple[F64, F64, I64, I64]:
    """By group: low bound, high bound, establishments of known band, all establishments."""
    inside = groups >= 0
    rank = groups[inside]
    return (
        _added(rank, found.low[inside], size),
        _added(rank, found.high[inside], size),
        _added(rank, found.known[inside].astype(np.float64), size).astype(np.int64),
        np.bincount(rank, minlength=size),
    )


def _added(groups: I64, weights: F64, size: int) -> F64:
    return np.asarray(np.bincount(groups, weights, minlength=size), dtype=np.float64)
