"""A question to the engine: which indicator, where, when, for which craft scope, split by what."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import TYPE_CHECKING

from maillage.errors import BadQuestion
from maillage.scope import Scope

if TYPE_CHECKING:
    from maillage.territory import Territory

LAST_START = date.max - timedelta(days=1)
_YEAR, _MONTH = re.compile(r"^[0-9]{4}$"), re.compile(r"^([0-9]{4})-([0-9]{2})$")


@dataclass(frozen=True, order=True)
class Period:
    """Half-open interval of days ``[start, end)``; on screen and in the command line both ends are included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise BadQuestion(f"La période finit avant de commencer, le {self.start}.")

    @property
    def last(self) -> date:
        """Last day inside."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """Number of days inside."""
        return (self.end - self.start).days

    def __str__(self) -> str:
        return f"{self.start.isoformat()}..{self.last.isoformat()}"

    @classmethod
    def year(cls, year: int) -> Period:
        """The calendar year."""
        return cls.years(year, year)

    @classmethod
    def years(cls, first: int, last: int) -> Period:
        """Calendar years, both included. Raises BadQuestion for a year of no calendar."""
        for year in (first, last):
            if not MINYEAR <= year <= MAXYEAR:
                raise BadQuestion(f"{year} n’est pas une année\u00a0: écrire par exemple 2024.")
        return cls(date(first, 1, 1), _day_after(date(last, 12, 31)))

    @classmethod
    def rolling_year(cls, end: date) -> Period:
        """The twelve whole calendar months that end at the start of the month of ``end``."""
        first = end.replace(day=1)
        return cls(first.replace(year=first.year - 1), first)

    @classmethod
    def parse(cls, text: str) -> Period:
        """``2015-01-01..2024-12-31``, ``2015..2024``, ``2024-03..2024-05`` or ``2024``: both ends are included.

        Raises BadQuestion.
        """
        first, dots, last = text.partition("..")
        return cls(_edge(first)[0], _edge(last if dots else first)[1])


def _edge(text: str) -> tuple[date, date]:
    """First day of ``text``, and the day after its last."""
    text = text.strip()
    try:
        if _YEAR.match(text):
            return date(int(text), 1, 1), _day_after(date(int(text), 12, 31))
        if month := _MONTH.match(text):
            first = date(int(month[1]), int(month[2]), 1)
            return first, _day_after(first.replace(day=monthrange(first.year, first.month)[1]))
        day = date.fromisoformat(text)
    except ValueError:
        raise BadQuestion(f"« {text} » n’est pas une date : écrire par exemple 2024, 2024-03 ou 2024-03-31.") from None
    return min(day, LAST_START), _day_after(day)


def _day_after(day: date) -> date:
    """The following day; the last of all calendars has none, and no store answers for it."""
    return day if day == date.max else day + timedelta(days=1)


@dataclass(frozen=True)
class Question:
    """What ``ask`` answers; hashable, so that an answer may be cached by question and store version.

    ``on`` (state at the start of that day) suits stocks, ``during`` flows; when neither is given the engine takes
    the date of the store, or its last twelve whole months. ``by`` is one of ``Grouping`` (``zone:NAME`` when the
    store holds several zonings). ``links=False`` leaves out succession links.
    """

    indicator: str
    where: Territory
    on: date | None = None
    during: Period | None = None
    scope: Scope = field(default_factory=Scope)
    by: str | None = None
    trade: str | None = None
    sector: str | None = None
    links: bool = True
