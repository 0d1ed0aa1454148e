"""Meetings: called by invitations that calendars follow, held with their quorum, followed decision by decision."""

from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from etabli.accounts.policies import Denied
from etabli.pacts.meetings import actions, queries
from etabli.pacts.models import Attendee, Convention, Meeting, Presence
from tests.etabli.cast import as_user

pytestmark = pytest.mark.django_db
START = datetime(2027, 3, 2, 13, 0, tzinfo=UTC)


@pytest.fixture
def meeting(in_review: Convention, octave) -> Meeting:
    """A COPIL to come, with an agenda and one address."""
    made = prepared(in_review, octave)
    one = made.attendees.get(organisation=octave.organisation)
    one.email = "rose@exemple.fr"
    one.save()
    return made


def prepared(convention: Convention, octave, **changed) -> Meeting:
    values = {"instance": "copil", "starts_at": START, "ends_at": START + timedelta(hours=2), "place": "Lens",
              "video": "https://visio.exemple.fr/copil", "agenda": "Bilan; suites, budget", "quorum": 2}  # fmt: skip
    return actions.prepare(convention=convention, by=octave, values={**values, **changed})


def invitation(message: EmailMessage) -> tuple[Calendar, str]:
    name, content, kind = message.attachments[0]
    assert name == "reunion.ics"
    return Calendar.from_ical(content), kind


def test_every_party_is_asked(meeting, in_review):
    assert {one.organisation_id for one in meeting.attendees.all()} == set(
        in_review.parties.values_list("organisation_id", flat=True)
    )


def test_an_invitation_is_a_request_in_the_local_zone(meeting, octave, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.call(meeting=meeting, by=octave) == 1
    calendar, kind = invitation(mail.outbox[0])
    event = calendar.events[0]
    assert (calendar["METHOD"], kind) == ("REQUEST", "text/calendar; method=REQUEST")
    assert event["SEQUENCE"] == 0
    assert event.start == START
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert calendar.timezones
    assert str(event["LOCATION"]) == "Lens"
    assert "Bilan; suites, budget" in event["DESCRIPTION"]
    assert str(event["ATTENDEE"]) == "mailto:rose@exemple.fr"
    assert event.conferences[0].uri == "https://visio.exemple.fr/copil"


def test_a_change_after_the_call_is_a_new_revision_of_the_same_meeting(
    meeting, octave, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.call(meeting=meeting, by=octave)
        actions.write(meeting=meeting, by=octave, values={"place": "Liévin"})
        actions.write(meeting=meeting, by=octave, values={"place": "Liévin", "quorum": 1})
        actions.call(meeting=meeting, by=octave)
        actions.cancel(meeting=meeting, by=octave)
    calendars = [invitation(message)[0] for message in mail.outbox]
    events = [one.events[0] for one in calendars]
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
    assert len({str(event["UID"]) for event in events}) == 1
    assert [str(one["METHOD"]) for one in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
    assert events[2]["STATUS"] == "CANCELLED"


def test_nobody_is_called_without_agenda_nor_address(in_review, octave, meeting):
    with pytest.raises(Denied, match="adresse électronique"):
        actions.call(meeting=prepared(in_review, octave), by=octave)
    actions.write(meeting=meeting, by=octave, values={"agenda": " "})
    with pytest.raises(Denied, match="ordre du jour"):
        actions.call(meeting=meeting, by=octave)


def held(meeting: Meeting, octave, *presences: Presence) -> Meeting:
    meeting.starts_at, meeting.ends_at = timezone.now() - timedelta(hours=3), timezone.now() - timedelta(hours=1)
    meeting.save()
    people = dict(zip(meeting.attendees.order_by("pk").values_list("pk", flat=True), presences, strict=False))
    decisions = [{"id": None, "text": "Écrire aux maires", "owner": "Basile", "due_on": date(2027, 4, 1)},
                 {"id": None, "text": "Relancer", "owner": "", "due_on": None}]  # fmt: skip
    return actions.hold(meeting=meeting, by=octave, minutes="Bien.", presences=people, decisions=decisions)


def test_a_meeting_to_come_has_no_minutes_yet(meeting, octave):
    with pytest.raises(Denied, match="pas encore eu lieu"):
        actions.hold(meeting=meeting, by=octave, minutes="x", presences={}, decisions=[])


def test_the_quorum_counts_organisations_and_not_people(meeting, octave):
    Attendee.objects.create(meeting=meeting, organisation=octave.organisation, name="Octave", presence="present")
    held(meeting, octave, Presence.PRESENT, Presence.EXCUSED)
    told = queries.quorum(Meeting.objects.get(pk=meeting.pk))
    assert (told.came, told.reached) == (1, False)
    assert told.words == "1\u00a0organisation présente sur 2 requises\u00a0: quorum non atteint"
    held(meeting, octave, Presence.PRESENT, Presence.REMOTE)
    assert queries.quorum(Meeting.objects.get(pk=meeting.pk)).reached


def test_a_meeting_to_come_says_nothing_of_its_quorum_but_how_many_it_takes(meeting, octave):
    assert queries.quorum(meeting).words == "Pas encore tenue, quorum de 2\u00a0organisations"
    meeting.quorum = None
    assert queries.quorum(meeting).words == "Pas encore tenue"
    meeting.starts_at = timezone.now() - timedelta(minutes=5)
    assert queries.quorum(meeting).words == "Relevé à écrire"


def test_a_call_to_nobody_says_so_on_the_page_and_offers_what_to_do(cast, client, visit_as, in_review, octave):
    row = prepared(in_review, octave)
    where = f"/pacte/{in_review.slug}/instances/{row.pk}/"
    page = visit_as(cast.octave, where)
    assert "Aucun participant n’a d’adresse électronique" in page.text
    assert {f"{where}participants/", f"{where}reunion.ics"} <= set(page.links)
    answer = as_user(client, cast.octave).post(f"{where}convoquer/")
    assert answer.status_code == 409
    assert "Aucun participant n’a d’adresse électronique" in answer.content.decode()
    one, *_ = row.attendees.order_by("pk")
    one.email = "rose@exemple.fr"
    one.save()
    page = visit_as(cast.octave, where)
    assert "À prévenir autrement" in page.text
    assert as_user(client, cast.octave).post(f"{where}convoquer/").status_code == 302
    assert "envoyée à 1" in visit_as(cast.octave, where).text


def test_decisions_are_followed_until_done(meeting, octave, in_review):
    held(meeting, octave)
    first, second = queries.open_decisions(octave, in_review)
    assert (first.text, second.due_on) == ("Écrire aux maires", None)
    assert queries.is_late(first, date(2027, 4, 2))
    assert not queries.is_late(first, date(2027, 4, 1))
    actions.follow(decision=first, by=octave, done_on=date(2027, 4, 1))
    assert list(queries.open_decisions(octave, in_review)) == [second]


def test_a_held_meeting_is_no_longer_changed(meeting, octave):
    held(meeting, octave)
    with pytest.raises(Denied, match="ne change plus"):
        actions.write(meeting=meeting, by=octave, values={"place": "x"})


def test_either_officer_may_call_and_no_stranger(meeting, basile, luc, etienne):
    actions.write(meeting=meeting, by=basile, values={"place": "Liévin"})
    with pytest.raises(Denied, match="rôle"):
        actions.write(meeting=meeting, by=luc, values={"place": "x"})
    with pytest.raises(Denied, match="pas partie"):
        actions.write(meeting=meeting, by=etienne, values={"place": "x"})


def test_the_pages_hold_from_preparation_to_follow_up(cast, client, visit_as, in_review):
    here = f"/pacte/{in_review.slug}/instances/"
    as_user(client, cast.octave)
    data = {
        "instance": "cotech",
        "day": "2027-03-02",
        "hour": "14:00",
        "minutes": "90",
        "agenda": "Point",
        "quorum": "",
    }
    where = client.post(f"{here}nouvelle/", data)["Location"]
    row = Meeting.objects.get()
    assert timezone.localtime(row.starts_at).hour == 14
    for page in (here, where, f"{where}participants/", f"{where}releve/", f"{where}changer/"):
        visit_as(cast.octave, page)
        visit_as(cast.etienne, page, status=404)
    visit_as(cast.luc, where)
    as_user(client, cast.octave)
    assert client.get(f"{where}reunion.ics").content.startswith(b"BEGIN:VCALENDAR")
    wrong = client.post(f"{here}nouvelle/", {**data, "day": "", "agenda": "Gardé"})
    assert wrong.status_code == 422
    assert "Gardé" in wrong.content.decode()
    row.starts_at, row.ends_at = timezone.now() - timedelta(hours=2), timezone.now()
    row.save()
    lines = {"decisions-TOTAL_FORMS": 1, "decisions-INITIAL_FORMS": 0, "decisions-0-text": "Écrire"}
    one = row.attendees.first()
    assert (
        client.post(f"{where}releve/", {"minutes": "Dit.", f"presence-{one.pk}": "present", **lines}).status_code == 302
    )
    one.refresh_from_db()
    assert one.presence == "present"
    decision = row.decisions.get()
    visit_as(cast.octave, here)
    as_user(client, cast.octave)
    for _ in range(2):  # from two pages opened before
        client.post(f"{here}decisions/{decision.pk}/")
        decision.refresh_from_db()
        assert decision.done_on == timezone.localdate()
