"""An agreement given on paper or in a meeting, noted by the pilot with the document that says it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from etabli.accounts.policies import Denied, Reader
from etabli.audit.actions import record
from etabli.pacts.models import Party, Report, ReportAgreement, ReportMove
from etabli.pacts.reports import policies, reading
from etabli.pacts.reports.actions import complete, locked
from etabli.pacts.reports.enclosures import stored
from etabli.papers import storage
from etabli.ui import french


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
            "by": [None, f"{made.name}, {made.title}"], "basis": [None, made.basis],
            "sha256": [None, made.document.sha256 if made.document else ""],
        },
    )  # fmt: skip
    complete(report, by)
    return made


def _check_day(move: ReportMove, agreed_on: date) -> None:
    given = timezone.localdate(move.at)
    if agreed_on < given:
        raise Denied(
            f"Ce texte a été soumis le {french.long_date(given)}\u00a0: un accord d’avant portait sur un autre. "
            "Écrivez le jour où celui-ci a été accepté."
        )
    if agreed_on > timezone.localdate():
        raise Denied("Le jour de l’accord est à venir\u00a0: notez-le une fois donné.")
