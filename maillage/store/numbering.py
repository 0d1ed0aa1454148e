"""Numbers the spells, establishments and firms of a build for good."""

from dataclasses import dataclass

import numpy as np

from maillage.store.columns import I32, I64, U16, U32, Spells
from maillage.store.reasons import Reason
from maillage.store.spells import RawSpells
from maillage.store.stock import STOCK
from maillage.store.workshop import Workshop


@dataclass(frozen=True)
class Numbering:
    """Establishments that have a spell, in final order (commune, siret), and their firms, in the order of SIREN."""

    siret: I64
    commune: U16
    created: I32
    firm: U32
    sirens: U32  # one per firm


def number_facts(shop: Workshop, raw: RawSpells, commune_count: int) -> tuple[Numbering, Spells, I64]:
    """Final numbers, the sorted spells and the pointers (one slice of spells per commune).

    Makes the tables `final` and `firm`.
    """
    kept = shop.arrays("SELECT siret, commune, created FROM kept ORDER BY id")
    used = np.zeros(len(kept["siret"]), dtype=np.bool_)
    used[raw.establishment] = True
    siret, commune = kept["siret"][used], kept["commune"][used]
    sirens, firm = np.unique(siret // 100_000, return_inverse=True)
    numbering = Numbering(siret, commune, kept["created"][used], firm.astype(np.uint32), sirens.astype(np.uint32))
    final = (np.cumsum(used) - 1).astype(np.uint32)
    spells = _sorted_spells(raw, final[raw.establishment], numbering)
    pointers = np.searchsorted(spells.commune, np.arange(commune_count + 1)).astype(np.int64)
    numbers = np.arange(len(siret), dtype=np.uint32)
    latest = _latest_trade(spells, len(siret))
    shop.load("final", {"id": numbers, "siret": siret, "firm": numbering.firm, "trade": latest})
    shop.load("firm", {"number": np.arange(len(sirens), dtype=np.uint32), "siren": sirens.astype(np.int64)})
    tally = shop.tally(STOCK)
    tally.move(Reason.NEVER_ACTIVE, int(np.count_nonzero(~used)))
    return numbering, spells, pointers


def _sorted_spells(raw: RawSpells, establishment: U32, numbering: Numbering) -> Spells:
    commune = numbering.commune[establishment]
    # One 64-bit key (16 bits of commune, 14 of trade, 33 of shifted day) sorts five times faster than three keys.
    key = (commune.astype(np.int64) << 47) | (raw.trade.astype(np.int64) << 33) | (raw.start.astype(np.int64) + 2**31)
    order = np.argsort(key, kind="stable")
    return Spells(
        commune=commune[order],
        trade=raw.trade[order].astype(np.uint16),
        reach=raw.reach[order],
        start=raw.start[order],
        end=raw.end[order],
        establishment=establishment[order],
        firm=numbering.firm[establishment[order]],
        opening=raw.opening[order],
        closing=raw.closing[order],
    )


def _latest_trade(spells: Spells, count: int) -> U16:
    """Trade of the last spell of each establishment."""
    latest = np.zeros(count, dtype=np.uint16)
    order = np.argsort(spells.end, kind="stable")
    latest[spells.establishment[order]] = spells.trade[order]  # the last assignment stands
    return latest
