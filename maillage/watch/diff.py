"""Craft establishments of two stores compared, SIRET by SIRET."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from maillage.errors import BadQuestion, NotCovered
from maillage.store import Store
from maillage.store.columns import Closing, to_day
from maillage.territory import Territory
from maillage.watch.actives import actives, declared, establishment_numbers, sirets
from maillage.watch.compare import Ended, Ends, Told, compare
from maillage.watch.events import Event, seen_from


def diff(old: Store, new: Store, where: Territory | None = None) -> tuple[Event, ...]:
    """What happened in crafts between the stock dates of `old` and `new`, in `where` or everywhere, in order of day.

    The field is that of the scope « activity »: activity entirely craft or NAFA code, no size test (a closed firm has
    no size), public bodies and associations left out. What opened and closed again between the two dates is not seen.
    Raises BadQuestion when the stores cannot be compared, NotCovered when one of them does not hold `where`.
    """
    if old.manifest.fictitious != new.manifest.fictitious:
        raise BadQuestion("Un jeu de données fictif ne se compare pas à des données réelles.")
    for store in (old, new):
        check_covers(store, where)
    certain = np.union1d(declared(old), declared(new))
    told = Told(new.manifest.stock_date, _heirs(new), partial(_ends, new), partial(at_work, old))
    events = compare(actives(old, certain), actives(new, certain), told)
    return events if where is None else seen(events, where)


def seen(events: Iterable[Event], where: Territory) -> tuple[Event, ...]:
    """Events as a territory sees them, in the same order."""
    return tuple(one for event in events if (one := seen_from(event, where)) is not None)


def check_covers(store: Store, where: Territory | None) -> None:
    """Raise NotCovered when `store` does not hold the whole of `where`."""
    coverage = None if where is None else store.covers(where)
    if coverage is not None and not coverage.complete:
        raise NotCovered(f"{coverage.reason} Rien ne peut être dit de ce qui y a bougé.")


def _heirs(store: Store) -> dict[str, str]:
    """SIRET of each predecessor → that of its successor."""
    pairs = zip(sirets(store, store.links.predecessor[:]), sirets(store, store.links.successor[:]), strict=True)
    return {f"{predecessor:014d}": f"{successor:014d}" for predecessor, successor in pairs}


def at_work(store: Store, wanted: Iterable[str]) -> frozenset[str]:
    """Those of `wanted` that have a spell on the stock date, in scope or not."""
    on = to_day(store.manifest.stock_date)
    return frozenset(siret for siret, start, end, _trade, _closing in _spells(store, wanted) if start <= on < end)


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
