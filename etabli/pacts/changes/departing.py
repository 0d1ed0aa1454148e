"""Who leaves a framework stays a party of its yearly conventions, signed apart, until an amendment says so."""

from dataclasses import dataclass
from datetime import date

from etabli.pacts.changes.foreseen import departures
from etabli.pacts.models import Convention, Party
from etabli.pacts.workflow import OVER, AmendmentState, State

WAITING = [AmendmentState.DRAFT, AmendmentState.TO_SIGN, AmendmentState.SIGNED]


@dataclass(frozen=True)
class Departing:
    """A party of a yearly convention, and its last day in the framework, passed or signed to come."""

    party: Party
    left_on: date


def departing(convention: Convention) -> list[Departing]:
    """The parties of a yearly convention that leave its framework before its end, and that no amendment takes out."""
    over = State(convention.state) in OVER | {State.EXPIRED}
    gone = departures(convention.framework) if convention.framework and not over else {}
    if not gone:
        return []
    waiting = list(convention.amendments.filter(state__in=WAITING))
    rows = convention.parties.filter(left_on=None, called=False, organisation__in=gone).select_related("organisation")
    return [
        Departing(party, gone[party.organisation_id])
        for party in rows.order_by("pk")
        if gone[party.organisation_id] < convention.ends_on
        and all(party.organisation.siren in _named(amendment.proposed) for amendment in waiting)
    ]


def _named(content: dict[str, list[dict[str, str]]]) -> set[str]:
    return {row["siren"] for row in content["parties"]}
