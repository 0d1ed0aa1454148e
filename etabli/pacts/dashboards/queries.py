"""Reads of the dashboards: a fixed number of queries, whatever the number of objectives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from etabli.accounts.policies import Reader
from etabli.acts import queries as ledger
from etabli.acts.kinds import Measure
from etabli.acts.queries import CANONICAL, Selection
from etabli.facts import Period
from etabli.pacts import access
from etabli.pacts.models import Convention, Meeting, MeetingState
from etabli.pacts.objectives.selection import inside, valid_acts
from etabli.pacts.objectives.standing import SIGNED, Register, Standing, standings_of
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


def totals(convention: Convention, standing: Standing, period: Period) -> Totals:
    """Through the roll-up of the ledger."""
    if not standing.organisations:
        return NOTHING
    wanted = Selection(
        organisations=standing.organisations, communes=frozenset(convention.perimeter.communes),
        since=period.start, until=period.last,
    )  # fmt: skip
    asked = [Measure.BENEFICIARIES, Measure.ACTS, Measure.MINUTES, Measure.COMMUNES]
    firms, acts, minutes, communes = ledger.counts(wanted, asked).values()
    return Totals(firms, acts, Decimal(minutes) / 60, communes)


def firms_of_all(conventions: Sequence[Convention], standings: dict[int, Standing]) -> int:
    """Distinct firms helped by at least one of the conventions."""
    anywhere = Q(pk__in=[])
    for convention in conventions:
        period = whole_period(convention)
        days = Q(day__gte=period.start, day__lt=period.end)
        by = Q(organisation__in=sorted(standings[convention.pk].organisations or ()))
        anywhere |= inside(convention.perimeter) & days & by
    rows = valid_acts().filter(anywhere, beneficiary__isnull=False)
    return rows.values(counted=CANONICAL).distinct().count()


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
