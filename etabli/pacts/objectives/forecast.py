"""Where an objective leads at the present rhythm, and what to call it; each rule is printed beside its result.

Forecasts are for flows only. An additive measure goes on as in the last twelve months, or as since the start of a pact
when it is younger; distinct beneficiaries and communes go on as new ones came since the period started (the same firm
helped again is not one more). Under thirty days there is no rhythm.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from etabli.ui import french

FEWEST_DAYS = 30
WATCHED = Decimal("0.75")  # of the target, or of the way to it
TOO_EARLY = f"Pas de prévision avant {FEWEST_DAYS} jours."
OF_FLOWS_ONLY = "Pas de prévision\u00a0: seul ce qui s’additionne au fil du temps en a une."


class Status(StrEnum):
    """How an objective stands; `NONE` when nothing can be said yet."""

    HELD = "held"
    AHEAD = "ahead"
    WATCH = "watch"
    LATE = "late"
    MISSED = "missed"
    NONE = "none"

    @property
    def label(self) -> str:
        """« en avance »."""
        return _LABELS[self]


GROUPS = {
    "tenus": ("tenus ou en avance", frozenset({Status.HELD, Status.AHEAD})),
    "a-surveiller": ("à surveiller", frozenset({Status.WATCH})),
    "en-retard": ("en retard ou non tenus", frozenset({Status.LATE, Status.MISSED})),
}
"""What a comparison counts together: code in an address → words, statuses."""

_LABELS = {Status.HELD: "tenu", Status.AHEAD: "en avance", Status.WATCH: "à surveiller", Status.LATE: "en retard",
           Status.MISSED: "non tenu", Status.NONE: ""}  # fmt: skip
STATUS_RULE = (
    "Tenu\u00a0: la cible est atteinte. En avance\u00a0: la prévision l’atteint. À surveiller\u00a0: la prévision en "
    f"atteint {french.percent(100 * WATCHED, 0)}. En retard\u00a0: moins. Non tenu\u00a0: la période "
    "est finie sous la cible. Sans prévision, le chiffre est comparé au chemin régulier du départ à la cible."
)


@dataclass(frozen=True)
class Rhythm:
    """So many in so many days, and the rule in French."""

    done: Decimal
    days: int
    rule: str


@dataclass(frozen=True)
class Course:
    """A figure on its way: `start` and `end` bound the period (`end` excluded), `on` is the day of the reading."""

    realised: Decimal | None
    target: Decimal | None
    start: date
    end: date
    on: date
    baseline: Decimal = Decimal()

    @property
    def over(self) -> bool:
        """Whether the period is finished."""
        return self.on >= self.end

    @property
    def elapsed(self) -> int:
        """Days of the period that are behind, the day of the reading included."""
        return max(0, min((self.on - self.start).days + 1, (self.end - self.start).days))

    @property
    def remaining(self) -> int:
        """Days of the period that are still to come."""
        return (self.end - self.start).days - self.elapsed


def of_last_months(done: Decimal, days: int) -> Rhythm:
    """The rhythm of an additive measure: what was done in the last twelve months, or since the start."""
    since = "des douze derniers mois" if days >= 365 else f"des {french.number(days)} jours depuis le début"
    return Rhythm(done, days, f"Au rythme {since}, prolongé jusqu’à la fin de la période.")


def of_new_ones(course: Course) -> Rhythm:
    """The rhythm of what is counted once: the new ones since the period started."""
    rule = "Au rythme des nouveaux venus depuis le début de la période, prolongé jusqu’à sa fin."
    return Rhythm(course.realised or Decimal(), course.elapsed, rule)


def forecast(course: Course, rhythm: Rhythm | None) -> Decimal | None:
    """What the figure will be at the end of the period; None when it is over or when there is no rhythm."""
    if rhythm is None or course.realised is None or course.over or rhythm.days < FEWEST_DAYS:
        return None
    coming = rhythm.done * course.remaining / rhythm.days
    return (course.realised + coming).quantize(Decimal(1), ROUND_HALF_UP)


def rule(course: Course, rhythm: Rhythm | None) -> str:
    """The rule of the forecast, or why there is none; empty when the period is over."""
    if course.over:
        return ""
    if rhythm is None:
        return OF_FLOWS_ONLY
    return TOO_EARLY if rhythm.days < FEWEST_DAYS else rhythm.rule


def status(course: Course, expected: Decimal | None) -> Status:
    """The written rule (`STATUS_RULE`). `expected` is the forecast, None when there is none."""
    if course.target is None or course.realised is None:
        return Status.NONE
    if course.realised >= course.target:
        return Status.HELD
    if course.over:
        return Status.MISSED
    if expected is not None:
        return _compared(expected, course.target)
    if course.elapsed < FEWEST_DAYS:
        return Status.NONE
    way = (course.target - course.baseline) * course.elapsed / (course.end - course.start).days
    return _compared(course.realised - course.baseline, way)


def _compared(reached: Decimal, wanted: Decimal) -> Status:
    if reached >= wanted:
        return Status.AHEAD
    return Status.WATCH if reached >= WATCHED * wanted else Status.LATE
