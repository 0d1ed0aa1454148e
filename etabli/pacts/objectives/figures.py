"""The figure of any objective over periods: counted acts, an indicator of the territory, or typed evidence.

Three sources that never add up: an objective has one measure, and shows typed evidence apart when it is counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from etabli import facts
from etabli.facts import Answer, Moment, Period, Question
from etabli.pacts.models import Evidence, Measure, Nature, Objective
from etabli.pacts.objectives.counting import Count, counts
from etabli.pacts.objectives.standing import Register
from etabli.ui import french
from maillage.errors import BadQuestion, MaillageError
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
            found[objective] = _indicator(objective, periods, register)
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


def _indicator(objective: Objective, periods: Sequence[Period], register: Register) -> Known:
    """Each period by itself: a year that the engine cannot tell leaves the others known."""
    values, refusal = [], ""
    for period in periods:
        try:
            values.append(_asked(objective, period, register))
        except MaillageError as error:
            values.append(NOTHING)
            refusal = error.message
    return Known(tuple(values), refusal)


def question_of(objective: Objective, period: Period, trade: str | None, register: Register) -> Question:
    """What the engine is asked for a figure of the territory, in the communes of the last day of its period.

    A state is that of this day, or of the last file when the period goes beyond it. Raises MaillageError.
    """
    communes = sorted(register.communes_on(objective, period.last))
    of_a_day = facts.card(objective.indicator).moment is Moment.DAY
    last, known = period.end - timedelta(days=1), facts.store().manifest.stock_date
    moment = {"on": known if period.start <= known < last else last} if of_a_day else {"during": period}
    return Question(objective.indicator, parse(f"liste:{','.join(communes)}"), trade=trade, **moment)


def answers(objective: Objective, period: Period, register: Register) -> list[Answer]:
    """What the engine says of a figure of the territory, trade by trade. Raises MaillageError.

    Employees are published on one day a year, which may be far from the one asked and moves with every edition: a
    promise is not measured against that.
    """
    found = [facts.ask(question_of(objective, period, trade, register)) for trade in objective.trades or [None]]
    for answer in found:
        asked, given = answer.question.on, answer.on
        if asked is not None and given is not None and asked != given:
            raise BadQuestion(
                f"«\u00a0{answer.card.label}\u00a0»\u00a0: aucun chiffre au {french.long_date(asked)}, "
                f"le plus proche est au {french.long_date(given)}."
            )
    return found


def _asked(objective: Objective, period: Period, register: Register) -> Count:
    """One indicator on the signed communes. Raises MaillageError."""
    values = [answer.total for answer in answers(objective, period, register)]
    if any(value is None for value in values):
        return NOTHING
    value = sum((Decimal(str(value)) for value in values), Decimal())
    return Count(value, value)
