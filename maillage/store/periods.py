"""Periods: what Sirene writes down, one row per stretch during which nothing changed in an establishment."""

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from maillage.store.columns import I32, U8, U16, U32

NO_CODE = 0  # code number of a period without a known activity
OUTSIDE = -1  # trade number of what is no craft


class State(IntEnum):
    """Administrative state during a period; Sirene leaves it empty for some old ones."""

    UNKNOWN = 0
    CLOSED = 1
    ACTIVE = 2


@dataclass(frozen=True)
class Periods:
    """Arrays with one entry per period, sorted by (establishment, start, end); intervals are half-open."""

    establishment: U32
    start: I32
    end: I32
    state: U8
    code: U16

    def __len__(self) -> int:
        return len(self.start)

    def __getitem__(self, rows: NDArray[np.bool_]) -> "Periods":
        """The periods that a mask keeps."""
        return Periods(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


@dataclass(frozen=True)
class CodeTable:
    """What each code number may stand for. `allowed[code, trade]`; its last column answers for « no craft »."""

    age: NDArray[np.int8]  # rank of the nomenclature in time; -1 for NO_CODE
    coarse: NDArray[np.bool_]  # of a nomenclature that says less than the one before: NAF 2025
    trade: NDArray[np.int16]  # default trade, OUTSIDE when no craft
    reach: NDArray[np.uint8]  # that of the default trade
    allowed: NDArray[np.bool_]

    def may_be_craft(self) -> NDArray[np.bool_]:
        """Code numbers that at least one trade claims."""
        return np.asarray(self.allowed[:, :-1].any(axis=1))


def empty_codes(size: int, trade_count: int) -> CodeTable:
    """A table of `size` codes that stand for nothing yet."""
    return CodeTable(
        age=np.full(size, -1, dtype=np.int8),
        coarse=np.zeros(size, dtype=np.bool_),
        trade=np.full(size, OUTSIDE, dtype=np.int16),
        reach=np.zeros(size, dtype=np.uint8),
        allowed=np.zeros((size, trade_count + 1), dtype=np.bool_),
    )
