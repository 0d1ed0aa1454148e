"""Reads of the journal, scoped to the reader's organisation and to those that it succeeded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import timezone

from etabli.accounts.models import User
from etabli.accounts.policies import Reader
from etabli.audit.models import Event, Reading
from etabli.pacts.journal.forms import JournalFilter
from etabli.pacts.journal.names import Names, names_of
from etabli.pacts.journal.values import model_of, told
from etabli.pacts.journal.wording import said
from etabli.papers.sheets import Column, Sheet
from etabli.ui import french

PER_PAGE = 50
MOST_ROWS = 100_000  # in a file
MACHINE = "l’application"


@dataclass(frozen=True)
class Line:
    """When, « Octave Petit », « a changé un objectif », what it is about, « montant : 10 → 20 »."""

    at: datetime
    who: str
    what: str
    about: str
    changes: tuple[str, ...] = ()


def events(reader: Reader, asked: JournalFilter) -> QuerySet[Event]:
    """What was changed for the organisation, the last first."""
    rows = Event.objects.filter(organisation_id__in=reader.organisation_ids, **asked.conditions("actor_id"))
    verbs = asked.verbs()
    return (rows.filter(verb__in=verbs) if verbs else rows).order_by("-at", "-pk")


def readings(reader: Reader, asked: JournalFilter) -> QuerySet[Reading]:
    """The rows naming firms that its members opened, the last first."""
    rows = Reading.objects.filter(organisation_id__in=reader.organisation_ids, **asked.conditions("reader_id"))
    return rows.order_by("-at", "-pk")


def event_lines(rows: Iterable[Event]) -> list[Line]:
    """Events ready to print: one query for the people, one for each kind of object that has a name."""
    found = list(rows)
    people = _people(row.actor_id for row in found)
    names = names_of(found)
    return [
        Line(
            row.at, people.get(row.actor_id, MACHINE) if row.actor_id else MACHINE, said(row.verb),
            _about(row, names), tuple(told(row, names)),
        )
        for row in found
    ]  # fmt: skip


def reading_lines(rows: Iterable[Reading]) -> list[Line]:
    """Readings ready to print."""
    found = list(rows)
    people = _people(row.reader_id for row in found)
    return [
        Line(
            row.at, people.get(row.reader_id, "compte supprimé"),
            f"a lu {french.counted(row.rows, 'ligne nominative', 'lignes nominatives')}", row.purpose,
        )
        for row in found
    ]  # fmt: skip


def page(reader: Reader, asked: JournalFilter, number: str) -> tuple[Page[Any], list[Line]]:
    """One page of the list, the nearest one for a number out of range, and its lines."""
    if asked.readings:
        read = Paginator(readings(reader, asked), PER_PAGE).get_page(number)
        return read, reading_lines(read.object_list)
    done = Paginator(events(reader, asked), PER_PAGE).get_page(number)
    return done, event_lines(done.object_list)


def sheet(reader: Reader, asked: JournalFilter) -> Sheet:
    """The whole list as a table."""
    if asked.readings:
        title, lines = "Lectures", reading_lines(readings(reader, asked)[:MOST_ROWS])
    else:
        title, lines = "Changements", event_lines(events(reader, asked)[:MOST_ROWS])
    heads = ("Jour", "Heure", "Qui", "Quoi", "Objet", "Avant et après")
    rows = tuple(
        (local.date(), f"{local:%H:%M}", line.who, line.what, line.about, " ; ".join(line.changes))
        for line in lines
        for local in (timezone.localtime(line.at),)
    )
    notes = (f"Journal de {reader.organisation.name}.",)
    return Sheet(title, tuple(Column(head) for head in heads), rows, notes, source=reader.organisation.short_name)


def _people(pks: Iterable[int | None]) -> dict[int, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in={pk for pk in pks if pk})}


def _noun(kind: str) -> str:
    model = model_of(kind)
    return str(model._meta.verbose_name) if model else kind


def _about(row: Event, names: Names) -> str:
    """« convention : Pacte de Lens (n° 12) », « acte n° 12 »: who is helped is never named."""
    noun, number = _noun(row.object_kind), f"n°\u00a0{row.object_id}"
    name = names.get(row.object_kind, {}).get(row.object_id)
    return f"{noun}\u00a0: {name} ({number})" if name else f"{noun} {number}"
