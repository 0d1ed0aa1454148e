"""What the daily files say that happened since the stock of a store: its state brought up to date, then compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from maillage.errors import UnknownTerritory
from maillage.store import Store
from maillage.store.columns import I64, to_day
from maillage.territory import current_commune, parse
from maillage.watch.actives import Actives, Place, actives, declared
from maillage.watch.compare import Ends, Told, compare
from maillage.watch.diff import at_work
from maillage.watch.events import Event
from maillage.watch.records import Record, State
from maillage.watch.said import Records, said

States = Mapping[str, State]


@dataclass(frozen=True, eq=False)
class Fresh:
    """What happened everywhere between the stock date of a store and the last day of its daily files.

    One reading equals itself alone, so that what is made of it may be kept beside it.
    `until` is None when no file says more than the store. `counts`: (commune, trade) → establishments on that day.
    """

    events: tuple[Event, ...]
    until: date | None
    records: Records  # SIRET → its latest record
    hidden: frozenset[str]  # SIRET that ask not to be named, crafts or not
    counts: Counter[Place]
    unreadable: tuple[str, ...]  # names of the files that were passed over
    files: int = 0  # those that say more than the store


def fresh(store: Store, folder: Path) -> Fresh:
    """Read the daily files of `folder`, those of the same nature as the store (fictitious or not).

    What the register treated before the stock date is in the store already and is left out; what it treated since
    counts once, by the latest record of each SIRET, and only where it differs from what the store holds. The files
    speak of the whole country: of a place that the store does not cover nothing can be said to have moved.
    """
    told = said(store, folder)
    until, records = told.until, told.records
    if until is None:
        return Fresh((), None, {}, frozenset(), Counter(), told.unreadable)
    certain = np.union1d(declared(store), _sirets(one for one in records.values() if one.declared))
    before = actives(store, certain)
    here = _covered(store, {one.commune for one in records.values()})
    known = {siret: one for siret, one in records.items() if one.commune in here}
    states = {siret: state for siret, one in known.items() if (state := one.at(to_day(until))) is not None}
    after = _updated(before, known, states, certain)
    events = compare(before, after, Told(until, {}, partial(_ends, states, before), partial(at_work, store)))
    return Fresh(events, until, records, told.hidden, after.counts(), told.unreadable, told.files)


def _covered(store: Store, communes: Iterable[str]) -> frozenset[str]:
    """Those of some communes that the store answers for, be they empty in it."""
    known = {current_commune(code) or code for code in store.communes_present}
    declared = store.manifest.covers is not None
    return frozenset(code for code in communes if code in known or (not declared and _is_empty(store, code)))


def _is_empty(store: Store, commune: str) -> bool:
    """Does a store without a row for this commune hold it all the same?"""
    try:
        return store.covers(parse(f"commune:{commune}")).complete
    except UnknownTerritory:  # an overseas collectivity
        return False


def _sirets(records: Iterable[Record]) -> I64:
    return np.array([int(one.siret) for one in records], dtype=np.int64)


def _updated(before: Actives, records: Records, states: States, certain: I64) -> Actives:
    """The same craft establishments, with what the records say of theirs in place of what was known.

    A code that is craft in part only takes a SIRET among `certain`, in the two states alike: a NAFA code has no date.
    """
    told = [(records[siret], state, state.trade) for siret, state in states.items()]
    sure = np.isin(_sirets(one for one, _, _ in told), certain)
    now = [
        (one, state, trade)
        for (one, state, trade), is_sure in zip(told, sure, strict=True)
        if trade and (is_sure or not state.partial)
    ]
    communes = _with(before.communes, {one.commune for one, _, _ in now})
    trades = _with(before.trades, {trade for _, _, trade in now})
    places, crafts = ({code: number for number, code in enumerate(axis)} for axis in (communes, trades))
    kept = before.take(np.flatnonzero(~np.isin(before.siret, _sirets(one for one, _, _ in told))))
    siret = np.concatenate([kept.siret, _sirets(one for one, _, _ in now)])
    order = np.argsort(siret, kind="stable")
    added = {
        "commune": [places[one.commune] for one, _, _ in now],
        "trade": [crafts[trade] for _, _, trade in now],
        "start": [state.start for _, state, _ in now],
        "opening": [state.opening for _, state, _ in now],
    }
    columns = {name: np.concatenate([getattr(kept, name), np.array(new, dtype=getattr(kept, name).dtype)])[order]
               for name, new in added.items()}  # fmt: skip
    return Actives(siret=siret[order], communes=communes, trades=trades, **columns)


def _with(known: tuple[str, ...], codes: set[str]) -> tuple[str, ...]:
    """The codes of an axis, whose numbers stay, then those that it lacks."""
    return (*known, *sorted(codes.difference(known)))


def _ends(states: States, before: Actives, wanted: Iterable[str]) -> Ends:
    """How the records say that some establishments ended; one may have been in another trade than was known."""
    left = before.pick(np.array([int(siret) for siret in wanted if siret in states], dtype=np.int64))
    return {(siret, there.trade): states[siret].ended for siret, there in left.items() if states[siret].was}
