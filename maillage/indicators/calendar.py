"""Months and years of a series, and the period taken when a question names none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maillage.indicators.card import Card, Grouping
from maillage.indicators.question import Period

FIRST_DAY = date(1973, 1, 1)  # Sirene was opened that year: of what closed before, it knows nothing
SERIES_YEARS = 10
COHORT_YEARS = 5
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


@dataclass(frozen=True)
class Slot:
    """One line of a series; a partial year is the rolling twelve months that end with it."""

    key: str
    label: str
    period: Period
    partial: bool = False


def default_during(card: Card, by: Grouping | None, stock_date: date) -> Period:
    """Period of a question without one.

    Ten full years and the current one for yearly series; the births of the five full years that ended at least one
    year before the store for survival; else the last twelve whole months.
    """
    if card.id == "survival":
        last = last_full_year(_year_before(stock_date))
        return Period.years(last - COHORT_YEARS + 1, last)
    if by is Grouping.YEAR:
        last = last_full_year(stock_date)
        start = date(last - SERIES_YEARS + 1, 1, 1)
        return Period(start, stock_date if stock_date > start else date(last + 1, 1, 1))
    return Period.rolling_year(stock_date)


def french_date(day: date) -> str:
    """01/10/2026, as official tables write it."""
    return f"{day:%d/%m/%Y}"


def days(stock_date: date) -> tuple[date, date]:
    """First and last day that a store of this date may be asked about."""
    return FIRST_DAY, stock_date


def last_full_year(day: date) -> int:
    """The last calendar year that is over at the start of ``day``."""
    return day.year - 1


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)


def months(period: Period) -> tuple[Slot, ...]:
    """Calendar months that touch the period, cut to it."""
    slots = []
    first = period.start.replace(day=1)
    while first < period.end:
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        inside = Period(max(first, period.start), min(following, period.end))
        slots.append(Slot(f"{first:%Y-%m}", f"{_MONTHS[first.month - 1]} {first.year}", inside))
        first = following
    return tuple(slots)


def years(period: Period) -> tuple[Slot, ...]:
    """Full calendar years of the period, then the rolling twelve months that end with it when its last year is cut.

    A first year that the period cuts is left out of the series: half a year drawn beside full ones misleads.
    """
    first = period.start.year + (period.start > date(period.start.year, 1, 1))
    slots = [Slot(str(year), str(year), Period.year(year)) for year in range(first, period.end.year)]
    if period.end > date(period.end.year, 1, 1):
        rolling = Period.rolling_year(period.end)
        label = f"12 mois à fin {_MONTHS[rolling.last.month - 1]} {rolling.last.year}"
        if rolling.start < period.start:
            rolling, label = Period(date(period.end.year, 1, 1), period.end), f"{period.end.year} (en partie)"
        slots.append(Slot(str(period.end.year), label, rolling, partial=True))
    return tuple(slots)


def slots(by: Grouping | None, period: Period) -> tuple[Slot, ...]:
    """Lines of a series by month or by year."""
    return months(period) if by is Grouping.MONTH else years(period)
