"""What was said of an objective, and then said otherwise: its former targets."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from etabli.pacts.models import Objective, Target
from etabli.ui import french


@dataclass(frozen=True)
class TargetLine:
    """A target that was set. `stands`: the last word on its year; `mark`: « abaissée de 300 à 250 », when it was."""

    year: int
    value: Decimal
    set_on: date
    set_by: str
    reason: str
    stands: bool
    mark: str


def targets_of(objective: Objective) -> list[TargetLine]:
    """Every target ever set, year by year, oldest first."""
    rows = list(objective.targets.select_related("set_by").order_by("year", "pk"))
    found = []
    for place, row in enumerate(rows):
        before = rows[place - 1] if place and rows[place - 1].year == row.year else None
        stands = place + 1 == len(rows) or rows[place + 1].year != row.year
        on = timezone.localdate(row.set_at)
        found.append(
            TargetLine(row.year, row.value, on, str(row.set_by), row.reason, stands, _mark(before, row, on))
        )  # fmt: skip
    return found


def _mark(before: Target | None, row: Target, on: date) -> str:
    if before is None or row.value >= before.value:
        return ""
    said = f"abaissée de {french.number(before.value)} à {french.number(row.value)}"
    return f"{said} après le début de son année" if on >= date(row.year, 1, 1) else said
