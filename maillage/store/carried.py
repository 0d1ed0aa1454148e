"""Carries headcount bands and NAFA codes from the store in force to the next one: Sirene keeps no history of them.

Only differences are written, backwards: what an earlier edition said otherwise than the one after it. Establishments
that the next store no longer holds are forgotten with it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from maillage.store.columns import (
    I64,
    UNKNOWN_BAND,
    Establishments,
    Firms,
    PastEstablishments,
    PastFirms,
)
from maillage.store.manifest import Edition, Manifest
from maillage.store.store import Store

Past = TypeVar("Past", PastEstablishments, PastFirms)


@dataclass(frozen=True)
class Carried:
    """What a new store keeps of those before it."""

    editions: tuple[Edition, ...]
    establishments: PastEstablishments
    firms: PastFirms


def may_carry(before: Manifest, *, fictitious: bool, covers: tuple[str, ...] | None, on: date) -> bool:
    """Is `before` an earlier build, or another one of the same day, of the same place and nature?"""
    return (before.fictitious, before.covers) == (fictitious, covers) and before.stock_date <= on


def carry(before: Store, establishments: Establishments, firms: Firms, on: date) -> Carried:
    """The history of a new store of the day `on`: that of `before`, and `before` itself when it is older.

    Of two stores of one day the later stands: what it says otherwise is told of the edition before them.
    """
    editions, old_shops, old_units = before.manifest.editions, before.past_establishments, before.past_firms
    shops = _Matched(sirets(before.establishments), sirets(establishments))
    units = _Matched(before.firms.siren[:].astype(np.int64), firms.siren.astype(np.int64))
    number, kept = shops.renumbered(old_shops.establishment[:])
    shop_rows = PastEstablishments(old_shops.edition[kept], number, old_shops.band[kept], old_shops.certain[kept])
    number, kept = units.renumbered(old_units.firm[:])
    unit_rows = PastFirms(old_units.edition[kept], number, old_units.band[kept], old_units.employer[kept])
    if before.manifest.stock_date < on:
        editions = (*editions, Edition(before.version, before.manifest.stock_date, before.manifest.band_year))
    rank = len(editions) - 1
    if rank < 0:
        return Carried((), shop_rows, unit_rows)
    changed = _changed_shops(rank, shops, before.establishments, establishments)
    changed_units = _changed_units(rank, units, before.firms, firms)
    return Carried(
        editions,
        _joined(shop_rows, changed, shop_rows.establishment[shop_rows.edition == rank], changed.establishment),
        _joined(unit_rows, changed_units, unit_rows.firm[unit_rows.edition == rank], changed_units.firm),
    )


def sirets(known: Establishments) -> I64:
    """SIRET as integers."""
    found: I64 = known.siren[:].astype(np.int64) * 100_000 + known.nic
    return found


class _Matched:
    """The numbers that the same things have in two stores, by their official number."""

    def __init__(self, old: I64, new: I64) -> None:
        order = np.argsort(old, kind="stable")
        place = np.searchsorted(old[order], new)
        place[place == len(old)] = 0
        self.known = (old[order][place] == new) if len(old) else np.zeros(len(new), dtype=np.bool_)
        self.old = order[place] if len(old) else np.zeros(len(new), dtype=np.int64)
        self.new_of = np.full(len(old), -1, dtype=np.int64)
        self.new_of[self.old[self.known]] = np.flatnonzero(self.known)

    def renumbered(self, numbers: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
        """New numbers of the old ones that are still there, and which those are."""
        found = self.new_of[numbers]
        return found[found >= 0].astype(np.uint32), found >= 0

    def of_old(self, column: NDArray[np.uint8], absent: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """A column of the old store in the order of the new one; `absent` for what the old one had not."""
        if not len(column):
            return absent
        found: NDArray[np.uint8] = np.where(self.known, column[self.old], absent).astype(np.uint8)
        return found


def _changed_shops(rank: int, matched: _Matched, old: Establishments, new: Establishments) -> PastEstablishments:
    """A band that an edition had not is unknown then; a NAFA code that comes with its establishment was there."""
    band = matched.of_old(old.band[:], np.full(len(new), UNKNOWN_BAND, dtype=np.uint8))
    certain = matched.of_old(old.certain[:], new.certain)
    rows = np.flatnonzero((band != new.band) | (certain != new.certain))
    edition = np.full(len(rows), rank, dtype=np.uint16)
    return PastEstablishments(edition, rows.astype(np.uint32), band[rows], certain[rows])


def _changed_units(rank: int, matched: _Matched, old: Firms, new: Firms) -> PastFirms:
    unknown = np.full(len(new), UNKNOWN_BAND, dtype=np.uint8)
    band, employer = matched.of_old(old.band[:], unknown), matched.of_old(old.employer[:], np.zeros_like(unknown))
    rows = np.flatnonzero((band != new.band) | (employer != new.employer))
    return PastFirms(np.full(len(rows), rank, dtype=np.uint16), rows.astype(np.uint32), band[rows], employer[rows])


def _joined(known: Past, changed: Past, told: NDArray[np.uint32], numbers: NDArray[np.uint32]) -> Past:
    """The rows known, then those of `changed` (of `numbers`) that they do not tell already, in order of edition."""
    fresh = ~np.isin(numbers, told)
    order = np.argsort(np.concatenate([known.edition, changed.edition[fresh]]), kind="stable")
    names = [one.name for one in fields(known)]
    columns = (np.concatenate([getattr(known, name), getattr(changed, name)[fresh]])[order] for name in names)
    return type(known)(*columns)
