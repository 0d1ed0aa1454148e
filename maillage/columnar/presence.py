"""Presence of firms in a territory: the union of their spells, gaps of at most a year bridged.

INSEE counts a reactivation after more than one year as a creation (« Définitions », création d’entreprise).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.columnar.facts import I64, Facts
from maillage.store import UNKNOWN_START

BRIDGE = 365  # days of absence that do not break a presence
_EARLIEST = -(2**17)  # 1611: before any day of the register; stands for an unknown start while sorting
_OPENINGS = 3
_LARGE = 500_000  # spells: above, firms of one spell (most of them) are set apart before sorting


@dataclass(frozen=True, eq=False)
class Presences:
    """One entry per presence, in no particular order. ``first`` and ``last`` are positions in the facts."""

    firm: NDArray[np.uint32]
    start: I64
    end: I64
    first: I64
    last: I64

    def __len__(self) -> int:
        return len(self.firm)


def presences(facts: Facts) -> Presences:
    """Merge the spells of each firm.

    ``first`` is the earliest spell (of two on one day, the one that was not a creation: the firm was there already);
    ``last`` the one that ends last (of two on one day, the one that was not a closure: the firm goes on).
    """
    if len(facts) <= _LARGE:
        return _merged(facts, np.arange(len(facts)))
    several = (np.bincount(facts.firm) > 1)[facts.firm]
    alone = np.flatnonzero(~several)
    merged = _merged(facts, np.flatnonzero(several))
    return Presences(
        np.concatenate([merged.firm, facts.firm[alone]]),
        np.concatenate([merged.start, facts.start[alone].astype(np.int64)]),
        np.concatenate([merged.end, facts.end[alone].astype(np.int64)]),
        np.concatenate([merged.first, alone]),
        np.concatenate([merged.last, alone]),
    )


def _merged(facts: Facts, chosen: I64) -> Presences:
    """Presences of the spells at the positions ``chosen`` (ascending), which hold whole firms."""
    order = chosen[_by_firm_and_start(facts, chosen)]
    firm, start, end = (getattr(facts, name)[order].astype(np.int64) for name in ("firm", "start", "end"))
    begins = _beginnings(firm, start, end)
    heads = np.flatnonzero(begins)
    if not len(heads):
        empty = np.empty(0, dtype=np.int64)
        return Presences(empty.astype(np.uint32), empty, empty, empty, empty)
    number = np.cumsum(begins) - 1
    ranked_end = end * 16 + facts.closing[order]
    latest = np.maximum.reduceat(ranked_end, heads)
    tails = np.flatnonzero(ranked_end == latest[number])
    tails = tails[np.r_[True, np.diff(number[tails]) != 0]]
    return Presences(firm[heads].astype(np.uint32), start[heads], end[tails], order[heads], order[tails])


def _by_firm_and_start(facts: Facts, chosen: I64) -> I64:
    """Order by firm, start, then « not a creation » first; store order breaks ties."""
    start = np.maximum(facts.start[chosen], _EARLIEST).astype(np.int64) - _EARLIEST
    already = _OPENINGS - np.minimum(facts.opening[chosen], _OPENINGS)
    key = (facts.firm[chosen].astype(np.int64) << 24) | (start << 2) | already
    return np.argsort(key, kind="stable")


def _beginnings(firm: I64, start: I64, end: I64) -> NDArray[np.bool_]:
    """True where a spell, sorted by firm and start, begins a new presence.

    The latest end so far within the firm is one running maximum over « firm first, end second » numbers.
    """
    if not len(firm):
        return np.empty(0, dtype=bool)
    span = np.int64(2**33)
    latest = np.maximum.accumulate(firm * span + (end - UNKNOWN_START)) - firm * span + UNKNOWN_START
    begins = np.ones(len(firm), dtype=bool)
    begins[1:] = (firm[1:] != firm[:-1]) | (start[1:] - latest[:-1] > BRIDGE)
    return begins
