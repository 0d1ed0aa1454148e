"""Craft establishments active on the stock date of a store, SIRET by SIRET."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maillage.reference.legal_forms import LegalClass
from maillage.store import Store
from maillage.store.columns import I64, Opening, to_day
from maillage.territory import current_commune

CRAFT_LEGAL = (LegalClass.UNKNOWN, LegalClass.SOLE, LegalClass.COMPANY)
PARTIAL = 2  # spells.reach: only a part of the NAF code is craft
Place = tuple[str, str]  # commune code, trade code


@dataclass(frozen=True)
class Active:
    """One establishment active in crafts on the stock date of its store; `start` is that of its spell."""

    commune: str
    trade: str
    start: int
    opening: Opening


@dataclass(frozen=True)
class Actives:
    """Craft establishments active on the stock date: parallel arrays sorted by SIRET (as an integer)."""

    siret: I64
    commune: NDArray[np.uint16]
    trade: NDArray[np.uint16]
    start: NDArray[np.int32]
    opening: NDArray[np.uint8]
    communes: tuple[str, ...]
    trades: tuple[str, ...]

    def pick(self, sirets: I64) -> dict[str, Active]:
        """SIRET as text → establishment, for `sirets` (all must be there)."""
        rows = np.searchsorted(self.siret, sirets)
        columns = zip(sirets, self.commune[rows], self.trade[rows], self.start[rows], self.opening[rows], strict=True)
        return {
            f"{siret:014d}": Active(self.communes[commune], self.trades[trade], int(start), Opening(opening))
            for siret, commune, trade, start, opening in columns
        }

    def counts(self) -> Counter[Place]:
        """(commune, trade) → establishments."""
        width = len(self.trades)
        cells, counts = np.unique(self.commune.astype(np.int64) * width + self.trade, return_counts=True)
        found: Counter[Place] = Counter()
        for cell, number in zip(cells, counts, strict=True):
            found[self.communes[cell // width], self.trades[cell % width]] += int(number)
        return found

    def places(self) -> list[Place]:
        """(commune, trade) of each establishment, in the order of the arrays."""
        return [
            (self.communes[commune], self.trades[trade])
            for commune, trade in zip(self.commune, self.trade, strict=True)
        ]

    def take(self, rows: NDArray[np.integer]) -> Actives:
        """The establishments of some rows."""
        return replace(
            self, siret=self.siret[rows], commune=self.commune[rows], trade=self.trade[rows], start=self.start[rows],
            opening=self.opening[rows],
        )  # fmt: skip


def sirets(store: Store, establishments: NDArray[np.integer]) -> I64:
    """SIRET of establishment numbers, as integers."""
    sirens = store.establishments.siren[establishments].astype(np.int64)
    found: I64 = sirens * 100_000 + store.establishments.nic[establishments]
    return found


def establishment_numbers(store: Store, wanted: Iterable[str]) -> dict[str, int]:
    """SIRET → establishment number in `store`, for those of `wanted` that it holds."""
    texts = sorted({int(siret) for siret in wanted})
    # SIREN first: it alone tells almost every establishment apart, and 32-bit comparisons are twice as quick.
    sirens = np.array([siret // 100_000 for siret in texts], dtype=np.uint32)
    near = np.flatnonzero(np.isin(store.establishments.siren, sirens))
    keys = sirets(store, near)
    found = np.isin(keys, np.array(texts, dtype=np.int64))
    return {f"{key:014d}": int(number) for key, number in zip(keys[found], near[found], strict=True)}


def declared(store: Store) -> I64:
    """SIRET of the establishments that the register of trades knows today (NAFA code)."""
    return sirets(store, np.flatnonzero(store.establishments.certain[:] == 1))


def actives(store: Store, certain: I64) -> Actives:
    """Establishments in scope on the stock date: code entirely craft, or SIRET among `certain`; no public body,
    no association. `certain` is the same for two stores to compare, because NAFA codes have no history."""
    spells, on = store.spells, to_day(store.manifest.stock_date)
    rows = np.flatnonzero((spells.start[:] <= on) & (spells.end[:] > on))
    rows = rows[np.isin(store.firms.legal[spells.firm[rows]], CRAFT_LEGAL)]
    keys = sirets(store, spells.establishment[rows])
    kept = (spells.reach[rows] != PARTIAL) | np.isin(keys, certain)
    order = np.argsort(keys[kept], kind="stable")
    rows = rows[kept][order]
    return Actives(
        siret=keys[kept][order],
        commune=spells.commune[rows],
        trade=spells.trade[rows],
        start=spells.start[rows],
        opening=spells.opening[rows],
        communes=tuple(current_commune(code) or code for code in store.manifest.communes),
        trades=tuple(store.manifest.trades),
    )
