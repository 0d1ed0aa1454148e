"""The figure of any objective over periods: counted acts, an indicator of the territory, or typed evidence.

Three sources that never add up: an objective has one measure, and shows typed evidence apart when it is counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from etabli import facts
from etabli.facts import Moment, Period, Question
from etabli.pacts.models import Evidence, Measure, Nature, Objective
from etabli.pacts.objectives.counting import Count, counts
from etabli.pacts.objectives.standing import Register
from maillage.errors import MaillageError
from maillage.territory import parse

NOTHING = Count(None, Decimal())


@dataclass(frozen=True)
class Known:
    """The figures of an objective over the periods asked for, and why one of them is unknown."""

    values: tuple[Count, ...]
    refusal: str = ""


def figures(asked: Mapping[Objective, Sequence[Period]], register: Register) -> dict[Objective, Known]:
    """Every figure, in one statement for the acts and one for the evidence."""
    found = {objective: Known(()) for objective in asked}  # a period that has not begun asks for nothing
    found |= {objective: Known(tuple(values)) for objective, values in counts(asked, register).items()}
    typed = evidence_of([objective for objective in asked if objective.measure == Measure.EVIDENCE])
    for objective, periods in asked.items():
        if objective.measure == Measure.EVIDENCE:
            rows = typed.get(objective.pk, [])
            found[objective] = Known(tuple(typed_figure(objective, rows, period) for period in periods))
        elif objective.measure == Measure.INDICATOR:
            found[objective] = _indicator(objective, periods)
    return found


def evidence_of(objectives: Iterable[Objective]) -> dict[int, list[Evidence]]:
    """Typed figures that stand, oldest first, by objective: neither corrected nor taken back since."""
    wanted = [objective.pk for objective in objectives if objective.pk]
    if not wanted:
        return {}
    found: dict[int, list[Evidence]] = {}
    rows = Evidence.objects.filter(objective__in=wanted, replaced_by__isnull=True, withdrawn=False)
    for row in rows.select_related("document", "typed_by").order_by("day", "pk"):
        found.setdefault(row.objective_id, []).append(row)
    return found


def typed_figure(objective: Objective, rows: Iterable[Evidence], period: Period) -> Count:
    """A flow adds what was typed within the period; a stock is the last figure typed before its end."""
    if objective.nature == Nature.STOCK:
        before = [row.value for row in rows if row.day < period.end]
        return Count(before[-1], before[-1]) if before else NOTHING
    inside = [row.value for row in rows if period.start <= row.day < period.end]
    total = sum(inside, Decimal())
    return Count(total, total) if inside else NOTHING


def _indicator(objective: Objective, periods: Sequence[Period]) -> Known:
    try:
        return Known(tuple(_asked(objective, period) for period in periods))
    except MaillageError as error:
        return Known((NOTHING,) * len(periods), error.message)


def _asked(objective: Objective, period: Period) -> Count:
    """One indicator on the signed communes. Raises MaillageError."""
    communes = (objective.perimeter or objective.axis.convention.perimeter).communes
    where, trades = parse(f"liste:{','.join(communes)}"), objective.trades or [None]
    of_a_day = facts.card(objective.indicator).moment is Moment.DAY
    moment = {"on": period.end - timedelta(days=1)} if of_a_day else {"during": period}
    answers = [facts.ask(Question(objective.indicator, where, trade=trade, **moment)) for trade in trades]
    values = [answer.total for answer in answers]
    if any(value is None for value in values):
        return NOTHING
    value = sum((Decimal(str(value)) for value in values), Decimal())
    return Count(value, value)
