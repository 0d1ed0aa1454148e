"""What was said of an objective, and then said otherwise: its former targets, its former typed figures."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from etabli.pacts.models import Evidence, Objective, Target
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


def targets_of(objective: Objective, until: date | None = None) -> list[TargetLine]:
    """Every target ever set, by a day for who left then, year by year, oldest first."""
    set_by_then = objective.targets.filter(set_at__date__lte=until) if until else objective.targets
    rows = list(set_by_then.select_related("set_by").order_by("year", "pk"))
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


@dataclass(frozen=True)
class FormerLine:
    """A typed figure that stands no more: what it said, and who said otherwise, when and why."""

    former: Evidence
    by: str
    on: date
    reason: str
    became: str


def former_evidence_of(objective: Objective, until: date | None = None) -> list[FormerLine]:
    """Every typed figure corrected or taken back since, by a day for who left then, the last change first."""
    rows = objective.evidence.filter(replaces__isnull=False)
    rows = rows.filter(typed_at__date__lte=until) if until else rows
    rows = rows.select_related("replaces__document", "replaces__typed_by", "typed_by").order_by("-typed_at", "-pk")
    return [
        FormerLine(row.replaces, str(row.typed_by), timezone.localdate(row.typed_at), row.reason, _became(row))
        for row in rows
        if row.replaces is not None
    ]


def _became(row: Evidence) -> str:
    """« retiré », « corrigé : 914 au lieu de 941 »; what else changed is read on the two lines."""
    if row.withdrawn:
        return "retiré"
    if row.replaces is None or row.value == row.replaces.value:
        return f"corrigé\u00a0: {row.label}, au {french.long_date(row.day)}"
    return f"corrigé\u00a0: {french.number(row.value)} au lieu de {french.number(row.replaces.value)}"
