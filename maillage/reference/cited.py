"""Figures that people said in public about the crafts of a place, with their words, source and date.

They are quoted, not computed: shown alone on demonstration data, beside the computed figure on real data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from maillage.reference.tables import rows


@dataclass(frozen=True)
class CitedFigure:
    """One quoted figure; `indicator` names the indicator it stands beside, None when none computes the same thing.

    `where` is the key of a territory. `said_on` is None when the source does not give the year; `deduced` says that the
    year comes from the context and `note` from what. `during` holds the first and last day of a flow.
    """

    id: str
    words: str
    value: int
    unit: str
    indicator: str | None
    where: str
    source: str
    said_on: date | None
    note: str
    said_words: str
    deduced: bool
    during: tuple[date, date] | None


@cache
def cited_figures() -> tuple[CitedFigure, ...]:
    """All the quoted figures, in the order of their sources."""
    titles = {row["source"]: row["title"] for row in rows("cited_sources.csv")}
    return tuple(
        CitedFigure(
            id=row["id"],
            words=row["words"],
            value=int(row["value"]),
            unit=row["unit"],
            indicator=row["indicator"] or None,
            where=row["where"],
            source=titles[row["source"]],
            said_on=date.fromisoformat(row["said_on"]) if row["said_on"] else None,
            note=row["note"],
            said_words=row["said_words"],
            deduced=row["deduced"] == "oui",
            during=_days(row["during"]),
        )
        for row in rows("cited.csv")
    )


def cited_about(where: str) -> tuple[CitedFigure, ...]:
    """The quoted figures about one territory, by its key (`epci:246200364`, `region:44`, `france`)."""
    return tuple(figure for figure in cited_figures() if figure.where == where)


def _days(text: str) -> tuple[date, date] | None:
    if not text:
        return None
    first, last = text.split("..")
    return date.fromisoformat(first), date.fromisoformat(last)
