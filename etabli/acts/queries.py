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

import numpy as np
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth, TruncYear
from django.utils import timezone
from numpy.typing import NDArray

from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.acts.kinds import Confidentiality
from etabli.acts.lookups import Listed
from etabli.acts.models import Act, Helped, Tally
from etabli.acts.tallies import SIGN
from etabli.registry.models import Beneficiary
from maillage.reference.places.links import epci_of

Ids = NDArray[np.int64]
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
    if measure is Measure.BENEFICIARIES:
        found = [_standing_ids(matching(part)) for part in rest]
        return _different([*found, _helped_ids(wanted, years)] if years else found)
    parts = [_communes(matching(part)) for part in rest]
    if years:
        tallies = Tally.objects.filter(_years(years) & _shared(wanted), acts__gt=0).exclude(commune="")
        parts.append(tallies.order_by().values(counted=F("commune")).distinct())
    return parts[0].union(*parts[1:]).count() if len(parts) > 1 else parts[0].count()


def count_directly(wanted: Selection, measure: Measure) -> int:
    """The same from the acts alone: what the roll-up must equal, and the only way when it does not apply."""
    rows = matching(wanted)
    if measure in ADDITIVE:
        return _sum(rows, measure)
    return _different([_standing_ids(rows)]) if measure is Measure.BENEFICIARIES else _communes(rows).count()


def _sum(rows: QuerySet[Act], measure: Measure) -> int:
    total = Sum(SIGN) if measure is Measure.ACTS else Sum(measure.value)
    return int(rows.aggregate(total=total)["total"] or 0)


def _communes(rows: QuerySet[Act]) -> QuerySet[Any, Any]:
    """One row for each commune with a standing act."""
    found = rows.exclude(commune="").values(counted=F("commune"))
    return found.annotate(net=Sum(SIGN)).filter(net__gt=0).values("counted")


def _standing_ids(rows: QuerySet[Act]) -> Ids:
    """Each beneficiary with a standing act, once."""
    signed = _ids(rows.exclude(beneficiary=None).aggregate(all=Listed(F("beneficiary_id") * SIGN))["all"])
    found, times = np.unique(signed[signed > 0], return_counts=True)
    undone, less = np.unique(-signed[signed < 0], return_counts=True)
    times[np.searchsorted(found, undone)] -= less  # a selection has the act of each of its reversals
    return found[times > 0]


def _helped_ids(wanted: Selection, years: tuple[int, int]) -> Ids:
    """The same from the roll-up, each perhaps several times."""
    rows = Helped.objects.filter(_years(years) & _shared(wanted))
    return _ids(rows.aggregate(all=Listed("beneficiary_id"))["all"])


def _ids(text: str | None) -> Ids:
    return np.fromstring(text or "", dtype=np.int64, sep=",")


def _different(parts: list[Ids]) -> int:
    """How many beneficiaries there are together, joined files being one."""
    found = np.unique(np.concatenate(parts))
    ends = dict(Beneficiary.objects.exclude(canonical=None).values_list("pk", "canonical"))
    if not ends:
        return len(found)
    concerned = np.array([*ends, *ends.values()], dtype=np.int64)
    joined = found[np.isin(found, concerned)].tolist()
    return len(found) - len(joined) + len({ends.get(one, one) for one in joined})


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
