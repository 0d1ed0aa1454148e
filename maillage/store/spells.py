"""From periods to spells, without a loop over rows: 25 million periods take seconds.

A spell is a maximal interval during which one establishment is active with one craft trade. Sirene cuts periods at
each change of name, employer flag or nomenclature; those cuts are healed here, changes of trade are not.

1. Overlaps are cut: a period ends at the latest where the next one starts.
2. Each period gets one trade, from the last period back to the first: an old code followed the next day by a newer
   nomenclature takes the newer trade if it may stand for it, else its own default; the same code keeps the same trade;
   a period without a code (Sirene often gave it at the end of the year) takes what follows the next day. Where the
   newer code says less than the older one (NAF 2025 after NAF rév. 2), it is the newer period that keeps the trade.
3. Adjacent active periods of one trade are merged; the reach is that of the last of them, the best coded one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.store.columns import I32, I64, OPEN_END, U8, U32, UNKNOWN_START, Closing, Opening
from maillage.store.periods import NO_CODE, OUTSIDE, CodeTable, Periods, State

Mask = NDArray[np.bool_]
I16 = NDArray[np.int16]


@dataclass(frozen=True)
class Resolved:
    """The trade of each period (OUTSIDE when no craft) and how far its code is craft."""

    trade: I16
    reach: U8

    def copy(self, source: I64, target: I64) -> None:
        """Give the periods `target` what the periods `source` have."""
        self.trade[target], self.reach[target] = self.trade[source], self.reach[source]


@dataclass(frozen=True)
class RawSpells:
    """Spells in the order of establishments, before communes and firms are joined."""

    establishment: U32
    trade: I16
    reach: U8
    start: I32
    end: I32
    opening: U8
    closing: U8


def cut_overlaps(periods: Periods) -> Periods:
    """End each period where the next one of its establishment starts; drop those that have no day left."""
    end = periods.end.copy()
    same = periods.establishment[1:] == periods.establishment[:-1]
    np.minimum(end[:-1], periods.start[1:], out=end[:-1], where=same)
    cut = Periods(periods.establishment, periods.start, end, periods.state, periods.code)
    return cut[periods.start < end]


def resolve_trades(periods: Periods, codes: CodeTable) -> Resolved:
    """One trade per period, read back from the last of each establishment, then forth for coarse codes (rule 2)."""
    resolved = Resolved(codes.trade[periods.code], codes.reach[periods.code])
    settled = periods.code.copy()  # the code whose meaning a period took
    last, counts = _last_periods(periods.establishment)
    for step in range(1, int(counts.max(initial=0))):
        here = last[counts > step] - step
        following = here + 1
        joined = periods.end[here] == periods.start[following]
        taken = joined & _takes_next(periods.code[here], settled[following], resolved.trade[following], codes)
        resolved.copy(following[taken], here[taken])
        settled[here[taken]] = settled[following[taken]]
    _carry_forward(periods, codes, resolved)
    return resolved


def _carry_forward(periods: Periods, codes: CodeTable, resolved: Resolved) -> None:
    """A coarse code keeps the trade of the day before when it may stand for it; in place, first period first."""
    rows = np.flatnonzero(codes.coarse[periods.code] & _joined_to_previous(periods))
    if not len(rows):
        return
    last, counts = _last_periods(periods.establishment)
    rank = rows - np.repeat(last - counts + 1, counts)[rows]
    for step in range(1, int(rank.max()) + 1):
        here = rows[rank == step]
        before = here - 1
        code, older = periods.code[here], periods.code[before]
        allowed = (codes.age[older] < codes.age[code]) & codes.allowed[code, resolved.trade[before]]
        taken = (code == older) | allowed
        resolved.copy(before[taken], here[taken])


def _takes_next(code: NDArray[np.uint16], next_code: NDArray[np.uint16], next_trade: I16, codes: CodeTable) -> Mask:
    """Which periods read their trade in the one that follows the next day."""
    older = (codes.age[code] < codes.age[next_code]) & codes.allowed[code, next_trade] & ~codes.coarse[next_code]
    taken: Mask = ((code == NO_CODE) | (code == next_code) | older) & (next_code != NO_CODE)
    return taken


def _last_periods(establishment: U32) -> tuple[I64, I64]:
    """Row of the last period of each establishment, and how many periods it has."""
    last = np.flatnonzero(np.append(establishment[1:] != establishment[:-1], True)[: len(establishment)])
    return last, np.diff(last, prepend=-1)


def merge(periods: Periods, resolved: Resolved) -> RawSpells:
    """Maximal spells of one trade, with how each opens and closes (rule 3 above)."""
    joined = _joined_to_previous(periods)
    active = periods.state == State.ACTIVE
    craft = active & (resolved.trade != OUTSIDE)
    goes_on = np.zeros(len(periods), dtype=np.bool_)
    goes_on[1:] = joined[1:] & craft[1:] & craft[:-1] & (resolved.trade[1:] == resolved.trade[:-1])
    first = np.flatnonzero(craft & ~goes_on)
    last = np.flatnonzero(craft & ~np.append(goes_on[1:], False))
    return RawSpells(
        establishment=periods.establishment[first],
        trade=resolved.trade[first],
        reach=resolved.reach[last],
        start=periods.start[first],
        end=periods.end[last],
        opening=_openings(periods, first, joined & np.append(False, active[:-1])),
        closing=_closings(periods.end[last], last, np.append((joined & active)[1:], False)),
    )


def _joined_to_previous(periods: Periods) -> Mask:
    """Periods that start the day the previous one of the same establishment ends."""
    joined = np.zeros(len(periods), dtype=np.bool_)
    joined[1:] = (periods.establishment[1:] == periods.establishment[:-1]) & (periods.start[1:] == periods.end[:-1])
    return joined


def _openings(periods: Periods, first: I64, was_active: Mask) -> U8:
    """CHANGED_ACTIVITY after an active day, REOPENED when active or closed before, UNKNOWN without a start."""
    known = np.cumsum(periods.state != State.UNKNOWN)
    new = np.append(True, periods.establishment[1:] != periods.establishment[:-1])[: len(periods)]
    own_start = np.maximum.accumulate(np.where(new, np.arange(len(periods)), 0))
    state_known = (periods.state != State.UNKNOWN).astype(known.dtype)
    before = (known - state_known)[first] - (known - state_known)[own_start[first]]
    opening = np.where(before > 0, Opening.REOPENED, Opening.CREATED)
    opening[was_active[first]] = Opening.CHANGED_ACTIVITY
    opening[periods.start[first] == UNKNOWN_START] = Opening.UNKNOWN
    return opening.astype(np.uint8)


def _closings(end: I32, last: I64, next_is_active: Mask) -> U8:
    closing = np.where(next_is_active[last], Closing.CHANGED_ACTIVITY, Closing.CLOSED)
    closing[end == OPEN_END] = Closing.OPEN
    return closing.astype(np.uint8)
