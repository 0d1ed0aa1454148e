"""What a report hides from the public: no figure of fewer than three firms, nothing that a subtraction gives back.

Figures of one report overlap: an objective may count what another one counts, and a little more (a perimeter with one
commune more, the priority neighbourhoods alone). Whoever reads both subtracts. So wherever what one figure counts holds
all that another counts, in the same unit, their difference is a cell of the table too: it obeys the same rules, and
one of the two figures is hidden when it does not. Differences of differences are cells again, twice over. Then every
combination of what is left is tried (`deduction`): no sum of published cells may bear on fewer than three firms, nor
give back a cell that singles a firm out. Two figures that cross by one firm each are left alone: their difference is
the figure of neither. See docs/adr/0010.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

import numpy as np

from etabli.pacts.models import Measure
from etabli.pacts.reports.deduction import Atoms
from maillage.secrecy import FEWEST_FIRMS, Cells, Sum, primary, protect

DEPTH = 2  # differences of differences
MOST_CELLS = 800  # beyond, no commune is printed: protecting them together would take minutes
MOST_FIRMS = 500  # the same, for firms told apart by twos
Contribution = tuple[int, int | None, str, Decimal]  # act, firm once merged, commune, what it weighs
Rows = Sequence[Contribution]


@dataclass(frozen=True)
class Told:
    """One figure to print: what it measures, the rows that make it, and these by commune, or others in their place.

    Figures of one `measure` may be subtracted; one that cannot (a ratio, distinct communes) has a measure of its own.
    """

    measure: str
    rows: Rows
    places: Mapping[str, Rows]

    @property
    def makes_its_places(self) -> bool:
        """Whether the communes add up to the figure; when they do not, what they tell with it is left to `disperse`."""
        divided = [row for rows in self.places.values() for row in rows]
        return set(_units(self.measure, divided)) == set(_units(self.measure, self.rows))


@dataclass(frozen=True)
class Concealed:
    """What the public does not read of a figure: itself, or some of its communes."""

    whole: bool
    places: frozenset[str]


def concealed(figures: Sequence[Told]) -> list[Concealed]:
    """What to hide of each figure of a report, so that nothing hidden is found from the rest."""
    table = _Table.of(figures, parts=True)
    if len(table.rows) > MOST_CELLS or max(map(table.apart, {one.measure for one in figures}), default=0) > MOST_FIRMS:
        table = _Table.of(figures, parts=False)
    hidden = table.protected()
    for measure in sorted({one.measure for one in figures}):
        table.disperse(measure, hidden)
    return [_concealed(one, place, table, hidden) for place, one in enumerate(figures)]


def _concealed(one: Told, place: int, table: "_Table", hidden: Mapping[int, bool]) -> Concealed:
    """The communes of a hidden figure are hidden with it, and those that no cell was made for."""
    whole = hidden[table.wholes[place]]
    cells = {code: table.parts.get((place, code)) for code in one.places}
    return Concealed(whole, frozenset(code for code, cell in cells.items() if whole or cell is None or hidden[cell]))


@dataclass
class _Table:
    """Cells, each the rows it is made of: two figures made of the same rows are one cell."""

    numbers: dict[tuple[str, frozenset[int]], int] = field(default_factory=dict)
    rows: list[Rows] = field(default_factory=list)
    keys: list[tuple[str, frozenset[int]]] = field(default_factory=list)
    sums: set[Sum] = field(default_factory=set)
    wholes: list[int] = field(default_factory=list)
    parts: dict[tuple[int, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, figures: Sequence[Told], *, parts: bool) -> "_Table":
        """The figures, their communes, and what subtracting one from another gives."""
        made = cls()
        places: dict[str, list[int]] = {}
        for number, one in enumerate(figures):
            made.wholes.append(made.cell(one.measure, one.rows))
            for code, rows in one.places.items() if parts else ():
                made.parts[number, code] = made.cell(one.measure, rows)
                places.setdefault(code, []).append(made.parts[number, code])
            if parts and one.makes_its_places:
                made.adds_up(made.wholes[-1], [made.parts[number, code] for code in one.places])
        for group in (made.wholes, *places.values()):
            made.subtract(group)
        return made

    def cell(self, measure: str, rows: Rows) -> int:
        """The number of the cell of these rows."""
        key = (measure, frozenset(_units(measure, rows)))
        if key not in self.numbers:
            self.numbers[key] = len(self.rows)
            self.rows.append(rows)
            self.keys.append(key)
        return self.numbers[key]

    def adds_up(self, whole: int, parts: Iterable[int]) -> None:
        """Everybody knows that a cell is the sum of others."""
        several = tuple(sorted(set(parts) - {whole}))
        if several:
            self.sums.add(Sum(whole, several))

    def subtract(self, group: Iterable[int]) -> None:
        """Add the differences between cells of which one holds all that the other counts, then theirs."""
        known = sorted(set(group))
        for _ in range(DEPTH):
            found = {self._difference(*pair) for pair in combinations(known, 2)} - {None, *known}
            if not found or len(self.rows) > MOST_CELLS:
                return
            known += sorted(one for one in found if one is not None)

    def _difference(self, one: int, other: int) -> int | None:
        (measure, units), (same, more) = self.keys[one], self.keys[other]
        if measure != same or not units or not more or not (units < more or more < units):
            return None
        small, large = (one, other) if units < more else (other, one)
        taken = self.keys[small][1]
        counted = zip(self.rows[large], _units(measure, self.rows[large]), strict=True)
        rest = self.cell(measure, [row for row, unit in counted if unit not in taken])
        self.adds_up(large, (small, rest))
        return rest

    def protected(self) -> dict[int, bool]:
        """Which cells are hidden, by their number."""
        sums = sorted(self.sums, key=lambda one: (one.whole, one.parts))
        printed = [*self.wholes, *self.parts.values()]
        unprinted = ~np.isin(np.arange(len(self.rows)), printed)
        return dict(enumerate(protect(self.weighed(), sums, unprinted=unprinted).tolist())) if self.rows else {}

    def weighed(self) -> Cells:
        """How many firms make each cell, how much, and the largest of them."""
        told = [_weights(key[0], rows) for key, rows in zip(self.keys, self.rows, strict=True)]
        return Cells(
            np.array([len(one) - (None in one) for one in told], dtype=np.int64),
            np.array([sum(one.values()) for one in told], dtype=np.float64),
            np.array([max((value for firm, value in one.items() if firm is not None), default=0) for one in told],
                     dtype=np.float64),
        )  # fmt: skip

    def disperse(self, measure: str, hidden: dict[int, bool]) -> None:
        """Hide more cells of a measure, until no combination of those that are printed tells what nobody may know.

        Ends: each turn hides a printed cell.
        """
        here, atoms = self.atoms(measure)
        weighed = self.weighed()
        while True:
            wholes, printed = self._printed(hidden)
            shown = [place for place, one in enumerate(here) if one in printed]
            sums = atoms.found(shown)
            if sums is None:
                return
            figures = [place for place in shown if here[place] in wholes]
            used = [here[place] for place in atoms.behind(figures, sums) or atoms.behind(shown, sums) or shown]
            hidden[min(used, key=lambda one: (weighed.firms[one] == 0, one in wholes, weighed.total[one], one))] = True

    def atoms(self, measure: str) -> tuple[list[int], Atoms]:
        """The cells of a measure, and the smallest groups that they tell apart."""
        here = [number for number, key in enumerate(self.keys) if key[0] == measure]
        sensitive = primary(self.weighed())
        return here, Atoms.of([list(_weighed(measure, self.rows[one])) for one in here], sensitive[here].tolist())

    def apart(self, measure: str) -> int:
        """How many firms are alone or two in a group that cells tell apart."""
        _, atoms = self.atoms(measure)
        return len(set().union(*(firms for firms in atoms.firms if len(firms) < FEWEST_FIRMS)))

    def _printed(self, hidden: Mapping[int, bool]) -> tuple[set[int], set[int]]:
        """The figures that anybody reads, and these with the communes: those of a hidden figure go with it."""
        wholes = {one for one in self.wholes if not hidden[one]}
        parts = {cell for (place, _), cell in self.parts.items() if not hidden[self.wholes[place]] and not hidden[cell]}
        return wholes, wholes | parts


def _units(measure: str, rows: Rows) -> list[int]:
    """What is counted once: a firm, or an act."""
    return [row[1] or 0 for row in rows] if measure == Measure.BENEFICIARIES else [row[0] for row in rows]


def _weights(measure: str, rows: Rows) -> dict[int | None, float]:
    """What each firm weighs in a cell; what no firm is behind, under None."""
    found: dict[int | None, float] = {}
    for _, firm, _, weight in rows:
        found[firm] = 1 if measure == Measure.BENEFICIARIES else found.get(firm, 0) + float(weight)
    return found


def _weighed(measure: str, rows: Rows) -> Iterable[tuple[int, int | None, float]]:
    """Each unit counted once, the firm behind it and what it weighs."""
    weights = [1.0 if measure == Measure.BENEFICIARIES else float(row[3]) for row in rows]
    return zip(_units(measure, rows), (row[1] for row in rows), weights, strict=True)
