"""A part of the establishments behind a figure: those of a legal form, those of a level of a zoning."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maillage.columnar.facts import Mask
from maillage.errors import BadQuestion
from maillage.indicators.zones import in_zone, zone_label
from maillage.reference.legal_forms import LegalClass
from maillage.store import Store


@dataclass(frozen=True)
class Within:
    """Which part is wanted: everything, unless a legal form or a zone (zoning, level) is given."""

    legal: LegalClass | None = None
    zone: tuple[str, str] | None = None

    def mask(self, store: Store, numbers: NDArray[np.int64]) -> Mask:
        """Which of those establishments belong to it."""
        kept: Mask = np.ones(len(numbers), dtype=np.bool_)
        if self.legal is not None:
            kept &= store.firms.legal[store.establishments.firm[numbers]] == self.legal
        if self.zone is not None:
            kept &= in_zone(store, *self.zone, numbers)
        return kept

    def words(self, store: Store) -> tuple[str, ...]:
        """« société », « densité : Petites villes »: what restricts it, in French."""
        legal = () if self.legal is None else (self.legal.label,)
        return legal if self.zone is None else (*legal, zone_label(store, *self.zone))


WHOLE = Within()


def zone_named(store: Store, text: str) -> tuple[str, str]:
    """Zoning and level of `density:Petites villes`. Raises BadQuestion when the store has no such one."""
    name, _, level = text.partition(":")
    if not name:
        raise BadQuestion(
            "Un niveau s’écrit après le nom de son zonage\u00a0: par exemple «\u00a0density:Petites villes\u00a0»."
        )
    zone_label(store, name, level)
    return name, level
