"""What is written of each axis, by people who may write at the same time: nobody's words are lost without a word.

Whoever writes says which text they had before their eyes; over another one they do not write, they read it first.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from etabli.accounts.models import User
from etabli.accounts.policies import Denied, Reader
from etabli.audit.actions import record
from etabli.audit.models import Event
from etabli.pacts.models import Report, Section
from etabli.pacts.reports import policies
from etabli.pacts.reports.actions import locked

WRITTEN = "report.written"


@dataclass(frozen=True)
class Typed:
    """A text, and the mark of the one that its author started from."""

    section: Section
    comment: str
    read: str


@dataclass(frozen=True)
class Stored:
    """The text kept of an axis. `overtaken`: somebody else wrote it over what was read; `by` and `at` say who and when.

    A text that came with a new freeze has neither.
    """

    comment: str
    overtaken: bool = False
    by: str = ""
    at: datetime | None = None


class Overtaken(Denied):
    """Somebody else wrote in the meantime; `stored` holds the text of every axis, by the number of its section."""

    def __init__(self, stored: dict[int, Stored]) -> None:
        super().__init__(
            "Ce texte a changé pendant que vous écriviez\u00a0: rien n’est enregistré. Les deux textes sont "
            "ci-dessous. Reprenez dans le vôtre ce qui doit rester, puis enregistrez de nouveau."
        )
        self.stored = stored


def mark(text: str) -> str:
    """Short fingerprint of a text; browsers end lines in their own way."""
    return hashlib.sha256(_plain(text).encode()).hexdigest()[:16]


def _plain(text: str) -> str:
    return "\n".join(text.strip().splitlines())


@transaction.atomic
def write(*, section: Section, by: Reader, comment: str) -> None:
    """The text of one axis, over the one that `section` was read with. Raises Denied, Overtaken."""
    write_all(report=section.report, by=by, typed=[Typed(section, comment, mark(section.comment))])


@transaction.atomic
def write_all(*, report: Report, by: Reader, typed: Sequence[Typed]) -> None:
    """The texts of several axes, or none of them; nothing is noted of those that stay. Raises Denied, Overtaken."""
    report = locked(report)
    policies.check_can_write(by, report)
    now = {one.pk: one for one in report.sections.all()}
    changed = [(now[one.section.pk], one) for one in typed if mark(one.comment) not in (one.read, _now(now, one))]
    lost = {section.pk for section, one in changed if one.read != mark(section.comment)}
    if lost:
        raise Overtaken({pk: _stored(one) if pk in lost else Stored(one.comment) for pk, one in now.items()})
    for section, one in changed:
        section.comment = _plain(one.comment)
        section.save(update_fields=["comment"])
        record(by=by.user, verb=WRITTEN, about=section, organisation_id=by.organisation.pk)


def _now(now: dict[int, Section], one: Typed) -> str:
    return mark(now[one.section.pk].comment)


def _stored(section: Section) -> Stored:
    """With its author of the journal."""
    events = Event.objects.filter(object_kind=section._meta.label_lower, object_id=str(section.pk), verb=WRITTEN)
    last = events.order_by("-pk").first()
    if last is None:
        return Stored(section.comment, overtaken=True)
    author = User.objects.filter(pk=last.actor_id or 0).first()
    return Stored(section.comment, overtaken=True, by=str(author or ""), at=last.at)
