"""Reads of the ledger: what a selection counts, how it divides, and the rows behind it that a reader may see.

A reversed act and its reversal carry the same codes and the same day: a selection takes both or neither, and the sum of
their signs is nothing. Distinct counts keep what has a positive sum.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth, TruncYear
from django.utils import timezone

from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.acts import lookups  # noqa: F401 - registers itself
from etabli.acts.kinds import Confidentiality
from etabli.acts.models import Act, Helped, Tally
from etabli.acts.tallies import SIGN
from etabli.registry.models import Beneficiary
from maillage.reference.places.links import epci_of

CANONICAL = Coalesce("beneficiary__canonical_id", "beneficiary_id")


class Measure(StrEnum):
    """What is counted; the last four add up over any division."""

    BENEFICIARIES = "beneficiaries"
    COMMUNES = "communes"
    ACTS = "acts"
    AMOUNT = "amount"
    MINUTES = "minutes"
    QUANTITY = "quantity"


ADDITIVE = frozenset({Measure.ACTS, Measure.AMOUNT, Measure.MINUTES, Measure.QUANTITY})


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
    the files joined to it. `recorded_until`: the ledger as it stood at that moment.
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


def matching(wanted: Selection) -> QuerySet[Act]:
    """Acts and reversals of a selection, without order: sums over them are net."""
    asked = _shared(wanted)
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
    return Act.objects.filter(asked).order_by()


def _shared(wanted: Selection) -> Q:
    """The conditions that the roll-up knows too."""
    asked = Q()
    if wanted.organisations:
        asked &= Q(organisation__in=sorted(wanted.organisations))
    if wanted.kinds:
        asked &= Q(kind__in=sorted(wanted.kinds))
    if wanted.themes:
        one = Q()
        for theme in sorted(wanted.themes):
            one |= Q(themes__contains=f"|{theme}|")
        asked &= one
    if wanted.communes is not None:
        asked &= Q(commune__among=wanted.communes)
    return asked


def standing(wanted: Selection) -> QuerySet[Act]:
    """The acts that count: neither reversals nor reversed."""
    reversals = Act.objects.filter(reverses=OuterRef("pk"))
    if wanted.recorded_until is not None:
        reversals = reversals.filter(recorded_at__lte=wanted.recorded_until)
    return matching(wanted).filter(reverses=None).filter(~Exists(reversals))


def count(wanted: Selection, measure: Measure) -> int:
    """One measure of a selection, through the roll-up for the whole years that it covers."""
    years, rest = _split(wanted)
    if measure in ADDITIVE:
        return sum(_sum(matching(part), measure) for part in rest) + (
            _tally_sum(wanted, years, measure) if years else 0
        )
    parts = [_distinct(matching(part), measure) for part in rest]
    if years:
        parts.append(_tally_distinct(wanted, years, measure))
    return _united(parts, measure)


def count_directly(wanted: Selection, measure: Measure) -> int:
    """The same from the acts alone: what the roll-up must equal, and the only way when it does not apply."""
    rows = matching(wanted)
    return _sum(rows, measure) if measure in ADDITIVE else _united([_distinct(rows, measure)], measure)


def _sum(rows: QuerySet[Act], measure: Measure) -> int:
    total = Sum(SIGN) if measure is Measure.ACTS else Sum(measure.value)
    return int(rows.aggregate(total=total)["total"] or 0)


def _distinct(rows: QuerySet[Act], measure: Measure) -> QuerySet[Any, Any]:
    """One row for each beneficiary, or commune, with a standing act."""
    if measure is Measure.BENEFICIARIES:
        found = rows.exclude(beneficiary=None).values(counted=F("beneficiary_id"))
    else:
        found = rows.exclude(commune="").values(counted=F("commune"))
    return found.annotate(net=Sum(SIGN)).filter(net__gt=0).values("counted")


def _united(parts: list[QuerySet[Any, Any]], measure: Measure) -> int:
    """How many different values some queries find together, joined files being one beneficiary.

    Joined files are few: they are counted apart, so that the others never leave the index.
    """
    total = _union(parts).count()
    if measure is not Measure.BENEFICIARIES:
        return total
    ends = dict(Beneficiary.objects.exclude(canonical=None).values_list("pk", "canonical"))
    if not ends:
        return total
    joined = Beneficiary.objects.exclude(canonical=None)
    either = Q(beneficiary__in=joined.values("pk")) | Q(beneficiary__in=joined.values("canonical"))
    found = {row["counted"] for row in _union([part.filter(either) for part in parts])}
    return total - len(found) + len({ends.get(one, one) for one in found})


def _union(parts: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    return parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]


def _split(wanted: Selection) -> tuple[tuple[int, int] | None, list[Selection]]:
    """First and last whole year that the roll-up answers for, and what is left to ask to the acts."""
    narrow = wanted.trades or wanted.bands or wanted.only_qpv
    if narrow or wanted.adviser is not None or wanted.beneficiary is not None or wanted.recorded_until is not None:
        return None, [wanted]
    since, until = wanted.since or date.min, wanted.until or date.max
    if until >= timezone.localdate():
        until = date.max  # no act lies in the future
    first = since.year if since == date(since.year, 1, 1) else since.year + 1
    last = until.year if until == date(until.year, 12, 31) else until.year - 1
    if first > last:
        return None, [wanted]
    rest = []
    if since.year < first:
        rest.append(replace(wanted, until=date(since.year, 12, 31)))
    if until.year > last:
        rest.append(replace(wanted, since=date(until.year, 1, 1), until=until))
    return (first, last), rest


def _years(years: tuple[int, int]) -> Q:
    return Q(year__gte=years[0], year__lte=years[1])


def _tally_sum(wanted: Selection, years: tuple[int, int], measure: Measure) -> int:
    rows = Tally.objects.filter(_years(years) & _shared(wanted))
    return int(rows.aggregate(total=Sum(measure.value))["total"] or 0)


def _tally_distinct(wanted: Selection, years: tuple[int, int], measure: Measure) -> QuerySet[Any, Any]:
    asked = _years(years) & _shared(wanted)
    if measure is Measure.BENEFICIARIES:
        return Helped.objects.filter(asked).order_by().values(counted=F("beneficiary_id")).distinct()
    return (
        Tally.objects.filter(asked, acts__gt=0).exclude(commune="").order_by().values(counted=F("commune")).distinct()
    )


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
