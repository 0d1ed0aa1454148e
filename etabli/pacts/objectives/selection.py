"""Which acts an objective selects. The figure and the rows behind it share every line of this module."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from etabli.acts import lookups  # noqa: F401 - registers itself
from etabli.acts.models import Act
from etabli.facts import Period
from etabli.pacts.models import Attribution, Axis, Measure, Nature, Objective, Sharing
from etabli.pacts.objectives.spans import Spans
from etabli.pacts.objectives.standing import Register, Standing
from etabli.registry.models import Beneficiary, Perimeter

_JOINED = Beneficiary.objects.filter(canonical__isnull=False)
# Joined files are few: they are looked up apart, so that counting the others never leaves the index of the acts.
CANONICAL = Case(
    When(
        beneficiary__in=_JOINED.values("pk"),
        then=Subquery(_JOINED.filter(pk=OuterRef("beneficiary")).values("canonical")),
    ),
    default=F("beneficiary_id"),
    output_field=BigIntegerField(),
)


@dataclass(frozen=True)
class Selector:
    """One objective, one of its measures (the numerator, or the denominator of a ratio), and what surrounds them.

    `alone`: a window or an absence looks at the acts of the organisation that recorded each act, and at no other.
    """

    objective: Objective
    register: Register
    measure: str
    kinds: tuple[str, ...]
    alone: bool = False

    @classmethod
    def of(cls, objective: Objective, register: Register) -> "Selector":
        """What the objective counts."""
        return cls(objective, register, objective.measure, tuple(objective.kinds), register.alone)

    @property
    def looks_around(self) -> bool:
        """Whether what it takes of one act depends on the acts of anybody: an absence, acts that follow one another."""
        asked = self.objective
        return bool(asked.absent_kinds) or (asked.window_days is not None and asked.nature == Nature.FLOW)

    def by_oneself(self) -> "Selector":
        """All that it selects, whoever counts it, as each organisation knows it by its own acts."""
        unshared = copy(self.objective)
        unshared.sharing = Sharing.BOTH
        return replace(self, objective=unshared, register=replace(self.register, alone=True), alone=True)

    def denominator(self) -> "Selector":
        """What a ratio divides by: the other kinds, all else being equal."""
        return replace(self, measure=self.objective.denominator_measure, kinds=tuple(self.objective.denominator_kinds))

    @property
    def standing(self) -> Standing:
        """The convention of the objective."""
        return self.register.of(self.objective)

    def scope(self) -> Q:
        """Conditions on the act alone, whatever the day: nature, themes, place, trade, who recorded it."""
        asked, standing = self.objective, self.standing
        if standing.spans and asked.perimeter is None:
            wanted = inside_then(standing.spans)
        else:
            wanted = inside(asked.perimeter or asked.axis.convention.perimeter)
        if standing.organisations is not None:
            wanted &= recorded_by(standing)
        if self.kinds:
            wanted &= Q(kind__in=self.kinds)
        if asked.themes:
            wanted &= _any(Q(themes__contains=f"|{theme}|") for theme in asked.themes)
        if asked.only_qpv:
            wanted &= ~Q(qpv="")
        if asked.trades:
            wanted &= Q(trade__in=asked.trades)
        if self.measure == Measure.BENEFICIARIES:
            wanted &= Q(beneficiary__isnull=False)
        if self.measure == Measure.COMMUNES:
            wanted &= ~Q(commune="")
        return wanted

    def during(self, period: Period) -> Q:
        """Conditions that depend on the period: its days, the window, the absence."""
        asked, first = self.objective, period.start
        window = timedelta(days=asked.window_days) if asked.window_days else None
        if window and asked.nature == Nature.STOCK and not asked.absent_kinds:
            first = max(first, period.end - window)
        wanted = Q(day__gte=first, day__lt=period.end)
        if asked.absent_kinds:
            since = period.end - window if window else None
            wanted &= Q(beneficiary__isnull=False) & ~Q(Exists(self._beside(asked.absent_kinds, since, period)))
        elif window and asked.nature == Nature.FLOW:
            near = self._beside(self.kinds, None, period).exclude(pk=OuterRef("pk"))
            around = {"day__gte": OuterRef("day") - window, "day__lte": OuterRef("day") + window}
            wanted &= Q(Exists(near.filter(**around)))
        return wanted

    def _beside(self, kinds: Iterable[str], since: object, period: Period) -> QuerySet[Act]:
        rows = _same_beneficiary(kinds, since, period)
        return rows.filter(organisation=OuterRef("organisation")) if self.alone else rows

    def attributed(self) -> Q:
        """Only the acts attributed to the axis; those that no axis of the pact was given count by the filter."""
        if not self.standing.attributed:
            return Q()
        here = standing_attributions(axes=self.register.axes(self.objective))
        return Q(Exists(here)) | ~Q(Exists(standing_attributions(pact=self.standing.pact)))

    def acts(self, period: Period) -> QuerySet[Act]:
        """The acts selected in a period, before any sharing with another pact."""
        return valid_acts().filter(self.scope(), self.during(period), self.attributed())


def valid_acts() -> QuerySet[Act]:
    """Acts that stand: neither reversed nor reversing. `unit` is the beneficiary once the merged ones are one."""
    reversed_ones = Act.objects.filter(reverses__isnull=False).values("reverses")
    return Act.objects.filter(reverses__isnull=True).exclude(pk__in=reversed_ones).annotate(unit=CANONICAL).order_by()


def standing_attributions(*, axes: Sequence[int] = (), pact: int | None = None) -> QuerySet[Attribution]:
    """For the act of the outer query: the last word of each axis, unless it withdraws the act."""
    later = Attribution.objects.filter(act=OuterRef("act"), axis=OuterRef("axis"), pk__gt=OuterRef("pk"))
    rows = Attribution.objects.filter(act=OuterRef("pk")).exclude(Exists(later)).order_by()
    rows = rows.exclude(share=0)  # « share > 0 » leads SQLite to the index of the shares: the whole axis for each act
    if pact is not None:
        return rows.filter(axis__in=_axes_of_pact(pact))
    return rows.filter(axis__in=axes)


def _axes_of_pact(pact: int) -> QuerySet[Axis, Any]:
    return Axis.objects.filter(Q(convention=pact) | Q(convention__framework=pact)).order_by().values("pk")


def _same_beneficiary(kinds: Iterable[str], since: object, period: Period) -> QuerySet[Act]:
    rows = valid_acts().filter(Q(unit=OuterRef("unit")), day__lt=period.end)
    if since is not None:
        rows = rows.filter(day__gte=since)
    return rows.filter(kind__in=kinds) if kinds else rows


def inside(perimeter: Perimeter) -> Q:
    """Acts in a signed list of communes."""
    return Q(commune__among=frozenset(perimeter.communes))


def inside_then(spans: Spans) -> Q:
    """Acts in the communes of their day."""
    return _any(Q(commune__among=span.communes, day__gte=span.first, day__lte=span.last) for span in spans)


def recorded_by(standing: Standing) -> Q:
    """Acts of the parties, each from its first day until its last, but those when it was away."""
    always = Q(organisation__in=sorted((standing.organisations or frozenset()) - standing.bounded))
    return _any([always, *(_within(standing, one) for one in sorted(standing.bounded))])


def _within(standing: Standing, organisation: int) -> Q:
    wanted, first, last = (
        Q(organisation=organisation),
        standing.since.get(organisation),
        standing.left.get(organisation),
    )
    if first:
        wanted &= Q(day__gte=first)
    for out, back in standing.away.get(organisation, ()):
        wanted &= ~Q(day__gte=out, day__lte=back)
    return wanted & Q(day__lte=last) if last else wanted


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found
