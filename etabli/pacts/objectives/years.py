"""Targets by year and figures of several years: sum, last, mean, ratio recomputed from its parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from etabli.facts import Period
from etabli.pacts.models import Aggregation, Convention, Target
from etabli.pacts.objectives.counting import Count, ratio
from etabli.ui import french

NOT_BEGUN = "Aucune année n’a commencé."


@dataclass(frozen=True)
class YearTarget:
    """The target in force for a year. `lowered_from` is what it was before somebody lowered it during the year."""

    year: int
    value: Decimal
    lowered_from: Decimal | None = None
    lowered_on: date | None = None
    reason: str = ""

    @property
    def mark(self) -> str:
        """« cible abaissée de 300 à 250 le 3 juin 2025 : … »; empty when it was not."""
        if self.lowered_from is None:
            return ""
        said = (
            f"cible {self.year} abaissée de {french.number(self.lowered_from)} à {french.number(self.value)} "
            f"le {french.long_date(self.lowered_on)}"
        )
        return f"{said}\u00a0: {self.reason}" if self.reason else said


def targets(rows: Iterable[Target]) -> dict[int, YearTarget]:
    """The last word of each year; lowered when it is under the highest value in force once the year had begun.

    What applies on 1 January, as an amendment may, was there when the year began.
    """
    by_year: dict[int, list[Target]] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        by_year.setdefault(row.year, []).append(row)
    return {year: _in_force(year, several) for year, several in sorted(by_year.items())}


def _in_force(year: int, rows: Sequence[Target]) -> YearTarget:
    last, began = rows[-1], date(year, 1, 1)
    days = [timezone.localdate(row.set_at) for row in rows]
    start = max((place for place, day in enumerate(days) if day <= began), default=0)
    highest = max(row.value for row in rows[start:])
    if last.value >= highest:
        return YearTarget(year, last.value)
    return YearTarget(year, last.value, highest, days[-1], last.reason)


def years_of(convention: Convention, until: date | None = None) -> range:
    """The calendar years that a convention touches; `until`: those that had begun on a day, for who left then."""
    last = convention.ends_on if until is None else min(convention.ends_on, until)
    return range(convention.starts_on.year, last.year + 1)


def periods_of(convention: Convention) -> dict[int, Period]:
    """Each year of a convention, cut at its dates."""
    whole = whole_period(convention)
    found = {}
    for year in years_of(convention):
        full = Period.year(year)
        found[year] = Period(max(full.start, whole.start), min(full.end, whole.end))
    return found


def whole_period(convention: Convention) -> Period:
    """From the first day of a convention to its last, both inside."""
    return Period(convention.starts_on, date.fromordinal(convention.ends_on.toordinal() + 1))


def cut(convention: Convention, first: date | None, last: date | None) -> Period | None:
    """The days of a convention between two, both inside; None when there are none."""
    whole = whole_period(convention)
    start = max(first or whole.start, whole.start)
    end = min(date.fromordinal(last.toordinal() + 1) if last else whole.end, whole.end)
    return Period(start, end) if start < end else None


@dataclass(frozen=True)
class Several:
    """One figure of several years. `repeated`: what the sum of the years counts again (firms helped twice)."""

    value: Decimal | None
    rule: str
    repeated: Decimal = Decimal()


def together(aggregation: str, years: Mapping[int, Count], whole: Count | None = None) -> Several:
    """The figure of the years that have begun. `whole` is the count over all of them at once, for a sum."""
    if not years:
        at_once = whole if aggregation == Aggregation.SUM else None
        return Several(at_once.value, "Somme des années.") if at_once else Several(None, NOT_BEGUN)
    if aggregation == Aggregation.RATIO:
        parts = list(years.values())
        made = ratio(sum((one.numerator for one in parts), Decimal()),
                     sum((one.denominator or Decimal() for one in parts), Decimal()))  # fmt: skip
        return Several(made.value, "Rapport recalculé sur toutes les années, jamais une moyenne de rapports.")
    known = {year: one.value for year, one in years.items() if one.value is not None}
    if not known:
        return Several(None, "Aucun chiffre n’est connu.")
    if aggregation == Aggregation.LAST:
        return Several(known[max(known)], f"Dernière valeur connue, {max(known)}.")
    total = sum(known.values(), Decimal())
    if aggregation == Aggregation.MEAN:
        begun = french.counted(len(known), "année commencée", "années commencées")
        return Several(total / len(known), f"Moyenne de {begun}.")
    return _summed(total, whole)


def _summed(total: Decimal, whole: Count | None) -> Several:
    """The years together: what is counted once is counted once over all of them too."""
    repeated = total - whole.value if whole and whole.value is not None else Decimal()
    if not repeated:
        return Several(total, "Somme des années.")
    rule = f"Somme des années, moins {french.number(repeated)} déjà comptés une autre année."
    return Several(total - repeated, rule, repeated)


def whole_target(aggregation: str, wanted: Mapping[int, YearTarget]) -> Decimal | None:
    """The target of all the years: their sum, their mean, or the last one (a ratio's target is not recomputed)."""
    if not wanted:
        return None
    values = [one.value for _, one in sorted(wanted.items())]
    if aggregation == Aggregation.SUM:
        return sum(values, Decimal())
    if aggregation == Aggregation.MEAN:
        return sum(values, Decimal()) / len(values)
    return values[-1]
