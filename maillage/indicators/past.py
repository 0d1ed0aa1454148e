"""What the editions before a store allow to ask of the past: headcount bands and NAFA codes, kept since the first one.

Employees are published on one day for each year of bands: the day of the store, or for an earlier year that of the
last edition that had it. Two days of one year would differ by the few establishments that opened or closed in between.
"""

from __future__ import annotations

from datetime import date

from maillage.errors import BadQuestion
from maillage.indicators.calendar import french_date
from maillage.store import Store


def day_of(store: Store, edition: int | None) -> date:
    """The day of an edition, by its rank; None: that of the store."""
    return store.manifest.stock_date if edition is None else store.manifest.editions[edition].stock_date


def band_year(store: Store, edition: int | None) -> int | None:
    """The year whose 31 December the bands of an edition are of, when known."""
    return store.manifest.band_year if edition is None else store.manifest.editions[edition].band_year


def edition_at(store: Store, day: date) -> int | None:
    """Rank of the last edition on or before a day; None when the store is, or before the first one."""
    if day >= store.manifest.stock_date:
        return None
    before = [rank for rank, edition in enumerate(store.manifest.editions) if edition.stock_date <= day]
    return before[-1] if before else None


def nafa_since(store: Store) -> date:
    """First day on which NAFA codes are known: that of the first edition kept, else of the store."""
    return day_of(store, 0 if store.manifest.editions else None)


def employees_edition(store: Store, day: date) -> int | None:
    """The edition that publishes the employees of a day; None: the store. Raises BadQuestion before the first one."""
    if day >= store.manifest.stock_date:
        return None
    rank = edition_at(store, day)
    year = None if rank is None else band_year(store, rank)
    if year is None:
        days = [french_date(one) for one in published(store)]
        choose = f"Choisir le {days[0]}" if len(days) == 1 else f"Choisir l’un de ces jours\u00a0: {', '.join(days)}"
        raise BadQuestion(
            "Sirene n’a pas d’historique des effectifs\u00a0: les salariés ne sont connus que depuis la première "
            f"édition gardée. {choose}."
        )
    if year == store.manifest.band_year:
        return None
    return max(n for n, edition in enumerate(store.manifest.editions) if edition.band_year == year)


def published(store: Store) -> tuple[date, ...]:
    """The days on which employees are published, oldest first: one for each year of bands, then that of the store."""
    return (*(day for _, day in earlier_years(store)), store.manifest.stock_date)


def earlier_years(store: Store) -> tuple[tuple[int, date], ...]:
    """Each year of bands before that of the store, oldest first, with the day on which its employees are published."""
    by_year = {edition.band_year: edition.stock_date for edition in store.manifest.editions}
    known = {year: day for year, day in by_year.items() if year is not None and year != store.manifest.band_year}
    return tuple(sorted(known.items(), key=lambda found: found[1]))
