"""The committees of a pact: those that met, with what was decided, and the next one to come."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from etabli.accounts.policies import Reader
from etabli.demo.pacts import clock
from etabli.demo.pacts.tables import Gathering, Pact
from etabli.pacts.meetings import actions
from etabli.pacts.models import Convention, Instance, Meeting, Presence
from etabli.pacts.workflow import State

NOTICE = timedelta(days=19)


def hold(pact: Pact, convention: Convention, officer: Reader) -> None:
    """Every meeting of the pact. What was decided is done on its day: nothing of the past is left to do."""
    for gathering in pact.gatherings:
        _held(convention, gathering, officer)
    if pact.next_meeting and convention.state == State.ACTIVE:
        _prepared(convention, _tuesday(timezone.localdate() + NOTICE), Instance.COPIL, pact.next_meeting, officer)


def _prepared(convention: Convention, day: date, instance: Instance, agenda: str, officer: Reader) -> Meeting:
    start = timezone.make_aware(datetime.combine(day, time(14, 30)))
    values = {
        "instance": instance, "place": "Siège de la chambre", "video": "", "agenda": agenda,
        "quorum": 2, "starts_at": start, "ends_at": start + timedelta(hours=2),
    }  # fmt: skip
    return actions.prepare(convention=convention, by=officer, values=values)


def _held(convention: Convention, gathering: Gathering, officer: Reader) -> None:
    with clock.on(gathering.day - NOTICE):
        meeting = _prepared(convention, gathering.day, gathering.instance, gathering.agenda, officer)
    with clock.on(gathering.day, 18):
        presences = {one.pk: Presence.PRESENT for one in meeting.attendees.all()}
        decisions = [
            {"id": None, "text": text, "owner": owner, "due_on": due} for text, owner, due in gathering.decisions
        ]
        actions.hold(meeting=meeting, by=officer, minutes=gathering.minutes, presences=presences, decisions=decisions)
    for decision in meeting.decisions.all():
        if decision.due_on and decision.due_on < timezone.localdate():
            with clock.on(decision.due_on, 17):
                actions.follow(decision=decision, by=officer, done_on=decision.due_on)


def _tuesday(day: date) -> date:
    """The first Tuesday from a day on."""
    return day + timedelta(days=(1 - day.weekday()) % 7)
