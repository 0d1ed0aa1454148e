"""The columns of a store: what each array means, its type, and the days that mean « unknown » and « still open ».

Every array is one `.npy` file, memory-mapped: workers share the pages, and a territory is read as slices.
Days are int32 counts from 1970-01-01; intervals are half-open, `[start, end)`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from maillage.reference.bands import UNKNOWN_BAND

__all__ = [
    "EPOCH",
    "F4",
    "I32",
    "I64",
    "OPEN_END",
    "U8",
    "U16",
    "U32",
    "UNKNOWN_BAND",
    "UNKNOWN_START",
    "Closing",
    "Establishments",
    "Firms",
    "Links",
    "Opening",
    "PastEstablishments",
    "PastFirms",
    "Spells",
    "Status",
    "to_date",
    "to_day",
]

UNKNOWN_START = -(2**31)
OPEN_END = 2**31 - 1
EPOCH = date(1970, 1, 1)

U8 = NDArray[np.uint8]
U16 = NDArray[np.uint16]
U32 = NDArray[np.uint32]
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
F4 = NDArray[np.float32]


class Opening(IntEnum):
    """How a spell starts. `CREATED` and `REOPENED`: the establishment was not active the day before."""

    CREATED = 0
    REOPENED = 1
    CHANGED_ACTIVITY = 2
    UNKNOWN = 3


class Closing(IntEnum):
    """How a spell ends. `CHANGED_ACTIVITY`: the establishment goes on, in another trade or outside craft."""

    CLOSED = 0
    CHANGED_ACTIVITY = 1
    OPEN = 9


class Status(IntEnum):
    """Diffusion: `PARTIAL` establishments are counted, never named nor addressed in public."""

    DIFFUSIBLE = 0
    PARTIAL = 1


def to_day(value: date) -> int:
    """Days from 1970-01-01 to `value` (negative before)."""
    return (value - EPOCH).days


def to_date(day: int) -> date | None:
    """The date of a day number, or None for `UNKNOWN_START` and `OPEN_END`."""
    return None if day in (UNKNOWN_START, OPEN_END) else EPOCH + timedelta(days=int(day))


@dataclass(frozen=True)
class Spells:
    """Maximal intervals during which one establishment is active with one craft trade.

    All arrays have one entry per spell and are sorted by (commune, trade, start).
    """

    commune: U16  # index in manifest.communes
    trade: U16  # index in manifest.trades
    reach: U8  # 0 whole code is craft, 1 whole but for named exceptions, 2 part of it; that of the last period
    start: I32
    end: I32
    establishment: U32
    firm: U32
    opening: U8
    closing: U8

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True)
class Establishments:
    """One entry per establishment that has at least one craft spell, numbered by (commune, siret)."""

    siren: U32
    nic: U32  # five digits do not fit 16 bits
    firm: U32
    commune: U16
    band: U8  # index in reference.bands.BANDS, 255 unknown; as of manifest.band_year
    certain: U8  # 1 when a NAFA code is known today
    status: U8  # Status
    seat: U8
    lon: F4  # degrees, WGS 84, NaN unknown
    lat: F4
    created: I32  # dateCreationEtablissement, UNKNOWN_START when missing

    def __len__(self) -> int:
        return len(self.siren)


@dataclass(frozen=True)
class Firms:
    """One entry per legal unit of the establishments above, sorted by SIREN."""

    siren: U32
    band: U8  # legal unit's band, index in BANDS, 255 unknown
    employer: U8  # caractereEmployeur: 0 unknown, 1 « N », 2 « O »
    legal: U8  # reference.legal_forms.LegalClass
    ess: U8  # social economy: 0 unknown, 1 no, 2 yes

    def __len__(self) -> int:
        return len(self.siren)


@dataclass(frozen=True)
class Links:
    """Succession links both ends of which are in the store, sorted by day."""

    predecessor: U32  # establishment numbers
    successor: U32
    day: I32

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True)
class PastEstablishments:
    """What earlier editions said otherwise of establishments that are still in the store, sorted by edition.

    A row holds at its edition and, without an older row, before it.
    """

    edition: U16  # index in manifest.editions, oldest first
    establishment: U32
    band: U8  # 255: unknown, or not in that edition
    certain: U8

    def __len__(self) -> int:
        return len(self.edition)


@dataclass(frozen=True)
class PastFirms:
    """The same for legal units."""

    edition: U16
    firm: U32
    band: U8
    employer: U8

    def __len__(self) -> int:
        return len(self.edition)
