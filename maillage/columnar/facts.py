"""Spells side by side: the columns that every indicator reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
Mask = NDArray[np.bool_]
COLUMNS = ("commune", "trade", "start", "end", "establishment", "firm", "opening", "closing")


@dataclass(frozen=True, eq=False)
class Facts:
    """Spells side by side, one entry each, in store order (commune, trade, start); days are int32."""

    commune: NDArray[np.uint16]
    trade: NDArray[np.uint16]
    start: I32
    end: I32
    establishment: NDArray[np.uint32]
    firm: NDArray[np.uint32]
    opening: NDArray[np.uint8]
    closing: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.start)

    def take(self, chosen: Mask | I64) -> Facts:
        """The spells of a mask or of positions."""
        return Facts(*(getattr(self, name)[chosen] for name in COLUMNS))

    def active(self, day: int) -> Mask:
        """Spells active at the start of ``day`` (dateDebut ≤ day ≤ dateFin in Sirene's words)."""
        mask: Mask = (self.start <= day) & (self.end > day)
        return mask
