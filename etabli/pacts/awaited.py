"""Whom a report waits for."""

from etabli.pacts.models import Party, Report


def waiting_parties(report: Report) -> list[Party]:
    """The parties, not gone, that have not validated the present reading."""
    last = report.moves.order_by("-pk").first()
    agreed = last.agreements.values_list("party_id", flat=True) if last else []
    parties = report.convention.parties.filter(left_on__isnull=True, called=False).exclude(pk__in=list(agreed))
    return list(parties.select_related("organisation").order_by("pk"))
