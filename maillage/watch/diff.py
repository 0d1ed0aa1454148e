"""Craft establishments of two stores compared, SIRET by SIRET."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from maillage.errors import BadQuestion
from maillage.reference.legal_forms import LegalClass
from maillage.store import Store
from maillage.store.columns import I64, Closing, to_date, to_day
from maillage.territory import Territory
from maillage.watch.events import Event, Kind, seen_from

CRAFT_LEGAL = (LegalClass.UNKNOWN, LegalClass.SOLE, LegalClass.COMPANY)
PARTIAL = 2  # spells.reach: only a part of the NAF code is craft


@dataclass(frozen=True)
class Active:
    """One establishment active in crafts on the stock date of its store."""

    commune: str
    trade: str
    start: int


@dataclass(frozen=True)
class Actives:
    """Craft establishments active on the stock date: parallel arrays sorted by SIRET (as an integer)."""

    siret: np.ndarray
    commune: np.ndarray
    trade: np.ndarray
    start: np.ndarray
    communes: tuple[str, ...]
    trades: tuple[str, ...]

    def pick(self, sirets: np.ndarray) -> dict[str, Active]:
        """SIRET as text → establishment, for `sirets` (all must be there)."""
        rows = np.searchsorted(self.siret, sirets)
        columns = zip(sirets, self.commune[rows], self.trade[rows], self.start[rows], strict=True)
        return {f"{s:014d}": Active(self.communes[c], self.trades[t], int(day)) for s, c, t, day in columns}

    def counts(self) -> dict[tuple[str, str], int]:
        """(commune, trade) → establishments."""
        width = len(self.trades)
        cells, counts = np.unique(self.commune.astype(np.int64) * width + self.trade, return_counts=True)
        return {
            (self.communes[cell // width], self.trades[cell % width]): int(number)
            for cell, number in zip(cells, counts, strict=True)
        }


@dataclass(frozen=True)
class Ended:
    """How the last craft spell of an establishment ended."""

    day: int
    left_crafts: bool


def diff(old: Store, new: Store, where: Territory | None = None) -> tuple[Event, ...]:
    """What happened in crafts between the stock dates of `old` and `new`, in `where` or everywhere, in order of day.

    The field is that of the scope « activity »: activity entirely craft, no size test (a closed firm has no size),
    public bodies and associations left out. Raises BadQuestion when the stores cannot be compared.
    """
    if old.manifest.fictitious != new.manifest.fictitious:
        raise BadQuestion("Un jeu de données fictif ne se compare pas à des données réelles.")
    before, after = _actives(old), _actives(new)
    opened = after.pick(np.setdiff1d(after.siret, before.siret))
    closed = before.pick(np.setdiff1d(before.siret, after.siret))
    on = new.manifest.stock_date
    events = _moves(new, opened, closed) + _arrivals_and_ends(new, opened, closed)
    events += _changes(before, after, on) + _last_ones(before, after, on)
    if where is not None:
        events = [seen for event in events if (seen := seen_from(event, where)) is not None]
    return tuple(sorted(events, key=lambda e: (e.day, e.commune, e.kind, e.trade or "", e.siret or "")))


def _day(number: int, unknown: date) -> date:
    """The day of a bound of a spell, `unknown` when Sirene does not say."""
    return to_date(int(number)) or unknown


def _sirets(store: Store, establishments: np.ndarray) -> I64:
    """SIRET of establishment ids, as integers."""
    sirets: I64 = store.establishments.siren[establishments].astype(np.int64)
    sirets = sirets * 100_000 + store.establishments.nic[establishments]
    return sirets


def establishment_numbers(store: Store, sirets: Iterable[str]) -> dict[str, int]:
    """SIRET → establishment number in `store`, for those of `sirets` that it holds."""
    wanted = np.array(sorted({int(siret) for siret in sirets}), dtype=np.int64)
    keys = _sirets(store, np.arange(len(store.establishments)))
    numbers = np.flatnonzero(np.isin(keys, wanted))
    return {f"{keys[number]:014d}": int(number) for number in numbers}


def _actives(store: Store) -> Actives:
    spells = store.spells
    on = to_day(store.manifest.stock_date)
    in_scope = (spells.reach[:] != PARTIAL) & np.isin(store.firms.legal[spells.firm], CRAFT_LEGAL)
    rows = np.flatnonzero(in_scope & (spells.start[:] <= on) & (spells.end[:] > on))
    sirets = _sirets(store, spells.establishment[rows])
    order = np.argsort(sirets)
    rows = rows[order]
    return Actives(
        sirets[order],
        spells.commune[rows],
        spells.trade[rows],
        spells.start[rows],
        tuple(store.manifest.communes),
        tuple(store.manifest.trades),
    )


def _ends(store: Store, sirets: Iterable[str]) -> dict[str, Ended]:
    """SIRET → how its last craft spell ended in `store`, for those of `sirets` that it still holds."""
    numbers = list(establishment_numbers(store, sirets).values())
    rows = np.flatnonzero(np.isin(store.spells.establishment[:], numbers))
    rows = rows[np.argsort(store.spells.end[rows], kind="stable")]
    sirets_found = _sirets(store, store.spells.establishment[rows])
    return {
        f"{siret:014d}": Ended(int(end), int(closing) == Closing.CHANGED_ACTIVITY)
        for siret, end, closing in zip(sirets_found, store.spells.end[rows], store.spells.closing[rows], strict=True)
    }


def _changes(before: Actives, after: Actives, on: date) -> list[Event]:
    """Establishments that stayed active and changed from one trade to another."""
    common, old_rows, new_rows = np.intersect1d(before.siret, after.siret, assume_unique=True, return_indices=True)
    renumber = np.array([after.trades.index(t) if t in after.trades else -1 for t in before.trades])
    changed = common[renumber[before.trade[old_rows]] != after.trade[new_rows]]
    was, now = before.pick(changed), after.pick(changed)
    return [
        Event(_day(here.start, on), here.commune, Kind.CHANGED_ACTIVITY, here.trade, siret, was[siret].trade)
        for siret, here in now.items()
        if was[siret].trade != here.trade
    ]


def _moves(new: Store, opened: dict[str, Active], closed: dict[str, Active]) -> list[Event]:
    """Pairs of one closed and one opened establishment: same firm and trade, or a succession link. Takes them out."""
    linked = {
        f"{predecessor:014d}": f"{successor:014d}"
        for predecessor, successor in zip(
            _sirets(new, new.links.predecessor), _sirets(new, new.links.successor), strict=True
        )
    }
    on = new.manifest.stock_date
    by_firm: Mapping[tuple[str, str], list[str]] = defaultdict(list)
    for siret, here in sorted(opened.items()):
        by_firm[(siret[:9], here.trade)].append(siret)
    events = []
    for siret, there in sorted(closed.items()):
        successor = linked.get(siret)
        if successor not in opened:
            same_firm = by_firm[(siret[:9], there.trade)]
            successor = next((candidate for candidate in same_firm if candidate in opened), None)
        if successor is None:
            continue
        here = opened.pop(successor)
        del closed[siret]
        kind = Kind.MOVED if siret[:9] == successor[:9] else Kind.TAKEN_OVER
        came_from = there.commune if kind is Kind.MOVED else None
        events.append(Event(_day(here.start, on), here.commune, kind, here.trade, successor, None, came_from, siret))
    return events


def _arrivals_and_ends(new: Store, opened: Mapping[str, Active], closed: Mapping[str, Active]) -> list[Event]:
    on = new.manifest.stock_date
    events = [
        Event(_day(here.start, on), here.commune, Kind.OPENED, here.trade, siret) for siret, here in opened.items()
    ]
    ends = _ends(new, closed)
    for siret, there in closed.items():
        end = ends.get(siret)
        if end is None or end.left_crafts:
            # no craft spell ended by a closure: the establishment lives on, in another activity
            day = _day(end.day, on) if end else on
            events.append(Event(day, there.commune, Kind.CHANGED_ACTIVITY, None, siret, there.trade))
        else:
            events.append(Event(_day(end.day, on), there.commune, Kind.CLOSED, there.trade, siret))
    return events


def _last_ones(before: Actives, after: Actives, on: date) -> list[Event]:
    """Trades that a commune has just lost, or keeps by one establishment only, dated of the new stock."""
    has = after.counts()
    events = []
    for (commune, trade), number in before.counts().items():
        left = has.get((commune, trade), 0)
        if left < number and left <= 1:
            events.append(Event(on, commune, Kind.LAST_LEFT if left else Kind.LAST_GONE, trade))
    return events
