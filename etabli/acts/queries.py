"""Reads of the ledger: what a selection counts, how it divides, and the rows behind it that a reader may see.

A reversed act and its reversal carry the same codes and the same day: a selection takes both or neither, and the sum of
their signs is nothing. Distinct counts keep what has a positive sum.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from operator import or_

import numpy as np
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, TruncMonth, TruncYear

from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.acts import bundles, lookups  # noqa: F401 - lookups registers itself
from etabli.acts.kinds import ADDITIVE, Confidentiality, Measure
from etabli.acts.models import Act
from maillage.reference.places.links import epci_of

SIGN = Case(When(reverses__isnull=True, then=Value(1)), default=Value(-1), output_field=IntegerField())
"""+1 for an act, −1 for the one that reverses it: its sum is the number of acts that stand."""
CANONICAL = Coalesce("beneficiary__canonical_id", "beneficiary_id")


class Dimension(StrEnum):
    """How a count divides."""

    KIND = "kind"
    COMMUNE = "commune"
    EPCI = "epci"
    QPV = "qpv"
    TRADE = "trade"
    BAND = "band"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Selection:
    """Which acts. Both days are inside; an empty set of codes, like None, sets no condition, save `communes`.

    `themes`: those that have one of them. `communes`: None for anywhere, an empty set for nowhere. `beneficiary` takes
    the files joined to it. `recorded_until`: the ledger as it stood at that moment. `acts`: only some of them.
    `places`: the communes from one day to another, both inside, when they changed; empty for no condition.
    `absences`: an organisation and the days, both inside, whose acts of its own are left out.
    """

    organisations: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    communes: frozenset[str] | None = field(default=None, repr=False)
    trades: frozenset[str] = frozenset()
    bands: frozenset[str] = frozenset()
    only_qpv: bool = False
    adviser: int | None = None
    beneficiary: int | None = None
    recorded_until: datetime | None = None
    acts: frozenset[int] | None = field(default=None, repr=False)
    places: tuple[tuple[date, date, frozenset[str]], ...] = field(default=(), repr=False)
    absences: tuple[tuple[int, date, date], ...] = ()


def matching(wanted: Selection) -> QuerySet[Act]:
    """Acts and reversals of a selection, without order: sums over them are net."""
    asked = _coded(wanted)
    if wanted.since:
        asked &= Q(day__gte=wanted.since)
    if wanted.until:
        asked &= Q(day__lte=wanted.until)
    if wanted.trades:
        asked &= Q(trade__in=sorted(wanted.trades))
    if wanted.bands:
        asked &= Q(band__in=sorted(wanted.bands))
    if wanted.only_qpv:
        asked &= ~Q(qpv="")
    if wanted.adviser is not None:
        asked &= Q(adviser=wanted.adviser)
    if wanted.beneficiary is not None:
        asked &= Q(beneficiary=wanted.beneficiary) | Q(beneficiary__canonical=wanted.beneficiary)
    if wanted.recorded_until is not None:
        asked &= Q(recorded_at__lte=wanted.recorded_until)
    if wanted.acts is not None:
        asked &= Q(pk__among=wanted.acts) | Q(reverses__pk__among=wanted.acts)
    return Act.objects.filter(asked).order_by()


def _coded(wanted: Selection) -> Q:
    """Who, what, about what, where."""
    asked = Q()
    if wanted.organisations:
        asked &= Q(organisation__in=sorted(wanted.organisations))
    if wanted.kinds:
        asked &= Q(kind__in=sorted(wanted.kinds))
    if wanted.themes:
        asked &= reduce(or_, (Q(themes__contains=f"|{theme}|") for theme in sorted(wanted.themes)))
    if wanted.communes is not None:
        asked &= Q(commune__among=wanted.communes)
    if wanted.places:
        then = (Q(commune__among=inside, day__gte=first, day__lte=last) for first, last, inside in wanted.places)
        asked &= reduce(or_, then)
    for organisation, first, last in wanted.absences:
        asked &= ~Q(organisation=organisation, day__gte=first, day__lte=last)
    return asked


def standing(wanted: Selection) -> QuerySet[Act]:
    """The acts that count: neither reversals nor reversed."""
    reversals = Act.objects.filter(reverses=OuterRef("pk"))
    if wanted.recorded_until is not None:
        reversals = reversals.filter(recorded_at__lte=wanted.recorded_until)
    return matching(wanted).filter(reverses=None).filter(~Exists(reversals))


def count(wanted: Selection, measure: Measure) -> int:
    """One measure of a selection."""
    return counts(wanted, [measure])[measure]


def counts(wanted: Selection, measures: Collection[Measure]) -> dict[Measure, int]:
    """Several measures of a selection at once, through the roll-up; by the acts for what it does not know."""
    if wanted.bands or wanted.recorded_until or not (wanted.adviser is None and wanted.beneficiary is None):
        return {measure: count_directly(wanted, measure) for measure in measures}
    organisations = wanted.organisations or None
    years = (wanted.since or date.min).year, (wanted.until or date.max).year
    acts = bundles.read(organisations=organisations, kinds=wanted.kinds, years=years)
    rows = acts.matching(themes=wanted.themes, communes=wanted.communes, trades=wanted.trades, only_qpv=wanted.only_qpv)
    rows = acts.during(rows, wanted.since, wanted.until)
    if wanted.places:
        then = [acts.during(rows[acts.among(inside)[rows]], first, last) for first, last, inside in wanted.places]
        rows = reduce(np.union1d, then)
    for organisation, first, last in wanted.absences:
        rows = np.setdiff1d(rows, acts.during(rows[acts.organisation[rows] == organisation], first, last))
    if wanted.acts is not None:
        rows = rows[np.isin(acts.act[rows], list(wanted.acts))]
    return {measure: acts.total(rows, measure) for measure in measures}


def count_directly(wanted: Selection, measure: Measure) -> int:
    """The same from the acts alone: what the roll-up must equal, and the only way when it does not apply."""
    rows = matching(wanted)
    if measure in ADDITIVE:
        total = Sum(SIGN) if measure is Measure.ACTS else Sum(measure.value)
        return int(rows.aggregate(total=total)["total"] or 0)
    if measure is Measure.BENEFICIARIES:
        found = rows.exclude(beneficiary=None).values(counted=CANONICAL)
    else:
        found = rows.exclude(commune="").values(counted=F("commune"))
    return found.annotate(net=Sum(SIGN)).filter(net__gt=0).values("counted").count()


def count_by(wanted: Selection, measure: Measure, dimension: Dimension) -> dict[str, int]:
    """The measure in each part, by code of the part (« 2018-03 » for a month, "" when unknown); empty parts absent.

    Distinct beneficiaries and communes do not add up over parts.
    """
    grouped = {Dimension.MONTH: TruncMonth("day"), Dimension.YEAR: TruncYear("day")}.get(
        dimension, F("commune" if dimension is Dimension.EPCI else dimension.value)
    )
    rows = matching(wanted).annotate(part=grouped)
    naming = _NAMES.get(dimension, str)
    if measure in ADDITIVE:
        total = Sum(SIGN) if measure is Measure.ACTS else Sum(measure.value)
        sums: dict[str, int] = defaultdict(int)
        for part, value in rows.values_list("part").annotate(total=total):
            sums[naming(part)] += value
        return {part: value for part, value in sums.items() if value}
    if measure is Measure.BENEFICIARIES:
        pairs = rows.exclude(beneficiary=None).values_list("part", CANONICAL)
    else:
        pairs = rows.exclude(commune="").values_list("part", "commune")
    found: dict[str, set[object]] = defaultdict(set)
    for part, counted, _net in pairs.annotate(net=Sum(SIGN)).filter(net__gt=0):
        found[naming(part)].add(counted)
    return {part: len(counted) for part, counted in found.items()}


_NAMES: dict[Dimension, Callable[..., str]] = {
    Dimension.EPCI: lambda commune: epci_of(commune) or "",
    Dimension.MONTH: lambda day: f"{day:%Y-%m}",
    Dimension.YEAR: lambda day: f"{day:%Y}",
}


@dataclass(frozen=True)
class Visible:
    """The rows that a reader may open, and how many more make the count without being shown."""

    rows: QuerySet[Act]
    reserved: int


def visible(reader: Reader, wanted: Selection) -> Visible:
    """Standing acts of the reader's organisation; a reader without the right to see rows sees none.

    `reserved` counts the rows of the selection, within that organisation, that only some roles may open.
    """
    if not reader.may(Permission.SEE_ACTS):
        return Visible(Act.objects.none(), 0)
    own = reader.organisation_ids
    mine = replace(wanted, organisations=wanted.organisations & own if wanted.organisations else own)
    if not mine.organisations:
        return Visible(Act.objects.none(), 0)
    rows = standing(mine)
    if reader.may(Permission.SEE_RESERVED):
        return Visible(rows, 0)
    hidden = Q(confidentiality=Confidentiality.RESERVED)
    return Visible(rows.exclude(hidden), rows.filter(hidden).count())
