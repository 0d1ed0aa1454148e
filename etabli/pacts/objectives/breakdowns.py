"""A figure divided: parts − what several parts count again = whole, exactly. Secrecy for who sees no rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
from django.db.models import F
from django.db.models.functions import TruncMonth

from etabli.facts import Period
from etabli.pacts.models import Measure
from etabli.pacts.models.objective import ADDITIVE
from etabli.pacts.objectives import columns, counting, measures, sharing, wording
from etabli.pacts.objectives.selection import Selector
from etabli.ui import french
from maillage import secrecy
from maillage.territory import alphabetical

HIDDEN = "secret statistique"


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
        return sum((part.value for part in self.parts), Decimal()) - self.whole

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


def breakdown(selector: Selector, period: Period, dimension: str, whole: Decimal) -> Breakdown:
    """The figure of a selector by one dimension, in one query."""
    key = {"month": TruncMonth("day"), "epci": F("commune")}.get(dimension, F(dimension))
    unit = measures.unit(selector.measure)
    each = ["part", "unit", *([unit] if unit == "commune" else [])]
    rows = (
        selector.acts(period)
        .filter(sharing.kept(selector, period))
        .annotate(part=key)
        .values(*each)
        .annotate(value=measures.total(selector.measure, counting.weight_of(selector, period)))
    )
    return Breakdown(dimension, tuple(_parts(selector, dimension, rows)), whole)


def whole(selector: Selector, period: Period) -> Decimal:
    """The figure itself."""
    return counting.counts({selector.objective: [period]}, selector.register)[selector.objective][0].numerator


def firms(selector: Selector, period: Period) -> int:
    """Distinct beneficiaries behind a figure, whatever it measures."""
    acts = selector.acts(period).filter(sharing.kept(selector, period))
    return int(acts.aggregate(firms=measures.total(Measure.BENEFICIARIES))["firms"])


def _parts(selector: Selector, dimension: str, rows: Iterable[Mapping[str, Any]]) -> list[Part]:
    additive = selector.measure in ADDITIVE
    values: dict[str, dict[object, Decimal]] = {}
    firms: dict[str, set[object]] = {}
    for row in rows:
        part = _key(dimension, row["part"])
        counted = row["commune"] if selector.measure == Measure.COMMUNES else row["unit"]
        raw = measures.quantity(selector.measure, row["value"], columns.scale_of(selector))
        inside = values.setdefault(part, {})
        inside[counted] = inside.get(counted, Decimal()) + raw if additive else Decimal(1)
        firms.setdefault(part, set()).add(row["unit"])
    parts = [
        Part(key, wording.part_name(dimension, key), sum(inside.values(), Decimal()), len(firms[key] - {None}),
             max((value for unit, value in inside.items() if unit is not None), default=Decimal()))
        for key, inside in values.items()
    ]  # fmt: skip
    if dimension == "month":
        return sorted(parts, key=lambda part: part.key)
    return sorted(parts, key=lambda part: (-part.value, alphabetical(part.name), part.key))


def _key(dimension: str, value: Any) -> str:
    if dimension == "month":
        return f"{value:%Y-%m}"
    return wording.epci_code(value) if dimension == "epci" else str(value or "")


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
