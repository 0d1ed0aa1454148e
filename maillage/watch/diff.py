"""Craft establishments of two stores compared, SIRET by SIRET."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from maillage.errors import BadQuestion, NotCovered
from maillage.store import Store
from maillage.store.columns import I64, Closing, Opening, to_date, to_day
from maillage.territory import Territory
from maillage.watch.actives import Active, Actives, Place, actives, declared, establishment_numbers, sirets
from maillage.watch.events import Event, Kind, seen_from

OPENINGS = {Opening.REOPENED: Kind.REOPENED, Opening.CHANGED_ACTIVITY: Kind.CHANGED_ACTIVITY}
Ends = Mapping[tuple[str, str], "Ended"]


@dataclass(frozen=True)
class Ended:
    """How the last spell of an establishment in one trade ended."""

    day: int
    closing: Closing


def diff(old: Store, new: Store, where: Territory | None = None) -> tuple[Event, ...]:
    """What happened in crafts between the stock dates of `old` and `new`, in `where` or everywhere, in order of day.

    The field is that of the scope « activity »: activity entirely craft or NAFA code, no size test (a closed firm has
    no size), public bodies and associations left out. What opened and closed again between the two dates is not seen.
    Raises BadQuestion when the stores cannot be compared, NotCovered when one of them does not hold `where`.
    """
    if old.manifest.fictitious != new.manifest.fictitious:
        raise BadQuestion("Un jeu de données fictif ne se compare pas à des données réelles.")
    for store in (old, new):
        _check(store, where)
    certain = np.union1d(declared(old), declared(new))
    before, after = actives(old, certain), actives(new, certain)
    opened = after.pick(np.setdiff1d(after.siret, before.siret))
    closed = before.pick(np.setdiff1d(before.siret, after.siret))
    on = new.manifest.stock_date
    events = _moves(new, opened, closed) + _arrivals(old, opened, on) + _departures(new, closed, on)
    events += _changes(before, after, on) + _last_ones(new, before, after)
    if where is not None:
        events = [seen for event in events if (seen := seen_from(event, where)) is not None]
    return tuple(sorted(events, key=lambda e: (e.day, e.commune, e.kind, e.trade or "", e.siret or "")))


def _check(store: Store, where: Territory | None) -> None:
    coverage = None if where is None else store.covers(where)
    if coverage is not None and not coverage.complete:
        raise NotCovered(f"{coverage.reason} Rien ne peut être dit de ce qui y a bougé.")


def _day(number: int, unknown: date) -> date:
    """The day of a bound of a spell, `unknown` when Sirene does not say or says one to come."""
    return min(to_date(number) or unknown, unknown)


def _changes(before: Actives, after: Actives, on: date) -> list[Event]:
    """Establishments that stayed active and changed from one trade to another."""
    both, _rows, same = _in_both(before, after)
    changed = both[~same]
    was = before.pick(changed)
    return [
        Event(_day(here.start, on), here.commune, Kind.CHANGED_ACTIVITY, here.trade, siret, was[siret].trade)
        for siret, here in after.pick(changed).items()
    ]


def _in_both(before: Actives, after: Actives) -> tuple[I64, I64, NDArray[np.bool_]]:
    """SIRET active on both days, their rows in `before`, and whether they kept their trade."""
    both, old_rows, new_rows = np.intersect1d(before.siret, after.siret, assume_unique=True, return_indices=True)
    renumber = np.array([after.trades.index(code) if code in after.trades else -1 for code in before.trades])
    return both, old_rows, renumber[before.trade[old_rows]] == after.trade[new_rows]


def _moves(new: Store, opened: dict[str, Active], closed: dict[str, Active]) -> list[Event]:
    """Pairs of one closed and one opened establishment: same firm and trade, or a succession link. Takes them out."""
    pairs = zip(sirets(new, new.links.predecessor[:]), sirets(new, new.links.successor[:]), strict=True)
    linked = {f"{predecessor:014d}": f"{successor:014d}" for predecessor, successor in pairs}
    on = new.manifest.stock_date
    fresh = {siret for siret, here in opened.items() if here.opening is not Opening.CHANGED_ACTIVITY}
    by_firm: dict[tuple[str, str], list[str]] = defaultdict(list)
    for siret in sorted(fresh, reverse=True):
        by_firm[siret[:9], opened[siret].trade].append(siret)
    events = []
    for siret, there in sorted(closed.items()):
        successor = linked.get(siret)
        if successor not in fresh:
            of_firm = by_firm[siret[:9], there.trade]
            successor = next((other for other in reversed(of_firm) if other in fresh), None)
        if successor is None:
            continue
        fresh.discard(successor)
        here = opened.pop(successor)
        del closed[siret]
        kind = Kind.MOVED if siret[:9] == successor[:9] else Kind.TAKEN_OVER
        came_from = there.commune if kind is Kind.MOVED else None
        events.append(Event(_day(here.start, on), here.commune, kind, here.trade, successor, None, came_from, siret))
    return events


def _arrivals(old: Store, opened: Mapping[str, Active], on: date) -> list[Event]:
    """Openings and reopenings; what was at work before, in another activity or another legal form, only changed."""
    at_work = _at_work(old, opened)
    events = []
    for siret, here in opened.items():
        kind = Kind.CHANGED_ACTIVITY if siret in at_work else OPENINGS.get(here.opening, Kind.OPENED)
        started = on if siret in at_work and here.opening is not Opening.CHANGED_ACTIVITY else _day(here.start, on)
        events.append(Event(started, here.commune, kind, here.trade, siret))
    return events


def _at_work(store: Store, wanted: Iterable[str]) -> frozenset[str]:
    """Those of `wanted` that have a spell on the stock date, in scope or not."""
    on = to_day(store.manifest.stock_date)
    return frozenset(siret for siret, start, end, _trade, _closing in _spells(store, wanted) if start <= on < end)


def _departures(new: Store, closed: Mapping[str, Active], on: date) -> list[Event]:
    """Closures; what is not said to be closed lives on in another activity."""
    ends = _ends(new, closed)
    events = []
    for siret, there in closed.items():
        end = ends.get((siret, there.trade))
        day = on if end is None else _day(end.day, on)
        if end is not None and end.closing is Closing.CLOSED:
            events.append(Event(day, there.commune, Kind.CLOSED, there.trade, siret))
        else:
            events.append(Event(day, there.commune, Kind.CHANGED_ACTIVITY, None, siret, there.trade))
    return events


def _last_ones(new: Store, before: Actives, after: Actives) -> list[Event]:
    """Trades that a commune has just lost, or keeps by one establishment only, dated by the last that went."""
    had, has, on = before.counts(), after.counts(), new.manifest.stock_date
    gone = {place: found for place, found in _gone(before, after).items() if has[place] < min(had[place], 2)}
    ends = _ends(new, (siret for found in gone.values() for siret in found))
    return [
        Event(_last_day(place, found, ends, on), place[0], Kind.LAST_LEFT if has[place] else Kind.LAST_GONE, place[1])
        for place, found in gone.items()
    ]


def _gone(before: Actives, after: Actives) -> dict[Place, list[str]]:
    """SIRET that are no longer in the commune and trade where they were."""
    _both, old_rows, same = _in_both(before, after)
    left = before.take(np.setdiff1d(np.arange(len(before.siret)), old_rows[same]))
    found: dict[Place, list[str]] = defaultdict(list)
    for place, siret in zip(left.places(), left.siret, strict=True):
        found[place].append(f"{siret:014d}")
    return found


def _last_day(place: Place, gone: Iterable[str], ends: Ends, on: date) -> date:
    """When the last of those that are gone from a commune and trade stopped there; `on` when it is not known."""
    days = [ends.get((siret, place[1])) for siret in gone]
    return max((on if end is None else _day(end.day, on) for end in days), default=on)


def _ends(store: Store, wanted: Iterable[str]) -> Ends:
    """(SIRET, trade) → how the last spell of the establishment in that trade ended, for those that `store` holds."""
    found = sorted(_spells(store, wanted), key=lambda spell: spell[2])
    return {(siret, trade): Ended(end, closing) for siret, _start, end, trade, closing in found}


def _spells(store: Store, wanted: Iterable[str]) -> list[tuple[str, int, int, str, Closing]]:
    """SIRET, start, end, trade and closing of the spells of some establishments, in scope or not."""
    numbers = {number: siret for siret, number in establishment_numbers(store, wanted).items()}
    spells = store.spells
    rows = np.flatnonzero(np.isin(spells.establishment[:], np.array(sorted(numbers), dtype=np.uint32)))
    return [
        (
            numbers[int(spells.establishment[row])], int(spells.start[row]), int(spells.end[row]),
            store.manifest.trades[int(spells.trade[row])], Closing(int(spells.closing[row])),
        )
        for row in rows
    ]  # fmt: skip
