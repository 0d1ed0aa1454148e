"""The figure of an objective over periods: one SQL aggregate an objective, forty of them in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Expression, IntegerField, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Least

from etabli.acts.models import Act
from etabli.facts import Period
from etabli.pacts.models import Objective, Sharing
from etabli.pacts.models.objective import ADDITIVE, COUNTED
from etabli.pacts.objectives import measures, sharing
from etabli.pacts.objectives.selection import Selector, standing_attributions, valid_acts
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
    """The figures of counted objectives over their periods, in one statement."""
    questions = [
        (objective, selector, periods)
        for objective, periods in asked.items() if objective.measure in COUNTED and periods
        for selector in _selectors(objective, known)
    ]  # fmt: skip
    if not questions:
        return {}
    widest = max(len(periods) for _, _, periods in questions)
    statements = [
        _aggregate(place, selector, periods, widest) for place, (_, selector, periods) in enumerate(questions)
    ]
    rows = statements[0].union(*statements[1:], all=True) if len(statements) > 1 else statements[0]
    raw = {row["place"]: row for row in rows}
    found: dict[Objective, list[list[Decimal]]] = {}
    for place, (objective, selector, periods) in enumerate(questions):
        values = [
            measures.quantity(selector.measure, raw[place][f"p{number}"], scale_of(selector))
            for number in range(len(periods))
        ]
        found.setdefault(objective, []).append(values)
    return {objective: [_count(parts) for parts in zip(*several, strict=True)] for objective, several in found.items()}


def _selectors(objective: Objective, known: Register) -> list[Selector]:
    first = Selector.of(objective, known)
    return [first, first.denominator()] if objective.denominator_measure else [first]


def _count(parts: Sequence[Decimal]) -> Count:
    if len(parts) == 1:
        return Count(parts[0], parts[0])
    return ratio(parts[0], parts[1])


def ratio(numerator: Decimal, denominator: Decimal) -> Count:
    """Percent; no value when there is nothing to divide by."""
    return Count(WHOLE * numerator / denominator if denominator else None, numerator, denominator)


def _aggregate(place: int, selector: Selector, periods: Sequence[Period], columns: int) -> QuerySet[Act, Any]:
    """One row: `place`, and a value per period (0 where fewer are asked)."""
    totals: dict[str, Expression] = {f"p{number}": Value(0) for number in range(len(periods), columns)}
    for number, period in enumerate(periods):
        only = selector.during(period) & sharing.kept(selector, period)
        totals[f"p{number}"] = measures.total(selector.measure, weight_of(selector, period), only)
    if len(periods) == 1:
        only = selector.during(periods[0]) & sharing.kept(selector, periods[0])
        totals["p0"] = measures.total(selector.measure, weight_of(selector, periods[0]))
        rows = valid_acts().filter(selector.scope(), only, selector.attributed())
        return _one_row(rows, place, totals)
    hull = {"day__gte": min(period.start for period in periods), "day__lt": max(period.end for period in periods)}
    return _one_row(valid_acts().filter(selector.scope(), selector.attributed(), **hull), place, totals)


def _one_row(rows: QuerySet[Act], place: int, totals: dict[str, Expression]) -> QuerySet[Act, Any]:
    numbered = rows.values(place=Value(place, output_field=IntegerField()))
    return numbered.annotate(**dict(sorted(totals.items())))


def scale_of(selector: Selector) -> int:
    if selector.measure not in ADDITIVE:
        return 1
    by_rule = selector.objective.sharing == Sharing.SHARE
    return (WHOLE if by_rule else 1) * (WHOLE if selector.standing.partial else 1)


def weight_of(selector: Selector, period: Period) -> Expression | None:
    """The integer an act's measure is multiplied by; None when every act counts whole."""
    if scale_of(selector) == 1:
        return None
    weight: Expression = Value(1)
    if selector.objective.sharing == Sharing.SHARE:
        weight = Case(
            When(sharing.shared(selector, period), then=Value(selector.objective.share_percent)), default=Value(WHOLE)
        )
    if selector.standing.partial:
        weight = attributed_share(selector) if scale_of(selector) == WHOLE else weight * attributed_share(selector)
    return weight


def attributed_share(selector: Selector) -> Expression:
    """The percentage of an act that its attributions give to the axis; all of it when it has none."""
    axes = selector.register.axes(selector.objective)
    shares = standing_attributions(axes=axes).values("act").annotate(all=Sum("share")).values("all")
    return Least(Coalesce(Subquery(shares, output_field=IntegerField()), Value(WHOLE)), Value(WHOLE))
