"""Two states of the craft establishments of a place compared: what opened, closed, moved, changed; the last ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from maillage.store.columns import I64, Closing, Opening, to_date
from maillage.watch.actives import Active, Actives, Place
from maillage.watch.events import Event, Kind

OPENINGS = {Opening.REOPENED: Kind.REOPENED, Opening.CHANGED_ACTIVITY: Kind.CHANGED_ACTIVITY}
Ends = Mapping[tuple[str, str], "Ended"]


@dataclass(frozen=True)
class Ended:
    """How the last spell of an establishment in one trade ended."""

    day: int
    closing: Closing


@dataclass(frozen=True)
class Told:
    """What the later source says beside the two states.

    `on`: its day. `heirs`: SIRET of a predecessor → that of its successor. `ends`: (SIRET, trade) → how its last spell
    in that trade ended, for some SIRET. `at_work`: those of some SIRET that the earlier state has at work, in scope or
    not.
    """

    on: date
    heirs: Mapping[str, str]
    ends: Callable[[Iterable[str]], Ends]
    at_work: Callable[[Iterable[str]], frozenset[str]]


def compare(before: Actives, after: Actives, told: Told) -> tuple[Event, ...]:
    """What happened between two states of the same place, everywhere, in order of day."""
    opened = after.pick(np.setdiff1d(after.siret, before.siret))
    closed = before.pick(np.setdiff1d(before.siret, after.siret))
    events = _moves(told, opened, closed) + _arrivals(told, opened) + _departures(told, closed)
    events += _changes(before, after, told.on) + _last_ones(told, before, after)
    return in_order(events)


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Each event once, oldest first."""
    return tuple(sorted(set(events), key=lambda e: (e.day, e.commune, e.kind, e.trade or "", e.siret or "")))


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


def _moves(told: Told, opened: dict[str, Active], closed: dict[str, Active]) -> list[Event]:
    """Pairs of one closed and one opened establishment: same firm and trade, or a succession link. Takes them out."""
    fresh = {siret for siret, here in opened.items() if here.opening is not Opening.CHANGED_ACTIVITY}
    by_firm: dict[tuple[str, str], list[str]] = defaultdict(list)
    for siret in sorted(fresh, reverse=True):
        by_firm[siret[:9], opened[siret].trade].append(siret)
    events = []
    for siret, there in sorted(closed.items()):
        successor = told.heirs.get(siret)
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
        events.append(
            Event(_day(here.start, told.on), here.commune, kind, here.trade, successor, None, came_from, siret)
        )
    return events


def _arrivals(told: Told, opened: Mapping[str, Active]) -> list[Event]:
    """Openings and reopenings; what was at work before, in another activity or another legal form, only changed."""
    at_work = told.at_work(opened)
    events = []
    for siret, here in opened.items():
        kind = Kind.CHANGED_ACTIVITY if siret in at_work else OPENINGS.get(here.opening, Kind.OPENED)
        started = (
            told.on if siret in at_work and here.opening is not Opening.CHANGED_ACTIVITY else _day(here.start, told.on)
        )
        events.append(Event(started, here.commune, kind, here.trade, siret))
    return events


def _departures(told: Told, closed: Mapping[str, Active]) -> list[Event]:
    """Closures; what is not said to be closed lives on in another activity."""
    ends = told.ends(closed)
    events = []
    for siret, there in closed.items():
        end = ends.get((siret, there.trade))
        day = told.on if end is None else _day(end.day, told.on)
        if end is not None and end.closing is Closing.CLOSED:
            events.append(Event(day, there.commune, Kind.CLOSED, there.trade, siret))
        else:
            events.append(Event(day, there.commune, Kind.CHANGED_ACTIVITY, None, siret, there.trade))
    return events


def _last_ones(told: Told, before: Actives, after: Actives) -> list[Event]:
    """Trades that a commune has just lost, or keeps by one establishment only, dated by the last that went."""
    had, has = before.counts(), after.counts()
    gone = {place: found for place, found in _gone(before, after).items() if has[place] < min(had[place], 2)}
    ends = told.ends([siret for found in gone.values() for siret in found])
    return [
        Event(
            _last_day(place, found, ends, told.on), place[0], Kind.LAST_LEFT if has[place] else Kind.LAST_GONE, place[1]
        )
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
