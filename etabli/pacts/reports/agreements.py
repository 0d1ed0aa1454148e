"""An agreement given on paper or in a meeting, noted by the pilot with the document that says it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from etabli.accounts.policies import Denied, Reader
from etabli.audit.actions import record
from etabli.audit.models import Event
from etabli.pacts.models import Party, Photo, Quotation, Report, ReportAgreement, ReportMove, Section, SectionRemark
from etabli.pacts.reports import policies, reading
from etabli.pacts.reports.actions import complete, locked
from etabli.pacts.reports.enclosures import stored
from etabli.pacts.reports.texts import WRITTEN
from etabli.papers import storage
from etabli.ui import french

CHANGES = (WRITTEN, "report.quotation", "report.photo", "report.corrected")


@dataclass(frozen=True)
class Said:
    """Who agreed, on what day, and by what it is known (a `Basis`)."""

    name: str
    title: str
    agreed_on: date
    basis: str


@transaction.atomic
def note(*, report: Report, party: Party, by: Reader, said: Said, document: Any) -> ReportAgreement:
    """Keep what a party said of the present reading; the last one makes the report valid. Raises Denied, BadFile."""
    report = locked(report)
    policies.check_can_note_agreement(by, report, party)
    move = reading.last_reading(report)
    if move is None:
        raise Denied(policies.NOT_READ)
    _check_day(move, said.agreed_on)
    made = ReportAgreement(
        move=move, party=party, by=by.user, name=said.name.strip(), title=said.title.strip(),
        agreed_on=said.agreed_on, basis=said.basis, document=stored(document, by, storage.PAGES),
    )  # fmt: skip
    made.full_clean()
    made.save()
    record(
        by=by.user, verb="report.agreement_noted", about=report, organisation_id=by.organisation.pk,
        changes={
            "party": [None, party.organisation.siren], "agreed_on": [None, said.agreed_on.isoformat()],
            "basis": [None, made.basis],
            "sha256": [None, made.document.sha256 if made.document else ""],
        },
    )  # fmt: skip
    complete(report, by)
    return made


def settled_on(move: ReportMove) -> date:
    """Since when the text given to read says what it says: its freeze, its words and pictures, its last answer.

    The committee may agree to it before it is submitted here; to another text it has not agreed.
    """
    report = move.report
    written = Event.objects.none()
    for rows in (Section.objects.filter(report=report), Photo.objects.filter(section__report=report),
                 Quotation.objects.filter(section__report=report), report.figures.all()):  # fmt: skip
        ids = [str(pk) for pk in rows.values_list("pk", flat=True)]
        written |= Event.objects.filter(object_kind=rows.model._meta.label_lower, object_id__in=ids)
    answers = SectionRemark.objects.filter(section__report=report)
    moments = [
        report.frozen_at,
        written.filter(verb__in=CHANGES, at__lte=move.at).aggregate(last=Max("at"))["last"],
        answers.aggregate(last=Max("answered_at"))["last"],
    ]
    return max(timezone.localdate(moment) for moment in moments if moment)


def _check_day(move: ReportMove, agreed_on: date) -> None:
    settled = settled_on(move)
    if agreed_on < settled:
        raise Denied(
            f"Le texte soumis date du {french.long_date(settled)}\u00a0: un accord d’avant portait sur un autre. "
            "Faites-le confirmer sur celui-ci, puis écrivez le jour de cette confirmation, avec sa pièce."
        )
    if agreed_on > timezone.localdate():
        raise Denied("Le jour de l’accord est à venir\u00a0: notez-le une fois donné.")
