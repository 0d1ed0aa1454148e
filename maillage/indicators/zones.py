"""Which establishments lie in one level of a zoning: what opens a line of a split by zone."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maillage.columnar.facts import Mask
from maillage.errors import BadQuestion
from maillage.indicators.grouping import level_in, zone_levels
from maillage.reference.zonings import NEIGHBOURHOOD, NEIGHBOURHOOD_LEVELS, OUTSIDE, zoning
from maillage.store import Store


def zone_label(store: Store, name: str, level: str) -> str:
    """« ZRR : Non classée », for a level of a loaded zoning. Raises BadQuestion when the store has no such level."""
    levels = zone_levels(store, f"zone:{name}")
    known = set(NEIGHBOURHOOD_LEVELS) if name == NEIGHBOURHOOD else {*levels.values(), OUTSIDE}
    if level not in known:
        raise BadQuestion(
            f"Le zonage «\u00a0{name}\u00a0» n’a pas ce niveau. Niveaux\u00a0: {', '.join(sorted(known))}."
        )
    official = zoning(name)
    return f"{official.short}\u00a0: {official.label_of(level)}"


def in_zone(store: Store, name: str, level: str, numbers: NDArray[np.int64]) -> Mask:
    """Which of those establishments are in a commune of that level, or at a position of that level."""
    if name == NEIGHBOURHOOD and store.neighbourhoods is not None:
        placed: Mask = store.neighbourhoods[numbers] == NEIGHBOURHOOD_LEVELS.index(level)
        return placed
    mask: Mask = _communes(store, name, level)[store.establishments.commune[numbers]]
    return mask


@lru_cache(maxsize=64)
def _communes(store: Store, name: str, level: str) -> Mask:
    levels = zone_levels(store, f"zone:{name}")
    return np.array([level_in(levels, code) == level for code in store.manifest.communes])
