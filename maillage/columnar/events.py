"""Births and deaths of firms in a territory, and which of them are transfers known by a succession link."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.columnar.facts import I64, Facts, Mask
from maillage.columnar.presence import Presences
from maillage.store import OPEN_END, UNKNOWN_START, Closing, Links, Opening

NEAR = 365  # days between a succession link and the event it explains


@dataclass(frozen=True, eq=False)
class Edges:
    """One side of the presences: when each begins (or ends), at which spell, and what that was.

    ``real`` marks creations (closures), ``other`` the firms that come from (go to) another activity,
    ``transferred`` the real ones explained by a succession link inside the territory and the scope.
    """

    day: I64
    spell: I64
    real: Mask
    other: Mask
    transferred: Mask

    def within(self, start: int, end: int) -> Mask:
        """Edges of the days ``[start, end)``, whatever they are."""
        mask: Mask = (self.day >= start) & (self.day < end)
        return mask


def openings(facts: Facts, found: Presences, links: Links, establishments: int) -> Edges:
    """How each presence begins; ``establishments`` is their number in the store."""
    how = facts.opening[found.first]
    dated = found.start != UNKNOWN_START
    real = dated & ((how == Opening.CREATED) | (how == Opening.REOPENED))
    near = _Links(facts, links.successor, links.predecessor, links.day, establishments)
    taken = near.explain(facts.establishment[found.first], found.start, real)
    return Edges(found.start, found.first, real, dated & (how == Opening.CHANGED_ACTIVITY), taken)


def closings(facts: Facts, found: Presences, links: Links, establishments: int) -> Edges:
    """How each presence ends."""
    how = facts.closing[found.last]
    over = found.end != OPEN_END
    real = over & (how == Closing.CLOSED)
    near = _Links(facts, links.predecessor, links.successor, links.day, establishments)
    given = near.explain(facts.establishment[found.last], found.end, real)
    return Edges(found.end, found.last, real, over & (how == Closing.CHANGED_ACTIVITY), given)


class _Links:
    """Succession links between establishments of the facts, looked up from one side."""

    def __init__(
        self,
        facts: Facts,
        near_side: NDArray[np.uint32],
        far_side: NDArray[np.uint32],
        days: NDArray[np.int32],
        establishments: int,
    ) -> None:
        inside = np.zeros(establishments, dtype=bool)
        inside[facts.establishment] = True
        both = np.flatnonzero(inside[near_side] & inside[far_side])
        order = both[np.argsort(near_side[both], kind="stable")]
        self._side, self._day = near_side[order], days[order].astype(np.int64)
        self._linked = np.zeros(establishments, dtype=bool)
        self._linked[self._side] = True

    def explain(self, ids: NDArray[np.uint32], days: I64, real: Mask) -> Mask:
        """True for the real events ``i`` such that ``ids[i]`` has a link within a year of ``days[i]``."""
        answer = np.zeros(len(ids), dtype=bool)
        events = np.flatnonzero(real & self._linked[ids])
        low, high = (np.searchsorted(self._side, ids[events], side) for side in ("left", "right"))
        while len(events):
            near = np.abs(self._day[low] - days[events]) <= NEAR
            answer[events[near]] = True
            low = low + 1
            more = ~near & (low < high)
            events, low, high = events[more], low[more], high[more]
        return answer
