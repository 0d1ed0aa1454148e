"""Fixed tables in which the protected measure (employees) is published, so that no two answers can be subtracted.

* an EPCI: total, four sectors, trades; its communes: total and four sectors; arrondissements under their city;
* département, région, France: total.

Nothing else is published: a free list is only a union of published communes. The pattern of hidden cells depends on
the frame alone, never on the question. There is one scope only: nested scopes could be taken from each other, and the
public count of establishments in a hidden cell would tell when two of them hold the same firms. Of an earlier year of
bands, one day only is published (`maillage.indicators.past`): two answers never differ by one establishment.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from maillage.columnar.facts import I64, Facts
from maillage.columnar.jobs import F64, Jobs, cells, jobs, sums
from maillage.columnar.selection import From, fabric
from maillage.indicators.grouping import commune_lines, sector_lines
from maillage.indicators.past import day_of
from maillage.reference.places.links import epci_of, whole_commune
from maillage.reference.trades import Sector
from maillage.scope import EMPLOYEES
from maillage.secrecy import MASK, Cells, Sum, primary, protect
from maillage.store import Store, to_day
from maillage.territory import Territory, departement_of, members, parse, region_of

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

    def __init__(self, found: Jobs) -> None:
        self.found = found
        self.index: dict[Key, int] = {}
        self.parts: list[tuple[Cells, tuple[F64, F64, I64, I64]]] = []
        self.relations: list[Sum] = []

    def add(self, keys: list[Key], groups: I64) -> None:
        """A block of cells: ``groups`` gives the position in ``keys`` of each establishment, or -1."""
        self.index |= {key: len(self.index) + number for number, key in enumerate(keys)}
        size = len(keys)
        self.parts.append((cells(self.found, groups, size), sums(self.found, groups, size)))

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
        return Frame(self.index, low, high, known, count, protect(self.cells, self.relations, always))


@lru_cache(maxsize=32)
def local_frame(store: Store, where: Territory, edition: int | None = None) -> Frame:
    """Frame of an EPCI (or of a commune outside any): communes × sectors, trades for the whole."""
    draft, active = _draft(store, where, edition)
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
def wide_frame(store: Store, where: Territory, edition: int | None = None) -> Frame:
    """Frame of a département, région or of France: the total alone, hidden when it would betray a narrower one.

    What a reader finds by taking published territories out of a published one must itself be publishable: in a
    département, what its whole EPCI leave; in a région or in France, what the parts that are hidden leave.
    """
    draft, active = _draft(store, where, edition)
    draft.add([(where.key, ALL)], np.zeros(len(active), dtype=np.int64))
    places = _places(store)
    found, own = draft.found, {name: column[active.commune] for name, column in places.items()}

    def betrayed(left: MASK, place: I64) -> MASK:
        return primary(cells(found, np.where(left, place, -1), int(place.max(initial=0)) + 1))

    everything = np.ones(len(active), dtype=bool)
    hidden = betrayed(everything, own["epci"])[own["epci"]]
    beyond = everything  # what the published parts of the level leave, and their EPCI
    for level in ("departement", "region", "france"):
        place = own[level]
        left = hidden | (own[f"inside_{level}"] == 0)
        betraying = betrayed(everything, place) | betrayed(left, place) | betrayed(beyond, place)
        if level == where.level:
            return draft.frame(np.array([bool(betraying[place].any())]))
        beyond = (left if level == "departement" else beyond) & betraying[place]
    raise ValueError(where.level)


@lru_cache(maxsize=4)
def _places(store: Store) -> dict[str, I64]:
    """By commune number of the store: numbers of its EPCI, département, région and country, and for each of these
    whether its EPCI lies inside (0 for a commune outside any EPCI, whose figure is its own)."""
    codes = store.manifest.communes
    epcis = [epci_of(code) or code for code in codes]
    levels = {
        "departement": [departement_of(code) or "" for code in codes],
        "region": [region_of(code) or "" for code in codes],
        "france": ["" for _ in codes],
    }
    columns = {name: np.unique(values, return_inverse=True)[1] for name, values in {"epci": epcis, **levels}.items()}
    for level, values in levels.items():
        spread: dict[str, set[str]] = {}
        for epci, value in zip(epcis, values, strict=True):
            spread.setdefault(epci, set()).add(value)
        inside = [epci != code and len(spread[epci]) == 1 for epci, code in zip(epcis, codes, strict=True)]
        columns[f"inside_{level}"] = np.array(inside)
    return {name: column.astype(np.int64) for name, column in columns.items()}


def _draft(store: Store, where: Territory, edition: int | None) -> tuple[_Draft, Facts]:
    """A draft over the establishments active on the day of an edition, in the one scope that publishes employees."""
    facts = fabric(store, where.communes, EMPLOYEES.activity, EMPLOYEES.size, From(bands=edition)).facts
    active = facts.take(facts.active(to_day(day_of(store, edition))))
    return _Draft(jobs(store, active, edition)), active


def home_of(code: str) -> Territory:
    """The territory whose frame publishes a commune: its EPCI, or itself when it has none."""
    epci = epci_of(code)
    return parse(f"epci:{epci}") if epci else parse(f"commune:{whole_commune(code)}")
