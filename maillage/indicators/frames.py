"""Fixed tables in which the protected measure (employees) is published, so that no two answers can be subtracted.

* an EPCI: total, four sectors, trades; its communes: total and four sectors; arrondissements under their city;
* département, région, France: total and four sectors.

Nothing else is published: a free list is only a union of published communes. The pattern of hidden cells depends on
the frame alone, never on the question. Two scopes can be subtracted too: the default one is published first, and
another one hides the cells whose difference with an earlier scope must be hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from maillage.columnar.facts import I64, Facts
from maillage.columnar.jobs import F64, Jobs, cells, jobs, sums
from maillage.columnar.selection import fabric
from maillage.indicators.grouping import commune_lines, sector_lines
from maillage.reference.places.links import epci_of, whole_commune
from maillage.reference.trades import Sector
from maillage.scope import ActivityScope, Scope, SizeScope
from maillage.secrecy import MASK, Cells, Sum, primary, protect
from maillage.store import Store, to_day
from maillage.territory import Territory, members, parse

Key = tuple[str, str]  # (territory key or commune code, "" | sector | trade)
ALL = ""
SECTORS = tuple(str(sector) for sector in Sector)


@dataclass(frozen=True, eq=False)
class Frame:
    """Published cells by key; ``hidden`` ones keep their count of establishments only."""

    index: dict[Key, int]
    low: F64
    high: F64
    known: I64
    count: I64
    hidden: MASK


class _Draft:
    """Cells gathered block by block, then protected together."""

    def __init__(self, found: Jobs, kept: MASK, differences: list[MASK]) -> None:
        self.found = found
        self.kept = kept
        self.differences = differences
        self.betraying: list[MASK] = []
        self.index: dict[Key, int] = {}
        self.parts: list[tuple[Cells, tuple[F64, F64, I64, I64]]] = []
        self.relations: list[Sum] = []

    def add(self, keys: list[Key], groups: I64) -> None:
        """A block of cells: ``groups`` gives the position in ``keys`` of each establishment, or -1."""
        self.index |= {key: len(self.index) + number for number, key in enumerate(keys)}
        size = len(keys)
        kept = np.where(self.kept, groups, -1)
        self.parts.append((cells(self.found, kept, size), sums(self.found, kept, size)))
        betraying = np.zeros(size, dtype=bool)
        for apart in self.differences:
            betraying |= primary(cells(self.found, np.where(apart, groups, -1), size))
        self.betraying.append(betraying)

    def relate(self, whole: Key, parts: list[Key]) -> None:
        """A sum that readers know."""
        self.relations.append(Sum(self.index[whole], tuple(self.index[part] for part in parts)))

    @property
    def cells(self) -> Cells:
        """All cells, side by side."""
        blocks = [block for block, _ in self.parts]
        return Cells(
            np.concatenate([block.firms for block in blocks]),
            np.concatenate([block.total for block in blocks]),
            np.concatenate([block.largest for block in blocks]),
        )

    def frame(self, always: MASK | None = None) -> Frame:
        """The protected frame."""
        low, high, known, count = (np.concatenate([block[n] for _, block in self.parts]) for n in range(4))
        betraying = np.concatenate(self.betraying)
        kept_back = betraying if always is None else betraying | always
        return Frame(self.index, low, high, known, count, protect(self.cells, self.relations, kept_back))


@lru_cache(maxsize=32)
def local_frame(store: Store, where: Territory, scope: Scope) -> Frame:
    """Frame of an EPCI (or of a commune outside any): communes × sectors, trades for the whole."""
    draft, active = _draft(store, where, scope)
    trades = list(store.manifest.trades)
    sector = sector_lines(store).of(active, store)
    _add_place(draft, where.key, np.zeros(len(active), dtype=np.int64), sector)
    draft.add([(where.key, code) for code in trades], active.trade.astype(np.int64))
    sector_of = sector_lines(store).table
    for number, name in enumerate(SECTORS):
        inside = [(where.key, code) for code, rank in zip(trades, sector_of, strict=True) if rank == number]
        if inside:
            draft.relate((where.key, name), inside)
    split = commune_lines(store, where)
    _add_children(draft, where.key, list(split.keys), split.of(active, store), sector)
    for city, parts in _cities(where).items():
        numbers = np.full(len(store.manifest.communes), -1, dtype=np.int64)
        for rank, code in enumerate(parts):
            if code in store.commune_numbers:
                numbers[store.commune_numbers[code]] = rank
        _add_children(draft, city, parts, numbers[active.commune], sector)
    return draft.frame()


def _add_place(draft: _Draft, name: str, place: I64, sector: I64) -> None:
    draft.add([(name, ALL)], np.where(place >= 0, 0, -1))
    draft.add([(name, code) for code in SECTORS], np.where(place >= 0, sector, -1))
    draft.relate((name, ALL), [(name, code) for code in SECTORS])


def _add_children(draft: _Draft, whole: str, codes: list[str], places: I64, sector: I64) -> None:
    """Total and sectors of each child place, and the sums that tie them to each other and to the whole."""
    if codes == [whole]:
        return
    width = len(SECTORS)
    draft.add([(code, ALL) for code in codes], places)
    draft.add([(code, name) for code in codes for name in SECTORS], np.where(places >= 0, places * width + sector, -1))
    for code in codes:
        draft.relate((code, ALL), [(code, name) for name in SECTORS])
    for name in (ALL, *SECTORS):
        draft.relate((whole, name), [(code, name) for code in codes])


def _cities(where: Territory) -> dict[str, list[str]]:
    """Cities with arrondissements → their arrondissements in the territory."""
    shown = set(members(where))
    found: dict[str, list[str]] = {}
    for code in sorted(where.communes - shown):
        found.setdefault(whole_commune(code), []).append(code)
    return {city: parts for city, parts in found.items() if city in shown}


@lru_cache(maxsize=32)
def wide_frame(store: Store, where: Territory, scope: Scope) -> Frame:
    """Frame of a département, région or of France: total and sectors.

    A sector is hidden when the EPCI that hide theirs would be found by subtraction. An EPCI that hides one sector
    counts as hiding all of them, because it must hide another one to protect the first.
    """
    draft, active = _draft(store, where, scope)
    sector = sector_lines(store).of(active, store)
    width = len(SECTORS)
    _add_place(draft, where.key, np.zeros(len(active), dtype=np.int64), sector)
    names = sorted({epci_of(code) or code for code in where.communes})
    rank = {name: number for number, name in enumerate(names)}
    place = np.array([rank.get(epci_of(code) or code, -1) for code in store.manifest.communes])
    groups = place[active.commune] * width + sector
    local = cells(draft.found, np.where(draft.kept, groups, -1), len(names) * width)
    hiding = np.repeat(primary(local).reshape(-1, width).any(axis=1), width)
    always = np.zeros(1 + width, dtype=bool)
    for number in range(width):
        inside = np.flatnonzero(hiding & (np.arange(len(hiding)) % width == number) & (local.firms > 0))
        always[1 + number] = bool(len(inside)) and not _safe(local, inside)
    return draft.frame(always)


def _safe(local: Cells, inside: I64) -> bool:
    rest = Cells(
        np.append(local.firms[inside], local.firms[inside].sum()),
        np.append(local.total[inside], local.total[inside].sum()),
        np.append(local.largest[inside], local.largest[inside].max()),
    )
    whole = len(inside)
    return len(inside) > 1 and not primary(rest)[whole]


def _active(store: Store, where: Territory, scope: Scope) -> Facts:
    facts = fabric(store, where.communes, scope.activity, scope.size).facts
    return facts.take(facts.active(to_day(store.manifest.stock_date)))


_ACTIVITIES = list(ActivityScope)
_SIZES = [SizeScope.KNOWN, SizeScope.UPTO10, SizeScope.UPTO49, SizeScope.UPTO249]
_PUBLISHED_IN_ORDER = [Scope(), *(s for s in (Scope(a, z) for a in _ACTIVITIES for z in _SIZES) if s != Scope())]


def _draft(store: Store, where: Territory, scope: Scope) -> tuple[_Draft, Facts]:
    """A draft over the widest scope, of which the others are parts, and its active establishments."""
    widest = _active(store, where, Scope(ActivityScope.POSSIBLE, SizeScope.UPTO249))

    def inside(wanted: Scope) -> MASK:
        return np.isin(widest.establishment, _active(store, where, wanted).establishment)

    kept = inside(scope)
    earlier = _PUBLISHED_IN_ORDER[: _PUBLISHED_IN_ORDER.index(scope)]
    differences = [kept ^ inside(other) for other in earlier]
    return _Draft(jobs(store, widest), kept, differences), widest


def home_of(code: str) -> Territory:
    """The territory whose frame publishes a commune: its EPCI, or itself when it has none."""
    epci = epci_of(code)
    return parse(f"epci:{epci}") if epci else parse(f"commune:{whole_commune(code)}")
