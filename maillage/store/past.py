"""Headcount bands and NAFA codes as an earlier edition had them, put together again from what changed since."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maillage.store.columns import PastEstablishments, PastFirms
from maillage.store.store import Store

U8 = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Known:
    """What one edition knew, by establishment and firm number of the store."""

    band: U8
    certain: U8
    firm_band: U8
    employer: U8


def known(store: Store, edition: int | None = None) -> Known:
    """What the edition of a rank in `manifest.editions` knew; None: what the store itself knows."""
    if edition is None:
        shops, firms = store.establishments, store.firms
        return Known(shops.band, shops.certain, firms.band, firms.employer)
    return _earlier(store, edition)


@lru_cache(maxsize=4)
def _earlier(store: Store, edition: int) -> Known:
    shops, firms = store.establishments, store.firms
    found = Known(shops.band[:].copy(), shops.certain[:].copy(), firms.band[:].copy(), firms.employer[:].copy())
    for rank in range(len(store.manifest.editions) - 1, edition - 1, -1):
        rows, of = _rows(store.past_establishments, rank), store.past_establishments
        numbers = of.establishment[rows]
        found.band[numbers], found.certain[numbers] = of.band[rows], of.certain[rows]
        rows, units = _rows(store.past_firms, rank), store.past_firms
        numbers = units.firm[rows]
        found.firm_band[numbers], found.employer[numbers] = units.band[rows], units.employer[rows]
    for one in fields(found):
        getattr(found, one.name).flags.writeable = False
    return found


def _rows(past: PastEstablishments | PastFirms, rank: int) -> slice:
    """The rows of an edition, which are together."""
    first, last = np.searchsorted(past.edition[:], [rank, rank + 1])
    return slice(int(first), int(last))
