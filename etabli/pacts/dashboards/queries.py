"""Reads of the dashboards: a fixed number of queries, whatever the number of objectives."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np
from django.utils import timezone

from etabli.accounts.policies import Reader
from etabli.acts.columns import Array, Columns, Rows
from etabli.acts.kinds import Measure
from etabli.facts import Period
from etabli.pacts import access
from etabli.pacts.models import Convention, Meeting, MeetingState
from etabli.pacts.objectives.overlaps import tells_firms
from etabli.pacts.objectives.spans import during
from etabli.pacts.objectives.standing import SIGNED, Register, Standing, standings_of
from etabli.pacts.objectives.together import asked_for, rows_of
from maillage.secrecy import FEWEST_FIRMS


def pacts_of(reader: Reader) -> list[Convention]:
    """The conventions a reader may see, the running ones first, then the latest."""
    return list(
        access.visible(reader).prefetch_related("parties__organisation").order_by("-ends_on", "-starts_on", "title")
    )


def standing_of(reader: Reader, convention: Convention, known: Register | None = None) -> Standing:
    """What counting knows of one convention; before the signature only the reader's own acts count."""
    if known and convention.pk in known.standings:
        return known.standings[convention.pk]
    only = None if convention.state in SIGNED else reader.organisation.pk
    return standings_of([convention], only)[convention.pk]


@dataclass(frozen=True)
class Totals:
    """What was done in a pact over a period, all axes together; `within`: the communes that it covered then."""

    firms: int
    acts: int
    hours: Decimal
    communes: int
    within: int = 0


NOTHING = Totals(0, 0, Decimal(), 0)


def totals(convention: Convention, standing: Standing, period: Period, known: Register | None = None) -> Totals:
    """Through the bundles of the parties; `known` keeps them for the objectives of the page."""
    acts = (known or Register({})).acts(asked_for([standing], [period]))
    then = during(standing.spans, period.start, period.last) if standing.spans else convention.perimeter.communes
    return replace(_totals(acts, rows_of(acts, convention, standing, period)), within=len(then))


def _totals(acts: Columns, rows: Rows) -> Totals:
    return Totals(
        acts.total(rows, Measure.BENEFICIARIES), len(rows), Decimal(acts.total(rows, Measure.MINUTES)) / 60,
        acts.total(rows, Measure.COMMUNES),
    )  # fmt: skip


def totals_of_all(
    conventions: Sequence[Convention],
    standings: Mapping[int, Standing],
    periods: Mapping[int, Period],
    known: Register,
    own: Collection[int],
) -> tuple[Totals, bool]:
    """What was done in at least one of the conventions, each over its period: what several count is counted once.

    Then whether their firms in common would be guessed by whoever knows the acts of `own`.
    """
    acts = known.acts(asked_for([standings[one.pk] for one in conventions], list(periods.values())))
    rows = [rows_of(acts, one, standings[one.pk], periods[one.pk]) for one in conventions]
    return _totals(acts, np.unique(np.concatenate(rows))), _tells(acts, rows, own)


def _tells(acts: Columns, several: Sequence[Rows], own: Collection[int]) -> bool:
    """Whether how many firms the pacts have in common tells which, to whom the acts of some organisations are known.

    Of two pacts, as `tells_firms` says; of more, whose firms a number holds is in no line.
    """
    ours = sorted(own)
    firms = [_firms(acts, rows) for rows in several]
    known = [_firms(acts, rows[np.isin(acts.organisation[rows], ours)]) for rows in several]
    helping = [place for place, one in enumerate(firms) if len(one)]
    if len(helping) == 2:
        return any(
            tells_firms({0: np.isin(firms[one], known[other])}, {0: np.isin(firms[one], firms[other])}, len(firms[one]))
            for one, other in (helping, helping[::-1])
        )
    more = _repeated(firms) - _repeated(known)
    return 0 < more < FEWEST_FIRMS


def _firms(acts: Columns, rows: Rows) -> Array:
    found = np.unique(acts.beneficiary[rows])
    return found[found > 0]


def _repeated(several: Sequence[Array]) -> int:
    """How many firms more a sum of these counts."""
    return sum(len(one) for one in several) - len(np.unique(np.concatenate(several)))


def next_meeting(convention: Convention) -> Meeting | None:
    """The first meeting to come of a convention or of its framework."""
    of = [convention.pk, *([convention.framework_id] if convention.framework_id else [])]
    coming = Meeting.objects.filter(convention__in=of, starts_at__gte=timezone.now())
    waiting = (MeetingState.PREPARED, MeetingState.CALLED)
    return coming.filter(state__in=waiting).order_by("starts_at").first()


def shown_until(period: Period, today: date) -> Period:
    """A period that has begun, cut at today."""
    tomorrow = date.fromordinal(today.toordinal() + 1)
    return Period(period.start, min(period.end, tomorrow)) if period.start < tomorrow else period
