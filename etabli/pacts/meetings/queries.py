"""Reads: meetings, quorum, decisions to follow."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.utils import timezone

from etabli.accounts.policies import Reader
from etabli.pacts import access
from etabli.pacts.models import Convention, Decision, Meeting, MeetingState, Presence
from etabli.ui import french

CAME = (Presence.PRESENT, Presence.REMOTE)


@dataclass(frozen=True)
class Quorum:
    """How many organisations came, how many were needed; in words, which promise nothing before the meeting."""

    came: int
    needed: int | None
    reached: bool
    words: str


def quorum(meeting: Meeting) -> Quorum:
    """Organisations with somebody there, against what was asked for; without rule, none is needed."""
    there = {one.organisation_id for one in meeting.attendees.all() if one.presence in CAME and one.organisation_id}
    came, needed = len(there), meeting.quorum
    reached = needed is None or came >= needed
    if meeting.state != MeetingState.HELD:
        return Quorum(came, needed, reached, _to_come(meeting))
    present = french.counted(came, "organisation présente", "organisations présentes")
    if needed is None:
        return Quorum(came, None, reached, present)
    verdict = "quorum atteint" if reached else "quorum non atteint"
    return Quorum(came, needed, reached, f"{present} sur {needed} requises\u00a0: {verdict}")


def _to_come(meeting: Meeting) -> str:
    """« Pas encore tenue, quorum de 2 organisations », « Relevé à écrire »; nothing for a meeting called off."""
    if meeting.state == MeetingState.CANCELLED:
        return ""
    if meeting.starts_at <= timezone.now():
        return "Relevé à écrire"
    asked = meeting.quorum and french.counted(meeting.quorum, "organisation")
    return f"Pas encore tenue, quorum de {asked}" if asked else "Pas encore tenue"


def meetings_of(reader: Reader, convention: Convention) -> QuerySet[Meeting]:
    """Those that the reader knows: who left the convention reads nothing of those that came after."""
    return access.known_to(reader, convention, Meeting.objects.filter(convention=convention), "starts_at__date")


def next_meeting(convention: Convention) -> Meeting | None:
    """The next one that is not cancelled."""
    coming = convention.meetings.exclude(state=MeetingState.CANCELLED).filter(ends_at__gte=timezone.now())
    return coming.order_by("starts_at", "pk").first()


def open_decisions(reader: Reader, convention: Convention) -> QuerySet[Decision]:
    """Decisions not done yet, the most pressing first, those without date last."""
    known = meetings_of(reader, convention)
    rows = Decision.objects.filter(meeting__in=known, done_on__isnull=True).select_related("meeting")
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


def is_late(decision: Decision, today: date) -> bool:
    """Whether its day has passed without it being done."""
    return decision.done_on is None and decision.due_on is not None and decision.due_on < today
