"""Acts in columns: how one is packed into a bundle, and what numpy counts of many.

A record is 41 bytes and says what an objective may ask of an act. What is stored never changes its meaning: a new theme
takes the next bit, a new column makes a migration that packs the ledger again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from etabli.acts.kinds import ActKind, Measure, Theme

Array = NDArray[Any]
Rows = NDArray[np.intp]
"""Positions of acts in the columns."""

RECORD = np.dtype(
    [
        ("act", "<u4"),  # for a reversal, the act that it cancels
        ("beneficiary", "<u4"),  # 0: nobody
        ("commune", "<u4"),
        ("trade", "<u4"),
        ("themes", "<u4"),
        ("day", "<i4"),  # `date.toordinal`
        ("minutes", "<i4"),
        ("quantity", "<i4"),
        ("amount", "<i8"),  # cents
        ("flags", "u1"),
    ]
)
IN_DISTRICT, REVERSAL = 1, 2
BITS = {
    theme.value: 1 << place
    for place, theme in enumerate(
        (
            Theme.DIGITAL, Theme.ENERGY, Theme.ENVIRONMENT, Theme.MARKET, Theme.MANAGEMENT, Theme.PEOPLE,
            Theme.PRODUCTION, Theme.TRANSMISSION, Theme.CREATION, Theme.PROCUREMENT, Theme.YOUTH, Theme.URBAN,
            Theme.CLAY, Theme.GROWTH, Theme.COOPERATION, Theme.CRISIS,
        )
    )
}  # fmt: skip
KIND_NUMBERS = {kind.value: place for place, kind in enumerate(ActKind)}  # in memory only
PLACES = 300_000  # above every number of a commune
SPARSE = 50_000_000  # above this number, a table with a place for each would be too long


def place_number(code: str) -> int:
    """62498 for « 62498 », 102004 for « 2A004 », 202033 for « 2B033 », 0 for none. Raises ValueError."""
    if not code:
        return 0
    if len(code) != 5:
        raise ValueError(code)
    corsica = {"A": 100_000, "B": 200_000}.get(code[1])
    return int(code) if corsica is None else corsica + int(code[0] + code[2:])


def place_code(number: int) -> str:
    """The code of a `place_number`."""
    if not number:
        return ""
    letter = {1: "A", 2: "B"}.get(number // 100_000, "")
    code = f"{number % 100_000:05}"
    return code[1] + letter + code[2:] if letter else code


def trade_number(code: str) -> int:
    """A number for the code of a trade, 0 for none; a test sees that no two trades share one."""
    return crc32(code.encode()) if code else 0


def theme_bits(themes: Iterable[str]) -> int:
    """One bit a theme. Raises KeyError."""
    return sum(BITS[theme] for theme in set(themes) if theme)


FIELDS = (
    "pk", "reverses_id", "beneficiary_id", "commune", "trade", "themes", "day", "minutes", "quantity", "amount", "qpv",
)  # fmt: skip


def record(values: Sequence[Any]) -> tuple[int, ...]:
    """The record of an act whose `FIELDS` are given in their order."""
    pk, reverses, beneficiary, commune, trade, themes, day, minutes, quantity, amount, qpv = values
    flags = (IN_DISTRICT if qpv else 0) | (REVERSAL if reverses else 0)
    return (
        reverses or pk, beneficiary or 0, place_number(commune), trade_number(trade), theme_bits(themes.split("|")),
        day.toordinal(), minutes, quantity, amount, flags,
    )  # fmt: skip


def packed(records: Sequence[tuple[int, ...]]) -> bytes:
    """Records as a bundle keeps them. Raises OverflowError for a number that has no room."""
    return np.array(records, dtype=RECORD).tobytes()


@dataclass(frozen=True)
class Columns:
    """Acts that stand, reversed ones and their reversals taken out; joined files are one beneficiary."""

    records: Array
    organisation: Array
    kind: Array
    joined: dict[int, int] = field(default_factory=dict, repr=False)
    _inside: dict[frozenset[str], Array] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, bundles: Iterable[tuple[int, str, bytes | memoryview]], joined: dict[int, int]) -> "Columns":
        """From bundles (organisation, kind, packed records), each reversal with what it cancels."""
        parts = list(bundles)
        records = np.frombuffer(b"".join(part[2] for part in parts), dtype=RECORD)
        sizes = [len(part[2]) // RECORD.itemsize for part in parts]
        organisation = np.repeat(np.array([part[0] for part in parts], dtype=np.int64), sizes)
        kind = np.repeat(np.array([KIND_NUMBERS[part[1]] for part in parts], dtype=np.uint8), sizes)
        cancels = records["flags"] & REVERSAL != 0
        if cancels.any():
            stands = ~np.isin(records["act"], records["act"][cancels])
            records, organisation, kind = records[stands], organisation[stands], kind[stands]
        return cls(records, organisation, kind, joined)

    def __len__(self) -> int:
        return len(self.records)

    @cached_property
    def act(self) -> Array:
        """Number of each act."""
        return np.ascontiguousarray(self.records["act"])

    @cached_property
    def day(self) -> Array:
        """Day of each act, `date.toordinal`."""
        return np.ascontiguousarray(self.records["day"])

    @cached_property
    def commune(self) -> Array:
        """`place_number` of the commune."""
        return np.ascontiguousarray(self.records["commune"])

    @cached_property
    def beneficiary(self) -> Array:
        """Number of the canonical beneficiary, 0 for nobody."""
        found = self.records["beneficiary"].astype(np.int64)
        if not self.joined:
            return found
        files = np.array(sorted(self.joined.items()), dtype=np.int64)
        places = np.searchsorted(files[:, 0], found).clip(max=len(files) - 1)
        return np.where(files[places, 0] == found, files[places, 1], found)

    @cached_property
    def _organisations(self) -> frozenset[int]:
        first = np.append(True, self.organisation[1:] != self.organisation[:-1])[: len(self)]  # they come one by one
        return frozenset(self.organisation[first].tolist())

    @cached_property
    def _by_kind(self) -> dict[int, Rows]:
        return {int(number): np.flatnonzero(self.kind == number) for number in np.flatnonzero(np.bincount(self.kind))}

    def matching(
        self, *, organisations: Iterable[int] | None = None, kinds: Iterable[str] = (), themes: Iterable[str] = (),
        communes: frozenset[str] | None = None, trades: Iterable[str] = (), only_qpv: bool = False,
    ) -> Rows:  # fmt: skip
        """The acts that meet every condition; nothing asked is no condition, None anywhere or whoever."""
        rows = self._of_kinds(kinds)
        if organisations is not None and not self._organisations <= (whose := frozenset(organisations)):
            rows = rows[np.isin(self.organisation[rows], sorted(whose))]
        if communes is not None:
            rows = rows[self.among(communes)[rows]]
        if bits := theme_bits(themes):
            rows = rows[self.records["themes"][rows] & np.uint32(bits) != 0]
        if wanted := [trade_number(code) for code in trades]:
            rows = rows[np.isin(self.records["trade"][rows], wanted)]
        return rows[self.records["flags"][rows] & IN_DISTRICT != 0] if only_qpv else rows

    def _of_kinds(self, kinds: Iterable[str]) -> Rows:
        wanted = {KIND_NUMBERS[kind] for kind in kinds}
        if not wanted:
            return np.arange(len(self.records))
        found = [rows for number, rows in self._by_kind.items() if number in wanted]
        return np.concatenate(found) if found else np.arange(0)

    def among(self, communes: frozenset[str]) -> Array:
        """Whether each act is in one of the communes; a perimeter is read once for all the objectives it serves."""
        if communes not in self._inside:
            table = np.zeros(PLACES, dtype=bool)
            table[[place_number(code) for code in communes]] = True
            self._inside[communes] = table[self.commune]
        return self._inside[communes]

    def during(self, rows: Rows, since: date | None, until: date | None) -> Rows:
        """Those of some days, both inside."""
        if since is not None:
            rows = rows[self.day[rows] >= since.toordinal()]
        return rows if until is None else rows[self.day[rows] <= until.toordinal()]

    def total(self, rows: Rows, measure: str, weight: Array | None = None) -> int:
        """What some acts make together; `weight` multiplies an additive measure act by act."""
        if measure in (Measure.BENEFICIARIES, Measure.COMMUNES):
            return distinct(self.unit(measure)[rows])
        return int(self.each(rows, measure, weight).sum())

    def each(self, rows: Rows, measure: str, weight: Array | None = None) -> Array:
        """What each of some acts makes in an additive measure."""
        found = np.ones(len(rows)) if measure == Measure.ACTS else self.records[measure][rows]
        return found.astype(np.int64) if weight is None else found.astype(np.int64) * weight

    def unit(self, measure: str) -> Array:
        """What a measure counts once: the act, the beneficiary, the commune; 0 when unknown."""
        return {Measure.BENEFICIARIES: self.beneficiary, Measure.COMMUNES: self.commune}.get(Measure(measure), self.act)


@dataclass(frozen=True)
class Numbers:
    """A set of numbers that are not negative, in which arrays are looked up again and again."""

    _numbers: Array
    _table: Array | None

    @classmethod
    def of(cls, numbers: Array) -> "Numbers":
        """The set of some numbers, in any order."""
        top = int(numbers.max(initial=0))
        if top > SPARSE:
            return cls(np.unique(numbers), None)
        table = np.zeros(top + 2, dtype=bool)  # the last place is for all that is higher
        table[numbers] = True
        return cls(numbers, table)

    def has(self, numbers: Array) -> Array:
        """Whether each of some numbers is in the set."""
        if self._table is None:
            return np.isin(numbers, self._numbers)
        return self._table[np.minimum(numbers, len(self._table) - 1)]


def distinct(numbers: Array) -> int:
    """How many different numbers there are, 0 left out."""
    return len(each_once(numbers))


def each_once(numbers: Array) -> Array:
    """The different numbers that there are, ascending, 0 left out."""
    top = int(numbers.max(initial=0))
    if top > SPARSE:
        return np.unique(numbers[numbers > 0])
    present = np.zeros(top + 1, dtype=bool)
    present[numbers] = True
    present[0] = False
    return np.flatnonzero(present)
