"""A figure divided: parts − what several parts count again = whole, exactly. Secrecy for who sees no rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from etabli.acts.columns import Array, Rows
from etabli.facts import Period
from etabli.pacts.models import Measure
from etabli.pacts.models.objective import ADDITIVE
from etabli.pacts.objectives import columns, measures, wording
from etabli.pacts.objectives.columns import Counting
from etabli.pacts.objectives.cutting import cut
from etabli.pacts.objectives.selection import Selector
from etabli.ui import french
from maillage import secrecy
from maillage.territory import alphabetical

HIDDEN = "secret statistique"
DECIMALS = 6  # further than any figure is read: thirds of an hour do not add up to it


@dataclass(frozen=True)
class Part:
    """One part. `firms` helped in it, `largest` what the first of them weighs; `hidden`: those that would name one."""

    key: str
    name: str
    value: Decimal
    firms: int
    largest: Decimal
    hidden: bool = False

    @property
    def shown(self) -> str:
        """The value, or « secret statistique »."""
        return HIDDEN if self.hidden else french.number(self.value, 0 if self.value == self.value.to_integral() else 1)


@dataclass(frozen=True)
class Breakdown:
    """A figure by one dimension. `repeated` is what several parts count: it makes up the difference.

    `left_in`: what is divided is not quite the figure, in words.
    """

    dimension: str
    parts: tuple[Part, ...]
    whole: Decimal
    left_in: str = ""

    @property
    def title(self) -> str:
        """« Par commune »."""
        return f"Par {wording.DIMENSIONS[self.dimension]}"

    @property
    def repeated(self) -> Decimal:
        """What stands in several parts; never shown when a part is hidden, since it would tell it."""
        return round(sum((part.value for part in self.parts), Decimal()) - self.whole, DECIMALS)

    @property
    def note(self) -> str:
        """Why the parts add up to more than the figure."""
        if not self.repeated or any(part.hidden for part in self.parts):
            return self.left_in
        added = french.number(self.whole + self.repeated)
        said = (
            f"Total {french.number(self.whole)}\u202f; la somme des lignes est {added}, dont "
            f"{french.number(self.repeated)} comptés dans plusieurs."
        )
        return f"{self.left_in} {said}".lstrip()


def breakdown(acts: Counting, selector: Selector, period: Period, dimension: str, whole: Decimal) -> Breakdown:
    """The figure of a selector by one dimension."""
    rows = acts.kept(selector, period)
    codes, places = cut(acts.acts, rows, dimension)
    parts = _parts(acts, selector, period, rows, dimension, codes, places)
    return Breakdown(dimension, tuple(parts), whole)


def whole(selector: Selector, period: Period) -> Decimal:
    """The figure itself."""
    acts = columns.read({selector.objective: [period]}, selector.register)
    return measures.quantity(selector.measure, acts.total(selector, period), columns.scale_of(selector))


def firms(acts: Counting, selector: Selector, period: Period) -> int:
    """Distinct beneficiaries behind a figure, whatever it measures."""
    return acts.acts.total(acts.kept(selector, period), Measure.BENEFICIARIES)


def _parts(
    acts: Counting, selector: Selector, period: Period, rows: Rows, dimension: str, codes: Sequence[str], places: Array
) -> list[Part]:  # fmt: skip
    who, measure = acts.acts.beneficiary[rows], selector.measure
    of_firms, each_firm = _pairs(places, who)
    if measure in ADDITIVE:
        value, largest = np.zeros((2, len(codes)), dtype=np.int64)
        each = acts.acts.each(rows, measure, acts.weight(selector, period, rows))
        np.add.at(value, places, each)
        sums = np.zeros(len(of_firms), dtype=np.int64)
        np.add.at(sums, each_firm[who > 0], each[who > 0])
        np.maximum.at(largest, of_firms, sums)
    else:
        value = np.bincount(_pairs(places, acts.acts.unit(measure)[rows])[0], minlength=len(codes))
        largest = np.minimum(value, 1)
    helped = np.bincount(of_firms, minlength=len(codes))
    told = np.flatnonzero(np.bincount(places, minlength=len(codes))).tolist()
    scale = columns.scale_of(selector)
    parts = [
        Part(
            codes[one], wording.part_name(dimension, codes[one]), measures.quantity(measure, value[one], scale),
            int(helped[one]), measures.quantity(measure, largest[one], scale),
        )
        for one in told
    ]  # fmt: skip
    if dimension == "month":
        return sorted(parts, key=lambda part: part.key)
    return sorted(parts, key=lambda part: (-part.value, alphabetical(part.name), part.key))


def _pairs(places: Array, units: Array) -> tuple[Array, Array]:
    """The place of each distinct (place, unit), units 0 left out; and for each row the number of its own pair."""
    base = int(units.max(initial=0)) + 1
    pairs, of_rows = np.unique(places.astype(np.int64) * base + units, return_inverse=True)
    known = pairs % base > 0
    return pairs[known] // base, (np.cumsum(known) - 1)[of_rows]


def protected(tables: Sequence[Breakdown], firms: int) -> tuple[Breakdown, ...]:
    """The same tables with the parts hidden that would single out a firm, nor be found by subtracting from the whole.

    With fewer than three firms in all, no part is shown.
    """
    parts = [part for table in tables for part in table.parts]
    if 0 < firms < secrecy.FEWEST_FIRMS:
        return tuple(_hiding(table, [True] * len(table.parts)) for table in tables)
    if not parts:
        return tuple(tables)
    cells = secrecy.Cells(
        np.array([*(part.firms for part in parts), firms]),
        np.array([*(float(part.value) for part in parts), float(tables[0].whole)]),
        np.array([*(float(part.largest) for part in parts), 0.0]),
    )
    sums, start = [], 0
    for table in tables:
        sums.append(secrecy.Sum(len(parts), tuple(range(start, start + len(table.parts)))))
        start += len(table.parts)
    hidden = secrecy.protect(cells, sums)
    found, start = [], 0
    for table in tables:
        found.append(_hiding(table, hidden[start : start + len(table.parts)].tolist()))
        start += len(table.parts)
    return tuple(found)


def _hiding(table: Breakdown, hidden: Sequence[bool]) -> Breakdown:
    """Hidden parts are one line at the end: in the order of their values, each would tell where it stands."""
    shown = [part for part, hides in zip(table.parts, hidden, strict=True) if not hides]
    others = [part for part, hides in zip(table.parts, hidden, strict=True) if hides]
    if others:
        name = wording.together_named(table.dimension, len(others), other=bool(shown))
        value = sum((part.value for part in others), Decimal())
        shown.append(Part("", name, value, 0, Decimal(), hidden=True))
    return replace(table, parts=tuple(shown))
