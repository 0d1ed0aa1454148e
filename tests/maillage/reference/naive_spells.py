"""The slowest reading of Sirene's periods: one establishment at a time, one period at a time, from the CSV alone.

Second opinion on the store: it knows the tables of trades and nothing else of the engine.
"""

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from maillage.reference.nomenclatures import AGES, back_cast, default, nomenclature_of
from maillage.reference.trades import Trade

FOREVER = "9999-12-31"
Period = dict[str, str]


@dataclass(frozen=True)
class Stay:
    """An active period of an establishment with its trade; both days included."""

    siret: str
    trade: Trade
    first: str
    last: str

    def holds(self, day: str) -> bool:
        return self.first <= day <= self.last


def stays(file: Path) -> list[Stay]:
    """Every active craft period of a file of periods (siret, dateDebut, dateFin, etat, code_ape)."""
    establishments: dict[str, list[Period]] = defaultdict(list)
    with gzip.open(file, "rt", encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            establishments[row["siret"]].append(row)
    return [stay for periods in establishments.values() for stay in _of_one(periods)]


def stock(found: list[Stay], day: str) -> Counter[str]:
    """Active establishments of each trade on a day (state at its start: dateDebut ≤ day ≤ dateFin)."""
    return Counter(stay.trade.code for stay in found if stay.holds(day))


def _of_one(periods: list[Period]) -> Iterator[Stay]:
    """From the latest period back to the first: an old code asks the period that begins the day after it ends."""
    next_start, next_code, next_age, next_craft = "", "", -1, None
    for period in sorted(periods, key=lambda row: row["dateDebut"], reverse=True):
        adjacent = period["dateFin"] != "" and _after(period["dateFin"]) == next_start
        code = period["code_ape"]
        age = AGES[nomenclature_of(code)] if code else -1
        if not code:  # not recorded yet at that time: the establishment already did what was recorded later
            code, age, craft = (next_code, next_age, next_craft) if adjacent else ("", -1, None)
        elif adjacent and code == next_code:  # another change cut the period: a name, an employer flag
            craft = next_craft
        elif adjacent and age < next_age:
            craft = back_cast(nomenclature_of(code), code, next_craft)
        else:
            craft = default(nomenclature_of(code), code)
        if period["etat"] == "A" and craft is not None:
            yield Stay(period["siret"], craft[0], period["dateDebut"], period["dateFin"] or FOREVER)
        next_start, next_code, next_age, next_craft = period["dateDebut"], code, age, craft


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
