"""Writes of meetings: prepare, call (and call again when something changed), hold, follow decisions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from etabli.accounts.policies import Denied, Reader
from etabli.audit.actions import record
from etabli.pacts.meetings import policies
from etabli.pacts.models import Attendee, Convention, Decision, Instance, Meeting, MeetingState, Presence
from etabli.papers.invitations import Appointment, ics
from etabli.ui import french
from etabli.ui.seen import Still, whatever

CHANGES_THE_INVITATION = ("starts_at", "ends_at", "place", "video", "agenda")


@transaction.atomic
def prepare(*, convention: Convention, by: Reader, values: Mapping[str, Any]) -> Meeting:
    """A meeting in preparation; each party of the convention is asked, by the name of its signatory if it has one."""
    policies.check_can_manage(by, convention)
    made = Meeting(convention=convention, made_by=by.user, **values)
    made.full_clean()
    made.save()
    for party in convention.parties.select_related("organisation").filter(left_on__isnull=True, called=False):
        name = party.signatory_name or f"représentant de {party.organisation.short_name}"
        Attendee.objects.create(meeting=made, organisation=party.organisation, name=name[:120])
    record(by=by.user, verb="meeting.prepared", about=made, organisation_id=by.organisation.pk)
    return made


@transaction.atomic
def write(*, meeting: Meeting, by: Reader, values: Mapping[str, Any], still: Still = whatever) -> Meeting:
    """Change what a meeting is. Once called, what the invitation says makes a new revision of it.

    Raises Denied, ValidationError.
    """
    meeting = _locked(meeting)
    policies.check_can_manage(by, meeting.convention)
    policies.check_not_over(meeting)
    still(meeting)
    changed = [name for name, value in values.items() if getattr(meeting, name) != value]
    for name in changed:
        setattr(meeting, name, values[name])
    if meeting.state == MeetingState.CALLED and set(changed) & set(CHANGES_THE_INVITATION):
        meeting.sequence += 1
    meeting.full_clean()
    meeting.save()
    record(
        by=by.user, verb="meeting.written", about=meeting, organisation_id=by.organisation.pk,
        changes=dict.fromkeys(changed, "changé"),
    )  # fmt: skip
    return meeting


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("convention").get(pk=meeting.pk)


@transaction.atomic
def set_attendees(*, meeting: Meeting, by: Reader, rows: Sequence[Mapping[str, Any]], still: Still = whatever) -> None:
    """Who is asked: `{"id", "name", "email", "organisation", "presence"}`; somebody absent from the rows leaves."""
    meeting = _locked(meeting)
    policies.check_can_manage(by, meeting.convention)
    still(meeting)
    kept = {one.pk: one for one in meeting.attendees.all()}
    meeting.attendees.exclude(pk__in=kept.keys() & {row["id"] for row in rows}).delete()
    for row in rows:
        one = kept.get(row["id"]) or Attendee(meeting=meeting)
        one.name, one.email, one.organisation = row["name"].strip(), row["email"], row["organisation"]
        one.presence = row["presence"] or Presence.ASKED
        one.full_clean()
        one.save()
    record(
        by=by.user, verb="meeting.attendees", about=meeting, organisation_id=by.organisation.pk,
        changes={"attendees": [len(kept), len(rows)]},
    )  # fmt: skip


@transaction.atomic
def call(*, meeting: Meeting, by: Reader) -> int:
    """Send the invitation to everybody who has an address; again, with its new revision, after a change."""
    meeting = _locked(meeting)
    policies.check_can_manage(by, meeting.convention)
    policies.check_not_over(meeting)
    policies.check_can_be_called(meeting)
    people = list(meeting.attendees.exclude(email="").order_by("pk"))
    meeting.state = MeetingState.CALLED
    meeting.save(update_fields=["state"])
    record(
        by=by.user, verb="meeting.called", about=meeting, organisation_id=by.organisation.pk,
        changes={"sequence": [None, meeting.sequence], "people": [None, len(people)]},
    )  # fmt: skip
    transaction.on_commit(lambda: _send(meeting, people))
    return len(people)


@transaction.atomic
def cancel(*, meeting: Meeting, by: Reader) -> Meeting:
    """Cancel; those who had been called are told, and their calendars empty the slot."""
    meeting = _locked(meeting)
    policies.check_can_manage(by, meeting.convention)
    policies.check_not_over(meeting)
    called = meeting.state == MeetingState.CALLED
    meeting.state, meeting.sequence = MeetingState.CANCELLED, meeting.sequence + 1
    meeting.save(update_fields=["state", "sequence"])
    record(by=by.user, verb="meeting.cancelled", about=meeting, organisation_id=by.organisation.pk)
    people = list(meeting.attendees.exclude(email="").order_by("pk")) if called else []
    transaction.on_commit(lambda: _send(meeting, people))
    return meeting


def appointment(meeting: Meeting, people: Sequence[Attendee] = ()) -> Appointment:
    """The meeting as a calendar reads it."""
    page = settings.PUBLIC_URL + reverse("pacts:meeting", args=[meeting.convention.slug, meeting.pk])
    return Appointment(
        uid=f"{meeting.uid}@etabli", sequence=meeting.sequence, title=title(meeting), starts_at=meeting.starts_at,
        ends_at=meeting.ends_at, stamped_at=timezone.now(), text=f"{meeting.agenda}\n\n{page}".strip(),
        place=meeting.place, video=meeting.video, organiser=(meeting.made_by.name, meeting.made_by.email),
        people=[(one.name, one.email) for one in people if one.email],
        cancelled=meeting.state == MeetingState.CANCELLED,
    )  # fmt: skip


def title(meeting: Meeting) -> str:
    """« Comité de pilotage, Convention pour l’artisanat de Lens-Liévin »."""
    return f"{french.capitalised(Instance(meeting.instance).label)}, {meeting.convention.short_title}"


def _send(meeting: Meeting, people: Sequence[Attendee]) -> None:
    cancelled = meeting.state == MeetingState.CANCELLED
    method = "CANCEL" if cancelled else "REQUEST"
    start = timezone.localtime(meeting.starts_at)
    when = f"le {french.long_date(start.date())} à {start:%H}\u00a0h\u00a0{start:%M}"
    word = (
        "Réunion annulée\u00a0: "
        if cancelled
        else "Convocation\u00a0: "
        if not meeting.sequence
        else "Convocation modifiée\u00a0: "
    )
    attached = ics(appointment(meeting, people))
    for one in people:
        body = f"{title(meeting)}, {when}{f', {meeting.place}' if meeting.place else ''}.\n\n{meeting.agenda}".strip()
        message = EmailMessage(subject=french.one_line(f"{word}{title(meeting)}"), body=body, to=[one.email])
        message.attach("reunion.ics", attached.decode(), f"text/calendar; method={method}")
        message.send()


@transaction.atomic
def hold(
    *, meeting: Meeting, by: Reader, minutes: str, presences: Mapping[int, str],
    decisions: Sequence[Mapping[str, Any]], still: Still = whatever,
) -> Meeting:  # fmt: skip
    """What happened: who came, what was said, what was decided. A meeting to come cannot be held yet.

    Raises Denied, ValidationError.
    """
    meeting = _locked(meeting)
    policies.check_can_manage(by, meeting.convention)
    if meeting.state == MeetingState.CANCELLED:
        raise Denied("Cette réunion est annulée\u00a0: elle n’a pas de relevé.")
    if meeting.starts_at > timezone.now():
        raise Denied("Cette réunion n’a pas encore eu lieu\u00a0: son relevé s’écrit à partir de son début.")
    still(meeting)
    meeting.minutes, meeting.state = minutes.strip(), MeetingState.HELD
    meeting.save(update_fields=["minutes", "state"])
    for one in meeting.attendees.all():
        one.presence = Presence(presences.get(one.pk, one.presence))
        one.save(update_fields=["presence"])
    _keep_decisions(meeting, decisions)
    record(
        by=by.user, verb="meeting.held", about=meeting, organisation_id=by.organisation.pk,
        changes={"decisions": [None, len(decisions)]},
    )  # fmt: skip
    return meeting


def _keep_decisions(meeting: Meeting, rows: Sequence[Mapping[str, Any]]) -> None:
    kept = {one.pk: one for one in meeting.decisions.all()}
    meeting.decisions.exclude(pk__in=[row["id"] for row in rows if row["id"]]).delete()
    last = max((one.number for one in kept.values()), default=0)
    for row in rows:
        one = kept.get(row["id"])
        if one is None:
            last += 1
            one = Decision(meeting=meeting, number=last)
        one.text, one.owner, one.due_on = row["text"].strip(), row["owner"].strip(), row["due_on"]
        one.save()


@transaction.atomic
def follow(*, decision: Decision, by: Reader, done_on: date | None) -> Decision:
    """Say that a decision was carried out, or that it was not after all."""
    policies.check_can_manage(by, decision.meeting.convention)
    before = decision.done_on
    decision.done_on = done_on
    decision.save(update_fields=["done_on"])
    record(
        by=by.user, verb="decision.followed", about=decision, organisation_id=by.organisation.pk,
        changes={"done_on": [before.isoformat() if before else None, done_on.isoformat() if done_on else None]},
    )  # fmt: skip
    return decision
