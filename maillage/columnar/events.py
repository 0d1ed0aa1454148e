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
    taken = _near_link(facts, facts.establishment[found.first], found.start, links, establishments, receiver=True)
    return Edges(found.start, found.first, real, dated & (how == Opening.CHANGED_ACTIVITY), real & taken)


def closings(facts: Facts, found: Presences, links: Links, establishments: int) -> Edges:
    """How each presence ends."""
    how = facts.closing[found.last]
    over = found.end != OPEN_END
    real = over & (how == Closing.CLOSED)
    given = _near_link(facts, facts.establishment[found.last], found.end, links, establishments, receiver=False)
    return Edges(found.end, found.last, real, over & (how == Closing.CHANGED_ACTIVITY), real & given)


def _near_link(
    facts: Facts, ids: NDArray[np.uint32], days: I64, links: Links, establishments: int, *, receiver: bool
) -> Mask:
    """True where establishment ``ids[i]`` has a link, within a year of ``days[i]``, to another one of the facts."""
    answer = np.zeros(len(ids), dtype=bool)
    inside = np.zeros(establishments, dtype=bool)
    inside[facts.establishment] = True
    both = np.flatnonzero(inside[links.predecessor] & inside[links.successor])
    if not len(both):
        return answer
    side = (links.successor if receiver else links.predecessor)[both]
    order = np.argsort(side, kind="stable")
    side, link_day = side[order], links.day[both][order].astype(np.int64)
    low, high = np.searchsorted(side, ids, "left"), np.searchsorted(side, ids, "right")
    while (candidates := np.flatnonzero((low < high) & ~answer)).size:
        answer[candidates] = np.abs(link_day[low[candidates]] - days[candidates]) <= NEAR
        low[candidates] += 1
    return answer
