"""The periods of an establishment as Sirene tells them: one per change of state, activity, code or employer status.

A period never says what the future holds: an export at a date knows only what had happened by then.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.synthetic import years
from maillage.synthetic.shops import Shops

Integers = npt.NDArray[np.int64]

NOMENCLATURES = ("NAP", "NAF1993", "NAFRev1", "NAFRev2")
ERAS = np.array([years.day(1993), years.day(2003), years.day(2008)])
"""First day of NAF 1993, NAF rév. 1 and NAF rév. 2: every active establishment changes code on these days."""

_OFFSET = 100_000
_SPAN = 2**20


@dataclass(frozen=True, eq=False)
class Periods:
    """Periods sorted by establishment and day; ``last`` is NEVER for the current one.

    ``era`` points into NOMENCLATURES.
    """

    shop: Integers
    first: years.Days
    last: years.Days
    active: npt.NDArray[np.bool_]
    activity: Integers
    era: Integers
    employer: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.shop)


def periods(shops: Shops, on: int) -> Periods:
    """Every period begun by the day ``on`` of the establishments opened by then."""
    shop, first = _bounds(shops, on)
    follows = np.concatenate([shop[1:] == shop[:-1], [False]])
    last = np.where(follows, np.concatenate([first[1:], [0]]) - 1, years.NEVER)
    end, reopen, end_again = shops.end[shop], shops.reopen[shop], shops.end_again[shop]
    active = (first < end) | ((first >= reopen) & (first < end_again))
    # A closed establishment keeps the code it had on its last day of activity.
    coded = np.where(active, first, np.where(first < reopen, end, end_again).astype(np.int64) - 1)
    return Periods(
        shop=shop,
        first=first.astype(np.int32),
        last=last.astype(np.int32),
        active=active,
        activity=np.where(first >= shops.change[shop], shops.later[shop], shops.activity[shop]),
        era=np.searchsorted(ERAS, coded, side="right"),
        employer=first >= shops.hired[shop],
    )


def current(table: Periods, count: int) -> Integers:
    """Position of the current period of each of ``count`` establishments; -1 for those not opened yet."""
    found = np.full(count, -1, dtype=np.int64)
    found[table.shop] = np.arange(len(table))
    return found


def _bounds(shops: Shops, on: int) -> tuple[Integers, Integers]:
    """Establishment and first day of each period, sorted and without doubles."""
    opened = np.flatnonzero(shops.start <= on)
    events = [shops.start, shops.change, shops.end, shops.reopen, shops.end_again, shops.hired]
    keys = [_keys(opened[days[opened] <= on], days) for days in events]
    for era in ERAS[on >= ERAS]:
        going = (shops.start[opened] < era) & (era < shops.end[opened])
        again = (shops.reopen[opened] < era) & (era < shops.end_again[opened])
        which = opened[going | again]
        keys.append(which * _SPAN + int(era) + _OFFSET)
    merged = np.sort(np.concatenate(keys))
    merged = merged[np.concatenate([[True], merged[1:] != merged[:-1]])]
    return merged // _SPAN, merged % _SPAN - _OFFSET


def _keys(which: Integers, days: years.Days) -> Integers:
    return which * _SPAN + days[which].astype(np.int64) + _OFFSET
