"""Invitations that calendars understand: one identity a meeting, a revision that grows, a cancellation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Conference, Event, vCalAddress, vText

PARIS = ZoneInfo("Europe/Paris")
TYPE = "text/calendar"


@dataclass(frozen=True)
class Appointment:
    """What is put in a calendar. `people` are (name, address) pairs; times carry their zone."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    stamped_at: datetime
    text: str = ""
    place: str = ""
    video: str = ""
    organiser: tuple[str, str] = ("", "")
    people: Sequence[tuple[str, str]] = ()
    cancelled: bool = False


def ics(appointment: Appointment) -> bytes:
    """The file: METHOD:REQUEST, or CANCEL."""
    calendar = Calendar()
    calendar.add("prodid", "-//Etabli//Reunions//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if appointment.cancelled else "REQUEST")
    calendar.add_component(_event(appointment))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(one: Appointment) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("summary", one.title)
    event.add("dtstart", one.starts_at.astimezone(PARIS))
    event.add("dtend", one.ends_at.astimezone(PARIS))
    event.add("dtstamp", one.stamped_at)
    if one.text:
        event.add("description", one.text)
    if one.place:
        event.add("location", one.place)
    if one.video:
        event.conferences = [Conference(one.video, feature="VIDEO", label="Visioconférence")]
    if one.organiser[1]:
        event.add("organizer", _person(*one.organiser))
    for name, address in one.people:
        person = _person(name, address)
        person.params["ROLE"] = vText("REQ-PARTICIPANT")
        person.params["RSVP"] = vText("TRUE")
        event.add("attendee", person, encode=False)
    return event


def _person(name: str, address: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    if name:
        person.params["CN"] = vText(name)
    return person
