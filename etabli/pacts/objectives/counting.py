"""The figure of an objective over periods, and the rows behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from etabli.acts.models import Act
from etabli.facts import Period
from etabli.pacts.models import Objective
from etabli.pacts.models.objective import COUNTED
from etabli.pacts.objectives import columns, measures, sharing
from etabli.pacts.objectives.columns import Counting
from etabli.pacts.objectives.selection import Selector
from etabli.pacts.objectives.standing import Register, register

WHOLE = 100


@dataclass(frozen=True)
class Count:
    """A counted figure; a ratio keeps its two parts, so that several make one without being averaged."""

    value: Decimal | None
    numerator: Decimal
    denominator: Decimal | None = None


def counted(objective: Objective, period: Period, known: Register | None = None) -> Count:
    """The figure of one objective over one period."""
    return counts({objective: [period]}, known or register([objective]))[objective][0]


def acts_behind(objective: Objective, period: Period, known: Register | None = None) -> QuerySet[Act]:
    """The acts behind a figure: the same filter, without the aggregate."""
    selector = Selector.of(objective, known or register([objective]))
    return selector.acts(period).filter(sharing.kept(selector, period))


def counts(asked: Mapping[Objective, Sequence[Period]], known: Register) -> dict[Objective, list[Count]]:
    """The figures of counted objectives over their periods, through the bundles."""
    wanted = {one: periods for one, periods in asked.items() if one.measure in COUNTED and periods}
    if not wanted:
        return {}
    acts = columns.read(wanted, known)
    found = {}
    for objective, periods in wanted.items():
        parts = [[_value(acts, one, period) for period in periods] for one in columns.selectors(objective, known)]
        found[objective] = [_count(several) for several in zip(*parts, strict=True)]
    return found


def _value(acts: Counting, selector: Selector, period: Period) -> Decimal:
    return measures.quantity(selector.measure, acts.total(selector, period), columns.scale_of(selector))


def _count(parts: Sequence[Decimal]) -> Count:
    if len(parts) == 1:
        return Count(parts[0], parts[0])
    return ratio(parts[0], parts[1])


def ratio(numerator: Decimal, denominator: Decimal) -> Count:
    """Percent; no value when there is nothing to divide by."""
    return Count(WHOLE * numerator / denominator if denominator else None, numerator, denominator)
