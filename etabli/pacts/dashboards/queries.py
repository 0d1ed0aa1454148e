"""Reads of the dashboards: a fixed number of queries, whatever the number of objectives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from django.utils import timezone

from etabli.accounts.policies import Reader
from etabli.acts.columns import Columns, Rows
from etabli.acts.kinds import Measure
from etabli.facts import Period
from etabli.pacts import access
from etabli.pacts.models import Convention, Meeting, MeetingState
from etabli.pacts.objectives.columns import of_parties
from etabli.pacts.objectives.standing import SIGNED, Asked, Register, Standing, standings_of
from etabli.pacts.objectives.years import whole_period


def pacts_of(reader: Reader) -> list[Convention]:
    """The conventions a reader may see, the running ones first, then the latest."""
    return list(access.visible(reader).order_by("-ends_on", "-starts_on", "title"))


def standing_of(reader: Reader, convention: Convention, known: Register | None = None) -> Standing:
    """What counting knows of one convention; before the signature only the reader's own acts count."""
    if known and convention.pk in known.standings:
        return known.standings[convention.pk]
    only = None if convention.state in SIGNED else reader.organisation.pk
    return standings_of([convention], only)[convention.pk]


@dataclass(frozen=True)
class Totals:
    """What was done in a pact over a period, all axes together."""

    firms: int
    acts: int
    hours: Decimal
    communes: int


NOTHING = Totals(0, 0, Decimal(), 0)


def totals(convention: Convention, standing: Standing, period: Period, known: Register | None = None) -> Totals:
    """Through the bundles of the parties; `known` keeps them for the objectives of the page."""
    acts = (known or Register({})).acts(_asked([standing], [period]))
    rows = _rows(acts, convention, standing, period)
    return Totals(
        acts.total(rows, Measure.BENEFICIARIES), len(rows), Decimal(acts.total(rows, Measure.MINUTES)) / 60,
        acts.total(rows, Measure.COMMUNES),
    )  # fmt: skip


def firms_of_all(conventions: Sequence[Convention], standings: dict[int, Standing]) -> int:
    """Distinct firms helped by at least one of the conventions."""
    periods = {convention.pk: whole_period(convention) for convention in conventions}
    acts = Register({}).acts(_asked([standings[pk] for pk in periods], list(periods.values())))
    rows = [_rows(acts, one, standings[one.pk], periods[one.pk]) for one in conventions]
    return acts.total(np.unique(np.concatenate(rows)), Measure.BENEFICIARIES)


def _asked(standings: Sequence[Standing], periods: Sequence[Period]) -> Asked:
    organisations = frozenset[int]().union(*(one.organisations or () for one in standings))
    years = min(period.start.year for period in periods), max(period.last.year for period in periods)
    return Asked(organisations, frozenset(), years)


def _rows(acts: Columns, convention: Convention, standing: Standing, period: Period) -> Rows:
    """The acts of the parties in the signed perimeter over a period."""
    inside = frozenset(convention.perimeter.communes)
    rows = acts.matching(organisations=standing.organisations, communes=inside)
    return of_parties(acts, acts.during(rows, period.start, period.last), standing)


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
