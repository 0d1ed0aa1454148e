"""What the invented firms do, how many of each there are, and how each trade behaves.

The weights are ours: orders of magnitude that make a plausible French territory, and no statistic.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

OUTSIDE = "hors"
"""Sector of the activities that are no craft: present in every Sirene file, set aside by the store."""

SECTOR_SHARES = {"batiment": 0.40, "services": 0.33, "alimentation": 0.145, "fabrication": 0.125}
"""Share of each sector among the craft firms of an ordinary territory."""

FIRMS_PER_10000 = 138.0
"""Active craft firms for 10 000 inhabitants, before the particular features of a region or an EPCI."""

_FIELDS = ("weight", "threshold", "company", "staff", "trend")


@dataclass(frozen=True)
class Activity:
    """One activity of the generator.

    ``threshold``: population of the commune at which half of the firms it could hold are there. ``company``: share of
    companies among firms. ``staff``: relative size. ``trend``: yearly growth of creations against the whole.
    """

    naf: str
    sector: str
    words: str
    nafa: tuple[str, ...]
    weight: float
    threshold: float
    company: float
    staff: float
    trend: float

    @property
    def craft(self) -> bool:
        """Whether the activity belongs to crafts, wholly or in part."""
        return self.sector != OUTSIDE


@cache
def activities() -> tuple[Activity, ...]:
    """All the activities, in the order of the table, with weights in active firms for 10 000 inhabitants."""
    text = files("maillage.synthetic").joinpath("activities.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    totals: dict[str, float] = {}
    for row in rows:
        totals[row["sector"]] = totals.get(row["sector"], 0.0) + float(row["weight"])
    return tuple(_activity(row, totals[row["sector"]]) for row in rows)


def column(name: str) -> Floats:
    """One numeric field of every activity, as an array in the order of ``activities()``."""
    if name not in _FIELDS:
        raise KeyError(name)
    return np.array([getattr(activity, name) for activity in activities()], dtype=np.float64)


def _activity(row: dict[str, str], total: float) -> Activity:
    share = SECTOR_SHARES.get(row["sector"], 1.0) / total
    return Activity(
        naf=row["naf"],
        sector=row["sector"],
        words=row["words"],
        nafa=tuple(code for code in row["nafa"].split("|") if code),
        weight=float(row["weight"]) * share * FIRMS_PER_10000,
        threshold=float(row["threshold"]),
        company=float(row["company"]),
        staff=float(row["staff"]),
        trend=float(row["trend"]),
    )
