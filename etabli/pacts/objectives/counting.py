"""The figure of an objective over periods, the rows behind it, and what each of them weighs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Expression, IntegerField, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Least

from etabli.acts.models import Act
from etabli.facts import Period
from etabli.pacts.models import Objective, Sharing
from etabli.pacts.models.objective import COUNTED
from etabli.pacts.objectives import columns, measures, sharing
from etabli.pacts.objectives.columns import Counting
from etabli.pacts.objectives.selection import Selector, standing_attributions
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


def weight_of(selector: Selector, period: Period) -> Expression | None:
    """The integer an act's measure is multiplied by; None when every act counts whole."""
    if columns.scale_of(selector) == 1:
        return None
    weight: Expression = Value(1)
    if selector.objective.sharing == Sharing.SHARE:
        weight = Case(
            When(sharing.shared(selector, period), then=Value(selector.objective.share_percent)), default=Value(WHOLE)
        )
    if selector.standing.partial:
        weight = (
            attributed_share(selector) if columns.scale_of(selector) == WHOLE else weight * attributed_share(selector)
        )
    return weight


def attributed_share(selector: Selector) -> Expression:
    """The percentage of an act that its attributions give to the axis; all of it when it has none."""
    axes = selector.register.axes(selector.objective)
    shares = standing_attributions(axes=axes).values("act").annotate(all=Sum("share")).values("all")
    return Least(Coalesce(Subquery(shares, output_field=IntegerField()), Value(WHOLE)), Value(WHOLE))
