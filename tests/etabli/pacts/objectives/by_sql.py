"""The second computation of what pages count in memory: the same from the acts themselves, in SQL."""

from decimal import Decimal

from django.db.models import Case, F, IntegerField, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Least, TruncMonth

from etabli.pacts.models import Measure, Sharing
from etabli.pacts.models.objective import ADDITIVE
from etabli.pacts.objectives import columns, measures, overlaps, sharing, wording
from etabli.pacts.objectives.selection import standing_attributions

WHOLE = 100


def weight_of(selector, period):
    """The integer an act's measure is multiplied by; None when every act counts whole."""
    if columns.scale_of(selector) == 1:
        return None
    weight = Value(1)
    if selector.objective.sharing == Sharing.SHARE:
        shared = sharing.claimed(selector.measure, sharing.rivals(selector), period)
        weight = Case(When(shared, then=Value(selector.objective.share_percent)), default=Value(WHOLE))
    if selector.standing.partial:
        share = attributed_share(selector)
        weight = share if columns.scale_of(selector) == WHOLE else weight * share
    return weight


def attributed_share(selector):
    """The percentage of an act that its attributions give to the axis; all of it when it has none."""
    axes = selector.register.axes(selector.objective)
    shares = standing_attributions(axes=axes).values("act").annotate(all=Sum("share")).values("all")
    return Least(Coalesce(Subquery(shares, output_field=IntegerField()), Value(WHOLE)), Value(WHOLE))


def piece(selector, period, pacts):
    """The acts of the piece that exactly these other pacts claim."""
    found = selector.acts(period)
    for pact, several in overlaps.by_pact(selector).items():
        theirs = sharing.claimed(selector.measure, several, period)
        found = found.filter(theirs if pact in pacts else ~theirs)
    return found


def parts(selector, period, dimension):
    """Key → value, distinct beneficiaries, what one of them weighs at most."""
    rows = selector.acts(period).filter(sharing.kept(selector, period))
    weighed = rows.annotate(weight=weight_of(selector, period) or Value(1), month=TruncMonth("day"))
    found = {}
    column = {"epci": F("commune")}.get(dimension, F(dimension))
    for row in weighed.annotate(part=column).values("part", "unit", "commune", "weight", *(ADDITIVE - {Measure.ACTS})):
        found.setdefault(_key(dimension, row["part"]), []).append(row)
    return {key: _part(selector, several) for key, several in found.items()}


def _key(dimension, value):
    if dimension == "month":
        return f"{value:%Y-%m}"
    return wording.epci_code(value) if dimension == "epci" else str(value or "")


def _part(selector, rows):
    firms = {row["unit"] for row in rows} - {None}
    if selector.measure not in ADDITIVE:
        units = {row["commune" if selector.measure == Measure.COMMUNES else "unit"] for row in rows}
        return Decimal(len(units)), len(firms), Decimal(1)
    each = [(row["unit"], row["weight"] * row.get(selector.measure, 1)) for row in rows]
    largest = max((sum(value for who, value in each if who == firm) for firm in firms), default=0)
    value = sum(value for _, value in each)
    scale = columns.scale_of(selector)
    return (
        measures.quantity(selector.measure, value, scale), len(firms),
        measures.quantity(selector.measure, largest, scale),
    )  # fmt: skip
