"""Reads of a cross-reading: who agreed, in person or on paper."""

from django.utils import timezone

from etabli.pacts.models import Report, ReportAgreement, ReportMove
from etabli.pacts.workflow import ReportState
from etabli.ui import french


def last_reading(report: Report) -> ReportMove | None:
    """The last time that the report was given to read."""
    return report.moves.filter(state=ReportState.CROSS_READING).order_by("-pk").first()


def agreements_of(report: Report) -> list[tuple[ReportAgreement, str]]:
    """Agreements of every reading with their sentence, the last reading first; one of a former reading says so."""
    last = last_reading(report)
    rows = ReportAgreement.objects.filter(move__report=report).order_by("-move", "pk")
    rows = rows.select_related("party__organisation", "by", "document")
    return [(one, sentence(one, former=last is None or one.move_id != last.pk)) for one in rows]


def sentence(one: ReportAgreement, *, former: bool = False) -> str:
    """« accord de CALL du 12 mars 2026, d’après le compte rendu, noté par Octave Petit »."""
    party, lost = one.party.organisation.short_name, " (relecture précédente, ne compte plus)" if former else ""
    if one.document is None:
        return f"Validé pour {party} le {french.long_date(timezone.localdate(one.at))} par {one.by}{lost}"
    return (
        f"Accord de {party} du {french.long_date(one.agreed_on)}, donné par {one.name}, {one.title}, d’après "
        f"{one.get_basis_display()}, noté par {one.by} le {french.long_date(timezone.localdate(one.at))}{lost}"
    )
