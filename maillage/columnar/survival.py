"""Kaplan–Meier survival with Greenwood intervals, on a clock that follows the calendar.

Time is counted as ``32 × whole months + left-over days`` from the day of birth, so that « at 36 months » is the
third anniversary whatever the leap years: closures heap on 31 December and must fall on one side of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.columnar.facts import I64, Mask

TICKS = 32  # of the clock per month: more than the days of any month, so anniversaries fall on multiples
Z95 = 1.959963984540054  # normal quantile at 97.5 %
F64 = NDArray[np.float64]


def elapsed(start: I64, end: I64) -> I64:
    """Clock time from day ``start`` to day ``end`` ≥ start. Born 31 January: one month old on the last of February."""
    born, over = start.astype("M8[D]"), end.astype("M8[D]")
    month = born.astype("M8[M]")
    rank = (born - month.astype("M8[D]")).astype(np.int64)
    months: I64 = (over.astype("M8[M]") - month).astype(np.int64)
    months -= _anniversary(month, months, rank) > over
    time: I64 = months * TICKS + (over - _anniversary(month, months, rank)).astype(np.int64)
    return time


def _anniversary(month: NDArray[np.datetime64], months: I64, rank: I64) -> NDArray[np.datetime64]:
    """The day ``rank`` (from 0) of the month ``months`` later, or its last day."""
    target = month + months
    first = target.astype("M8[D]")
    length = ((target + 1).astype("M8[D]") - first).astype(np.int64)
    day: NDArray[np.datetime64] = first + np.minimum(rank, length - 1)
    return day


@dataclass(frozen=True, eq=False)
class Curve:
    """Step functions by clock time 0, 1, 2…: survival after that time, Greenwood's sum, number at risk."""

    survival: F64
    greenwood: F64
    at_risk: I64
    births: int

    def at(self, months: int) -> tuple[float, float, float]:
        """Survival at an anniversary and its 95 % interval, from 0 to 1.

        The interval is log-log (Kalbfleisch and Prentice): never outside 0–1. Without any death it is the point 1.
        """
        time = min(months * TICKS, len(self.survival) - 1)
        value = float(self.survival[time])
        if value <= 0.0 or value >= 1.0:
            return value, value, value
        log = np.log(value)
        spread = np.exp(Z95 * np.sqrt(self.greenwood[time]) / abs(log))
        return value, float(np.exp(log * spread)), float(np.exp(log / spread))

    def followed(self, months: int) -> int:
        """Firms still followed at an anniversary (the number at risk)."""
        time = months * TICKS
        return int(self.at_risk[time]) if time < len(self.at_risk) else 0


def kaplan_meier(time: I64, died: Mask) -> Curve:
    """Curve of durations on the clock; ``died`` is False for those censored at ``time``. At least one duration."""
    size = int(time.max()) + 1
    deaths = np.bincount(time[died], minlength=size)
    leavers = np.bincount(time, minlength=size)
    at_risk = len(time) - np.concatenate(([0], np.cumsum(leavers)[:-1]))
    with np.errstate(divide="ignore", invalid="ignore"):
        kept = np.where(at_risk > 0, 1 - deaths / at_risk, 1.0)
        terms = np.where(deaths > 0, deaths / (at_risk * (at_risk - deaths)), 0.0)
    return Curve(np.asarray(np.cumprod(kept), np.float64), np.asarray(np.cumsum(terms), np.float64), at_risk, len(time))
