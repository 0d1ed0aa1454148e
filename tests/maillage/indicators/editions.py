"""A random place written as four editions, in which bands, NAFA codes and « caractère employeur » change."""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from maillage.store import Store
from maillage.store.build import build
from tests.maillage.indicators.naive import Naive
from tests.maillage.indicators.town import Town, random_town

DAYS = ("2026-10-01", "2027-02-01", "2027-08-01", "2027-10-01")
YEARS = ("2024", "2024", "2024", "2025")  # of the bands: new ones come in autumn
BANDS = ("", "NN", "NN", "00", "01", "02", "03", "11", "22")


@dataclass(frozen=True, repr=False)
class Editions:
    """The store of the last edition, and the slow twin of each, read from its own files."""

    store: Store
    twins: tuple[Naive, ...]

    def at(self, day: date) -> Naive:
        """The twin of the last edition on or before a day."""
        return [twin for on, twin in zip(DAYS, self.twins, strict=True) if date.fromisoformat(on) <= day][-1]


def editions(
    seed: int, folder: Path, covers: list[str], days: tuple[str, ...] = DAYS, years: tuple[str, ...] = YEARS
) -> Editions:
    """Build the editions one after the other, as they came."""
    chance, town = random.Random(seed), random_town(seed)
    twins = []
    for day, year in zip(days, years, strict=True):
        changed(town, chance, year)
        files = town.write(folder / day, covers=covers, stock_date=day)
        twins.append(Naive.read(files))
        store = build(files, folder / "stores")
        town = copy.deepcopy(town)
    return Editions(store, tuple(twins))


def changed(town: Town, chance: random.Random, year: str) -> None:
    """One row in four of a place says something else."""
    for row in town.shops:
        row["anneeEffectifsEtablissement"] = year
        if chance.random() < 0.25:
            row["trancheEffectifsEtablissement"] = chance.choice(BANDS)
        if chance.random() < 0.25:
            row["activitePrincipaleRegistreMetiersEtablissement"] = chance.choice(["", "1071CA"])
    for firm in town.firms.values():
        firm["anneeEffectifsUniteLegale"] = year
        if chance.random() < 0.25:
            firm["trancheEffectifsUniteLegale"] = chance.choice(BANDS)
            firm["caractereEmployeurUniteLegale"] = chance.choice(["", "N", "O"])
