"""Where each objective stands on a day: figure, target, forecast, status, and the sentences to print beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from etabli.facts import Period
from etabli.pacts.frozen import Published
from etabli.pacts.models import Aggregation, Convention, Measure, Nature, Objective
from etabli.pacts.models.objective import ADDITIVE, COUNTED
from etabli.pacts.objectives import forecast, years
from etabli.pacts.objectives.counting import Count
from etabli.pacts.objectives.figures import Known, figures
from etabli.pacts.objectives.forecast import Course, Rhythm, Status
from etabli.pacts.objectives.standing import Register, register
from etabli.pacts.objectives.years import YearTarget
from etabli.ui import french
from etabli.ui.gauge import Gauge


@dataclass(frozen=True)
class Progress:
    """One objective over one period (`year` None: the whole convention), as a page prints it."""

    objective: Objective
    period: Period
    year: int | None
    course: Course
    expected: Decimal | None
    status: Status
    gauge: Gauge
    rule: str
    notes: tuple[str, ...]
    by_year: Mapping[int, Count]
    wanted: Mapping[int, YearTarget]
    published: Published | None = None

    @property
    def basis(self) -> str:
        """What the figure and its target are of, when they could be mistaken for those of one year."""
        convention = self.objective.axis.convention
        several = list(years.years_of(convention))
        if len(several) < 2 or self.course.target is None or self.course.realised is None:
            return ""
        if self.year is None:
            return _basis(_aggregation(self.objective), several, sorted(self.wanted), sorted(self.by_year))
        stock = self.objective.nature == Nature.STOCK and self.objective.measure in COUNTED
        return f"Chiffre depuis le début de la convention, cible de {self.year}" if stock else ""

    @property
    def title(self) -> str:
        """What is promised."""
        return self.objective.title

    @property
    def href(self) -> str:
        """Where the figure opens."""
        return self.address

    @property
    def status_label(self) -> str:
        """« en avance »."""
        return self.status.label

    @property
    def counted_over(self) -> Period:
        """The days whose acts make the figure, today included: a stock looks back to the start of the convention."""
        return _counted_over(self.objective, self.period, self.objective.axis.convention, self.course.on)

    @property
    def address(self) -> str:
        """The page of the objective, for the same period."""
        place = f"/pacte/{self.objective.axis.convention.slug}/objectifs/{self.objective.pk}/"
        return f"{place}?annee={self.year}" if self.year else place


def _basis(aggregation: str, every: Sequence[int], targets: Sequence[int], counted: Sequence[int]) -> str:
    """In words, over several years; `every` year of the convention, those that have a target, those counted."""
    first, last, told = every[0], every[-1], french.enumeration([str(year) for year in targets])
    if aggregation == Aggregation.LAST:
        return f"Cible de {targets[-1]}, chiffre de {counted[-1]}" if counted else f"Cible de {targets[-1]}"
    if aggregation == Aggregation.RATIO:
        return f"Cible de {targets[-1]}, rapport de toutes les années"
    how = "moyennes" if aggregation == Aggregation.MEAN else "sommes"
    if list(targets) == list(every):
        return f"Chiffre et cible\u00a0: {how} des années {first} à {last}"
    only = f"cible de {told} seulement" if len(targets) == 1 else f"cibles de {told} seulement"
    return f"Chiffre de toutes les années, {only}"


def progress(
    convention: Convention | None, objectives: Sequence[Objective], *, on: date, year: int | None = None,
    known: Register | None = None, detail: bool = True, days: Mapping[int, date] | None = None,
) -> list[Progress]:  # fmt: skip
    """Every objective of a convention on a day, in the order given. Queries do not depend on their number.

    None for objectives of several conventions, each over its own dates; `days`: those that stand on another day.
    Without `detail` other years than the one asked are not counted, nor the years of a sum one by one.

    Objectives come with their axis and convention, perimeters and targets.
    """
    known = known or register(objectives)
    day = {one: (days or {}).get(one.axis.convention_id, on) for one in objectives}
    asked = {one: _asked(convention or one.axis.convention, one, day[one], year, detail=detail) for one in objectives}
    found = figures({objective: one.periods for objective, one in asked.items()}, known)
    return [_progress(objective, asked[objective], found[objective], day[objective]) for objective in objectives]


@dataclass(frozen=True)
class _Asked:
    """Periods put to the count: the years that have begun, all of them at once, the last twelve months."""

    shown: Period
    year: int | None
    begun: tuple[int, ...]
    periods: tuple[Period, ...]
    rolling: Period | None
    started: bool


def _asked(convention: Convention, objective: Objective, on: date, year: int | None, *, detail: bool) -> _Asked:
    cut = years.periods_of(convention)
    shown = cut[year] if year else years.whole_period(convention)
    begun = tuple(one for one, period in cut.items() if period.start <= on)
    started = bool(begun) if year is None else year in begun
    if year and not detail:
        begun = tuple(one for one in begun if one == year)
    if year is None and not detail and _aggregation(objective) == Aggregation.SUM and objective.measure in COUNTED:
        begun = ()
    periods = [_counted_over(objective, cut[one], convention, on) for one in begun]
    if year is None and started:
        periods.append(_counted_over(objective, shown, convention, on))
    rolling = None
    if objective.nature == Nature.FLOW and objective.measure in ADDITIVE and started and on < shown.end:
        tomorrow = on + timedelta(days=1)
        first = max(tomorrow - timedelta(days=365), convention.starts_on)
        rolling = Period(first, tomorrow) if first < tomorrow else None
    return _Asked(shown, year, begun, (*periods, *([rolling] if rolling else [])), rolling, started)


def _counted_over(objective: Objective, period: Period, convention: Convention, on: date) -> Period:
    """A stock is what happened since the convention started; a flow what happened in the period. Both stop today."""
    start = convention.starts_on if objective.nature == Nature.STOCK else period.start
    tomorrow = on + timedelta(days=1)
    return Period(start, min(period.end, tomorrow)) if start < tomorrow else Period(start, period.end)


def _progress(objective: Objective, asked: _Asked, known: Known, on: date) -> Progress:
    by_year = dict(zip(asked.begun, known.values, strict=False))
    whole = known.values[len(asked.begun)] if asked.year is None and asked.started else None
    wanted = years.targets(objective.targets.all())
    if asked.year is None:
        several = years.together(_aggregation(objective), by_year, whole)
        realised, target, how = several.value, years.whole_target(_aggregation(objective), wanted), several.rule
    else:
        only = by_year.get(asked.year)
        realised, how = (only.value if only else None), ""
        target = wanted[asked.year].value if asked.year in wanted else None
    course = Course(realised, target, asked.shown.start, asked.shown.end, on, objective.baseline)
    rhythm = _rhythm(objective, asked, known, course)
    expected = forecast.forecast(course, rhythm)
    gauge = Gauge(
        str(objective.pk),
        objective.unit,
        realised,
        target,
        objective.baseline,
        expected,
        _horizon(asked.shown, course, expected),
        asked.started,
    )
    shown_targets = [one for year, one in wanted.items() if asked.year in (None, year)]
    return Progress(
        objective, asked.shown, asked.year, course, expected, forecast.status(course, expected), gauge,
        " ".join(part for part in (how, forecast.rule(course, rhythm)) if part),
        tuple(_notes(objective, known, shown_targets)), by_year, wanted,
    )  # fmt: skip


def _aggregation(objective: Objective) -> str:
    """A stock is never summed over years."""
    if objective.nature == Nature.STOCK and objective.aggregation == Aggregation.SUM:
        return Aggregation.LAST
    return objective.aggregation


def _rhythm(objective: Objective, asked: _Asked, known: Known, course: Course) -> Rhythm | None:
    if objective.nature != Nature.FLOW or objective.aggregation in (Aggregation.RATIO, Aggregation.MEAN):
        return None
    if objective.measure in (Measure.INDICATOR, Measure.EVIDENCE) or not asked.started:
        return None
    if asked.rolling:
        return forecast.of_last_months(known.values[-1].value or Decimal(), asked.rolling.days)
    return forecast.of_new_ones(course)


def _horizon(period: Period, course: Course, expected: Decimal | None) -> str:
    """« fin 2021 », beside a forecast or a figure of that day; the figure of today needs none."""
    if course.realised is None or (expected is None and not course.over):
        return ""
    if period.end.month == 1 and period.end.day == 1:
        return f"fin {period.last.year}"
    return f"le {french.long_date(period.last)}"


def _notes(objective: Objective, known: Known, wanted: Iterable[YearTarget]) -> Iterable[str]:
    if objective.awaiting_service:
        yield f"En attente du service\u00a0: {objective.awaiting_service}"
    if objective.measure == Measure.EVIDENCE:
        yield "Chiffre saisi avec sa pièce, non compté par les actes"
    if known.refusal:
        yield known.refusal
    for one in wanted:
        if one.mark:
            yield french.capitalised(one.mark)
