"""What a measure adds up, and in which unit people say it: amounts in euros, minutes in hours."""

from decimal import Decimal

from django.db.models import Aggregate, Count, Expression, F, IntegerField, Sum, Value

from etabli.pacts.models import Measure
from etabli.pacts.models.objective import ADDITIVE

PER_UNIT = {Measure.AMOUNT: 100, Measure.MINUTES: 60}  # cents in a euro, minutes in an hour
_UNITS = {Measure.BENEFICIARIES: "unit", Measure.COMMUNES: "commune"}


def unit(measure: str) -> str:
    """What is counted once: the act itself, the canonical beneficiary (`unit` of `valid_acts`), the commune."""
    return _UNITS.get(Measure(measure), "pk")


def total(measure: str, weight: Expression | None = None) -> Aggregate:
    """The one aggregate. `weight` is an integer by which additive measures are multiplied."""
    if measure not in ADDITIVE:
        return Count(unit(measure), distinct=True)
    if weight is None and measure == Measure.ACTS:
        return Count("pk")
    each = Value(1, output_field=IntegerField()) if measure == Measure.ACTS else F(measure)
    return Sum(each if weight is None else each * weight, default=0)


def quantity(measure: str, raw: object, weighed: int = 1) -> Decimal:
    """The database's integer in the unit people say, divided by the weight it was multiplied by."""
    return Decimal(int(str(raw or 0))) / PER_UNIT.get(Measure(measure), 1) / weighed
