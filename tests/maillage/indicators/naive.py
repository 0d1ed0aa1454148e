"""Slow twins: every indicator computed again from the raw official CSV rows, in pure Python, without the store."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles

from maillage.reference.bands import BANDS
from maillage.reference.legal_forms import legal_class
from maillage.reference.trades import Reach, trade_of_naf

DAY = timedelta(days=1)
YEAR = timedelta(days=365)
FOREVER = date(9999, 1, 1)
BOUNDS = {band.code: (band.low, band.high) for band in BANDS}


@dataclass(frozen=True)
class Shop:
    siret: str
    siren: str
    commune: str
    band: str
    nafa: str


@dataclass(frozen=True)
class Spell:
    shop: Shop
    trade: str
    sector: str
    reach: str
    start: date
    end: date  # first day after, FOREVER when still open
    opening: str  # created, reopened, changed
    closing: str  # closed, changed, open


@dataclass(frozen=True)
class Presence:
    siren: str
    first: Spell
    last: Spell
    start: date
    end: date


@dataclass(repr=False)
class Naive:
    """The whole place; ``scope`` is (activity, size or None)."""

    spells: list[Spell]
    firms: dict[str, dict[str, str]]
    links: list[tuple[str, str, date]]

    @classmethod
    def read(cls, folder: Path) -> Naive:
        shops = {
            row["siret"]: Shop(
                row["siret"], row["siren"], row["codeCommuneEtablissement"], row["trancheEffectifsEtablissement"],
                row["activitePrincipaleRegistreMetiersEtablissement"],
            )
            for row in _rows(folder / "etablissements.csv")
        }  # fmt: skip
        periods = defaultdict(list)
        for row in _rows(folder / "historique.csv"):
            periods[row["siret"]].append(row)
        spells = [spell for siret, rows in periods.items() for spell in _spells(shops[siret], rows)]
        firms = {row["siren"]: row for row in _rows(folder / "unites.csv")}
        for spell in spells:
            _enlarge(firms[spell.shop.siren], spell.shop.band)
        links = [
            (row["siretEtablissementPredecesseur"], row["siretEtablissementSuccesseur"],
             date.fromisoformat(row["dateLienSuccession"]))
            for row in _rows(folder / "liens.csv")
        ]  # fmt: skip
        return cls(spells, firms, links)

    def within(self, communes: Iterable[str], activity: str, size: str | None) -> Naive:
        """The same place reduced to a territory and a scope."""
        inside = set(communes)
        kept = [s for s in self.spells if s.shop.commune in inside and self._in_scope(s, activity, size)]
        return Naive(kept, self.firms, self.links)

    def _in_scope(self, spell: Spell, activity: str, size: str | None) -> bool:
        firm = self.firms[spell.shop.siren]
        if legal_class(firm["categorieJuridiqueUniteLegale"]).name not in ("UNKNOWN", "SOLE", "COMPANY"):
            return False
        if size is not None and not self._fits(firm, size):
            return False
        certain = bool(spell.shop.nafa)
        if activity == "certain":
            return certain and spell.end == FOREVER
        return activity == "possible" or certain or spell.reach != Reach.PARTIAL

    def size_of(self, siren: str) -> int | None:
        """Largest number of employees of the firm's band; 0 when presumed; None when unknown."""
        firm = self.firms[siren]
        band = firm["trancheEffectifsUniteLegale"]
        if band in ("", "NN"):
            return 0 if firm["caractereEmployeurUniteLegale"] == "N" else None
        high = BOUNDS[band][1]
        return 10**9 if high is None else high

    def _fits(self, firm: dict[str, str], size: str) -> bool:
        most = self.size_of(firm["siren"])
        if most is None:
            return size != "known"
        return most <= (10 if size == "known" else int(size))

    def active(self, on: date) -> list[Spell]:
        return [spell for spell in self.spells if spell.start <= on < spell.end]

    def stock(self, on: date, key: Callable[[Spell], str]) -> dict[str, int]:
        counts: dict[str, int] = defaultdict(int)
        for spell in self.active(on):
            counts[key(spell)] += 1
        return dict(counts)

    def stock_firms(self, on: date, key: Callable[[Spell], str]) -> dict[str, int]:
        firms = defaultdict(set)
        for spell in self.active(on):
            firms[key(spell)].add(spell.shop.siren)
        return {name: len(found) for name, found in firms.items()}

    def presences(self) -> list[Presence]:
        found = []
        by_firm = defaultdict(list)
        for spell in self.spells:
            by_firm[spell.shop.siren].append(spell)
        for siren, spells in by_firm.items():
            spells.sort(key=lambda s: s.start)
            group: list[Spell] = []
            for spell in spells:
                if group and spell.start - max(s.end for s in group) > YEAR:
                    found.append(_presence(siren, group))
                    group = []
                group.append(spell)
            found.append(_presence(siren, group))
        return found

    def births(self) -> list[tuple[Presence, bool]]:
        """Presences that begin by an opening, and whether a link says that they took over another shop."""
        real = [p for p in self.presences() if p.first.opening in ("created", "reopened")]
        return [(p, self._linked(p.first.shop.siret, p.start, receiver=True)) for p in real]

    def deaths(self) -> list[tuple[Presence, bool]]:
        real = [p for p in self.presences() if p.last.closing == "closed"]
        return [(p, self._linked(p.last.shop.siret, p.end, receiver=False)) for p in real]

    def _linked(self, siret: str, day: date, *, receiver: bool) -> bool:
        here = {spell.shop.siret for spell in self.spells}
        for predecessor, successor, link_day in self.links:
            mine, other = (successor, predecessor) if receiver else (predecessor, successor)
            if mine == siret and other in here and abs(link_day - day) <= YEAR:
                return True
        return False

    def ages(self, on: date) -> tuple[float, float, float] | None:
        """First quartile, median, third quartile in years of the firms present."""
        firms = {spell.shop.siren for spell in self.active(on)}
        starts = [p.start for p in self.presences() if p.siren in firms and p.start <= on < p.end]
        ages = sorted((on - start).days / 365.25 for start in starts)
        if not ages:
            return None
        if len(ages) == 1:
            return ages[0], ages[0], ages[0]
        low, middle, high = quantiles(ages, n=4, method="inclusive")
        return low, middle, high

    def lives(self, start: date, end: date, stock: date, *, links: bool) -> list[tuple[date, date, bool]]:
        """Birth, last day followed, died or not, of the cohort born in [start, end)."""
        deaths = dict(self.deaths())
        found = []
        for p, taken_over in self.births():
            if not start <= p.start < end or (links and taken_over):
                continue
            died = p in deaths and p.end <= stock and not (links and deaths[p])
            found.append((p.start, min(p.end, stock), died))
        return found

    def bounds(self, on: date) -> tuple[int, int, int]:
        """Employees: low bound, high bound, shops of known band."""
        low = high = known = 0
        for spell in self.active(on):
            band = spell.shop.band
            employer = self.firms[spell.shop.siren]["caractereEmployeurUniteLegale"]
            if band in ("", "NN"):
                known += employer == "N"
                continue
            low, high, known = low + BOUNDS[band][0], high + (BOUNDS[band][1] or 0), known + 1
        return low, high, known


def anniversary(day: date, months: int) -> date:
    """The same day, ``months`` later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + (day.day - 1) * DAY, following - DAY)


def survival_at(lives: list[tuple[date, date, bool]], months: int) -> float:
    """Product-limit by the book: at each death, the share of those followed that long who go on."""

    def age(born: date, end: date) -> tuple[int, int]:
        whole = 0
        while anniversary(born, whole + 1) <= end:
            whole += 1
        return whole, (end - anniversary(born, whole)).days

    ages = [(age(born, end), died) for born, end, died in lives]
    share = 1.0
    for moment in sorted({when for when, died in ages if died and when <= (months, 0)}):
        at_risk = sum(when >= moment for when, _ in ages)
        deaths = sum(when == moment and died for when, died in ages)
        share *= 1 - deaths / at_risk
    return share


def _presence(siren: str, group: list[Spell]) -> Presence:
    start, end = min(s.start for s in group), max(s.end for s in group)
    firsts = [s for s in group if s.start == start]
    lasts = [s for s in group if s.end == end]
    first = min(firsts, key=lambda s: {"changed": 0, "reopened": 1, "created": 2}[s.opening])
    last = min(lasts, key=lambda s: {"open": 0, "changed": 1, "closed": 2}[s.closing])
    return Presence(siren, first, last, start, end)


def _spells(shop: Shop, rows: list[dict[str, str]]) -> list[Spell]:
    periods = sorted(rows, key=lambda row: row["dateDebut"])
    states: list[tuple[date, date, bool, tuple[str, str, str] | None]] = []
    for row in periods:
        start = date.fromisoformat(row["dateDebut"])
        end = date.fromisoformat(row["dateFin"]) + DAY if row["dateFin"] else FOREVER
        active = row["etatAdministratifEtablissement"] == "A"
        found = trade_of_naf(row["activitePrincipaleEtablissement"]) if active else None
        states.append((start, end, active, (found[0].code, found[0].sector, found[1]) if found else None))
    merged: list[list] = []
    for start, end, active, craft in states:
        previous = merged[-1] if merged else None
        same = previous and previous[1] == start and previous[2] == active
        if same and (previous[3] or ("",))[0] == (craft or ("",))[0]:
            previous[1], previous[3] = end, craft
        else:
            merged.append([start, end, active, craft])
    found_spells = []
    for rank, (start, end, active, craft) in enumerate(merged):
        if not active or craft is None:
            continue
        before = merged[rank - 1] if rank else None
        after = merged[rank + 1] if rank + 1 < len(merged) else None
        seen = any(state[2] for state in merged[:rank])
        went_on = before is not None and before[2] and before[1] == start
        opening = "changed" if went_on else "reopened" if seen else "created"
        goes_on = after is not None and after[2] and after[0] == end
        closing = "open" if end == FOREVER else "changed" if goes_on else "closed"
        found_spells.append(Spell(shop, craft[0], craft[1], craft[2], start, end, opening, closing))
    return found_spells


def _enlarge(firm: dict[str, str], shop_band: str) -> None:
    """A firm of unknown size is as large as its largest shop, from ten employees."""
    low = BOUNDS[shop_band][0] if shop_band else 0
    band = firm["trancheEffectifsUniteLegale"]
    unknown = band in ("", "NN") or firm.get("enlarged") == "yes"
    if unknown and firm["caractereEmployeurUniteLegale"] != "N" and low >= max(10, BOUNDS[band or "NN"][0]):
        firm["trancheEffectifsUniteLegale"], firm["enlarged"] = shop_band, "yes"


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
