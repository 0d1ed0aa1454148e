"""Splits of a figure: to which line each spell belongs, and how lines are named and ordered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maillage.columnar.facts import I64, Facts
from maillage.columnar.sizes import GROUPS, SIZES, size_label
from maillage.errors import BadQuestion
from maillage.indicators.card import Grouping
from maillage.indicators.case import Case
from maillage.reference.legal_forms import LegalClass
from maillage.reference.places.links import whole_commune
from maillage.reference.trades import Sector, trade
from maillage.reference.zonings import NEIGHBOURHOOD, NEIGHBOURHOOD_LEVELS, OUTSIDE, zoning
from maillage.store import Store
from maillage.territory import Territory, commune_name, members, population


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines of an answer: ``of(facts)`` gives the line number of each spell, -1 for none.

    ``fixed`` lines are shown even when they count nothing (a commune, a sector); ``ranked`` ones are shown highest
    value first, the others in their own order.
    """

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    fixed: bool
    table: NDArray[np.int64] | NDArray[np.uint8]
    column: str
    ranked: bool = True

    def __len__(self) -> int:
        return len(self.keys)

    def of(self, facts: Facts, store: Store) -> I64:
        """Line number of each spell."""
        if self.column == "":
            return np.zeros(len(facts), dtype=np.int64)
        if self.column == "size":
            chosen = self.table[store.firms.employer[facts.firm], store.firms.band[facts.firm]]
        else:
            chosen = self.table[
                store.firms.legal[facts.firm] if self.column == "legal" else getattr(facts, self.column)
            ]
        return np.asarray(chosen, dtype=np.int64)


def lines(case: Case) -> Lines:
    """The lines of a question; one line named after the indicator when it asks for no split."""
    where, store = case.question.where, case.store
    makers: dict[Grouping | None, Callable[[], Lines]] = {
        Grouping.TRADE: lambda: trade_lines(store),
        Grouping.SECTOR: lambda: sector_lines(store),
        Grouping.COMMUNE: lambda: commune_lines(store, where),
        Grouping.SIZE: lambda: Lines(SIZES, tuple(map(size_label, SIZES)), False, GROUPS, "size", ranked=False),
        Grouping.LEGAL: legal_lines,
        Grouping.ZONE: lambda: zone_lines(store, where, str(case.question.by)),
    }
    return makers[case.by]() if case.by in makers else single_line(case.card.label)


def single_line(label: str) -> Lines:
    """One line for everything."""
    return Lines(("",), (label,), True, np.zeros(1, dtype=np.int64), "")


@lru_cache(maxsize=8)
def trade_lines(store: Store) -> Lines:
    """One line per trade of the store."""
    codes = store.manifest.trades
    return Lines(codes, tuple(trade(code).label for code in codes), False, np.arange(len(codes)), "trade")


@lru_cache(maxsize=8)
def sector_lines(store: Store) -> Lines:
    """The four sectors."""
    sectors = list(Sector)
    table = np.array([sectors.index(trade(code).sector) for code in store.manifest.trades], dtype=np.int64)
    return Lines(tuple(sectors), tuple(sector.label for sector in sectors), True, table, "trade")


@lru_cache(maxsize=64)
def commune_lines(store: Store, where: Territory) -> Lines:
    """The communes for display: arrondissements inside their city, unless they were asked for themselves."""
    codes = members(where)
    numbers = {code: number for number, code in enumerate(codes)}
    table = np.full(len(store.manifest.communes), -1, dtype=np.int64)
    for code in where.communes:
        line = numbers.get(code, numbers.get(whole_commune(code)))
        if line is not None and code in store.commune_numbers:
            table[store.commune_numbers[code]] = line
    return Lines(codes, tuple(commune_name(code) for code in codes), True, table, "commune")


def legal_lines() -> Lines:
    """Sole traders, companies, unknown."""
    classes = (LegalClass.SOLE, LegalClass.COMPANY, LegalClass.UNKNOWN)
    table = np.full(len(LegalClass), -1, dtype=np.int64)
    for line, legal in enumerate(classes):
        table[legal] = line
    return Lines(
        tuple(c.name.lower() for c in classes), tuple(c.label for c in classes), False, table, "legal", ranked=False
    )


def zone_levels(store: Store, by: str) -> dict[str, str]:
    """Commune → level of the zoning by commune that ``zone`` or ``zone:NAME`` asks for. Raises BadQuestion."""
    return store.zones.get(zone_name(store, by), {})


def zone_name(store: Store, by: str) -> str:
    """The zoning that ``zone:NAME`` asks for, the first one for ``zone``. Raises BadQuestion."""
    zones = store.zonings
    if not zones:
        raise BadQuestion("Aucun zonage n’est chargé dans cet entrepôt : ajouter son fichier au dossier des sources.")
    name = by.partition(":")[2] or next(iter(zones))
    if name not in zones:
        raise BadQuestion(f"Le zonage « {name} » n’est pas chargé. Zonages : {', '.join(zones)}.")
    return name


@lru_cache(maxsize=64)  # a page asks two figures of each zoning: of France, 35 000 communes are looked up
def zone_lines(store: Store, where: Territory, by: str) -> Lines:
    """The levels of a zoning that the territory has, in their order. Raises BadQuestion."""
    name = zone_name(store, by)
    levels, official = zone_levels(store, by), zoning(name)
    if name == NEIGHBOURHOOD and store.neighbourhoods is not None:
        labels = tuple(map(official.label_of, NEIGHBOURHOOD_LEVELS))
        return Lines(NEIGHBOURHOOD_LEVELS, labels, True, store.neighbourhoods, "establishment", ranked=False)
    inside = {code: level_in(levels, code) for code in where.communes}
    keys = tuple(sorted(set(inside.values()), key=official.rank_of))
    table = np.full(len(store.manifest.communes), -1, dtype=np.int64)
    for code, level in inside.items():
        if code in store.commune_numbers:
            table[store.commune_numbers[code]] = keys.index(level)
    return Lines(keys, tuple(map(official.label_of, keys)), True, table, "commune", ranked=False)


def level_in(levels: dict[str, str], code: str) -> str:
    """Level of a commune or of an arrondissement, which takes that of its city; `OUTSIDE` when it is not named."""
    return levels.get(code) or levels.get(whole_commune(code)) or OUTSIDE


def line_population(case: Case, split: Lines) -> list[int | None]:
    """Inhabitants behind each line: of the commune, of the zone's communes, else of the whole territory."""
    where = case.question.where
    if case.by is Grouping.COMMUNE:
        return [population(code) for code in split.keys]
    if case.by is Grouping.ZONE and zone_name(case.store, str(case.question.by)) == NEIGHBOURHOOD:
        return [None] * len(split)
    if case.by is Grouping.ZONE:
        levels = zone_levels(case.store, str(case.question.by))
        totals = dict.fromkeys(split.keys, 0)
        for code in (code for code in members(where) if code not in case.unread):
            totals[level_in(levels, code)] += population(code) or 0
        return [totals[key] for key in split.keys]
    return [case.people] * len(split)
