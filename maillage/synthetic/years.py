"""When firms are born and when they stop: trends by year, seasons, and how long firms last.

The shapes follow what INSEE publishes (creations multiplied by the micro-entrepreneur regime of 2009, a dip in spring
2020, a high plateau since 2021; about four firms in five alive after three years, three in five after five): they are
orders of magnitude, and no statistic.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.int32]

FIRST_YEAR = 1962
NEVER = np.int32(2**31 - 1)
"""Day of an event that does not happen."""

_LEVELS = (
    (1962, 0.22), (1975, 0.30), (1985, 0.46), (1990, 0.55), (1993, 0.50), (2000, 0.57), (2003, 0.63), (2007, 0.72),
    (2008, 0.71), (2009, 1.04), (2010, 1.13), (2011, 1.01), (2012, 0.98), (2013, 0.95), (2014, 0.92), (2015, 0.86),
    (2016, 0.90), (2017, 0.97), (2018, 1.07), (2019, 1.20), (2020, 1.09), (2021, 1.34), (2022, 1.37), (2023, 1.27),
    (2024, 1.33), (2025, 1.38), (2026, 1.40), (2030, 1.44),
)  # fmt: skip
_COMPANY_LEVELS = ((1962, 0.55), (1985, 0.80), (2008, 1.12), (2009, 0.72), (2014, 0.82), (2015, 1.0), (2030, 1.12))
_HAZARD = (
    (0, 0.0), (1, 0.060), (2, 0.138), (3, 0.232), (4, 0.345), (5, 0.46), (7, 0.63), (10, 0.84), (15, 1.10),
    (20, 1.38), (25, 1.75), (30, 2.30), (35, 3.10), (40, 4.30), (60, 14.0), (90, 40.0),
)  # fmt: skip

SOLE_HAZARD = 1.15
COMPANY_HAZARD = 0.78

_MONTHS = np.array([1.28, 1.0, 1.05, 1.04, 0.92, 0.95, 0.90, 0.68, 1.20, 1.15, 0.96, 0.76])
_MONTHS_2020 = _MONTHS * np.array([1.1, 1.1, 0.75, 0.35, 0.55, 1.05, 1.15, 1.1, 1.1, 1.15, 1.05, 1.1])


def day(year: int, month: int = 1, dom: int = 1) -> int:
    """Days since 1 January 1970."""
    return date(year, month, dom).toordinal() - date(1970, 1, 1).toordinal()


def years(last: int) -> npt.NDArray[np.int64]:
    """Every year of birth, from the first one to ``last`` included."""
    return np.arange(FIRST_YEAR, last + 1)


def level(which: npt.NDArray[np.int64]) -> Floats:
    """Relative number of creations in each year."""
    return _steps(which, _LEVELS)


def company_factor(which: npt.NDArray[np.int64]) -> Floats:
    """By how much the share of companies differs from its usual value, for firms born in each year."""
    return _steps(which, _COMPANY_LEVELS)


def cumulative_hazard(age: Floats) -> Floats:
    """Cumulated risk of stopping after ``age`` years, for the average firm: survival is exp(-hazard)."""
    ages, values = zip(*_HAZARD, strict=True)
    return np.asarray(np.interp(age, ages, values))


def lifetime(exposure: Floats) -> Floats:
    """Age in years at which the cumulated risk reaches ``exposure``: the inverse of ``cumulative_hazard``."""
    ages, values = zip(*_HAZARD, strict=True)
    return np.asarray(np.interp(exposure, values, ages))


def days_in_year(rng: np.random.Generator, which: npt.NDArray[np.int64]) -> Days:
    """A day of birth in each given year: January and September are full, August empty, the first of a month usual."""
    ordinary = rng.choice(12, size=len(which), p=_MONTHS / _MONTHS.sum())
    locked = rng.choice(12, size=len(which), p=_MONTHS_2020 / _MONTHS_2020.sum())
    month = np.where(which == 2020, locked, ordinary)
    starts = (which - 1970).astype("datetime64[Y]").astype("datetime64[M]") + month
    first = starts.astype("datetime64[D]").astype(np.int64)
    length = (starts + 1).astype("datetime64[D]").astype(np.int64) - first
    within = np.where(rng.random(len(which)) < 0.28, 0, (rng.random(len(which)) * length).astype(np.int64))
    return (first + within).astype(np.int32)


def closing_days(rng: np.random.Generator, start: Days, exposure: Floats) -> Days:
    """Day on which each firm stops, from its birth and the risk it can bear.

    Many stop at the end of a civil year or quarter; in 2020, aids postponed part of the closures.
    """
    raw = start + (lifetime(exposure) * 365.25).astype(np.int64)
    held = (raw >= day(2020, 3, 15)) & (raw < day(2021, 3, 1)) & (rng.random(len(raw)) < 0.35)
    raw = raw + np.where(held, rng.integers(200, 700, len(raw)), 0)
    quarter = (raw.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) // 3 + 1) * 3
    year = (raw.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1) * 12
    draw = rng.random(len(raw))
    months = np.where(draw < 0.16, year, quarter)
    ends = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) - 1
    snapped = np.where(draw < 0.28, ends, raw)
    return np.minimum(np.maximum(snapped, start + 20), int(NEVER) - 1).astype(np.int32)


def _steps(which: npt.NDArray[np.int64], table: tuple[tuple[int, float], ...]) -> Floats:
    at, values = zip(*table, strict=True)
    return np.asarray(np.interp(which, at, values))
