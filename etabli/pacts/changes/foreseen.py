"""A convention as its signed amendments make it by a day to come, before they apply: for the text that follows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from etabli.accounts.models import Organisation
from etabli.pacts import access
from etabli.pacts.changes.difference import targets_of
from etabli.pacts.documents.snapshot import Content
from etabli.pacts.models import Amendment, Convention, Party
from etabli.pacts.workflow import OVER, AmendmentState, State
from etabli.registry.models import Perimeter
from etabli.ui import french


@dataclass(frozen=True)
class Seat:
    """A party of then, not saved: `left_on` is known for those whose last day is already written."""

    organisation: Organisation
    role: str
    signatory_name: str
    signatory_title: str
    left_on: date | None = None


@dataclass(frozen=True)
class Foreseen:
    """What reads on a day. `amendments`: those signed that do not apply yet, told in this reading.

    `targets`: objective id and year → value, of these amendments alone.
    """

    starts_on: date
    ends_on: date
    perimeter: Perimeter
    clauses: str
    seats: tuple[Seat, ...]
    targets: Mapping[tuple[int, int], Decimal]
    amendments: tuple[Amendment, ...] = ()


def signed_ahead(convention: Convention, day: date | None = None) -> list[Amendment]:
    """Amendments signed that do not apply yet, in their order; with `day`, those that will by then; none once over."""
    if State(convention.state) in OVER:
        return []
    rows = convention.amendments.filter(state=AmendmentState.SIGNED).select_related("perimeter").order_by("number")
    return list(rows if day is None else rows.filter(effective_on__lte=day))


def foreseen(convention: Convention, day: date) -> Foreseen:
    """The convention as it will read on a day, by what is signed: each amendment is written on the one before."""
    ahead = signed_ahead(convention, day)
    if not ahead:
        seats = tuple(map(_seat, access.parties_of(convention).exclude(left_on__lte=day)))
        return Foreseen(
            convention.starts_on, convention.ends_on, convention.perimeter, convention.clauses, seats, targets={}
        )
    content = _said(ahead[-1])
    head = content["convention"]
    return Foreseen(
        starts_on=date.fromisoformat(head["starts_on"]), ends_on=date.fromisoformat(head["ends_on"]),
        perimeter=next((one.perimeter for one in reversed(ahead) if one.perimeter), convention.perimeter),
        clauses=head["clauses"], seats=tuple(_seats(convention, content)),
        targets={(pk, int(year)): Decimal(value) for (pk, year), (_, value) in targets_of(content).items()},
        amendments=tuple(ahead),
    )  # fmt: skip


def _said(amendment: Amendment) -> Content:
    content: Content = amendment.versions.order_by("-number")[0].content
    return content


def _seat(party: Party) -> Seat:
    return Seat(party.organisation, party.role, party.signatory_name, party.signatory_title, party.left_on)


def _seats(convention: Convention, content: Content) -> list[Seat]:
    rows = convention.parties.select_related("organisation").order_by("pk")
    named = {row["siren"]: row for row in content["parties"]}
    return [
        Seat(party.organisation, row["role"], row["signatory_name"], row["signatory_title"])
        for party in rows
        if (row := named.get(party.organisation.siren))
    ]


def departures(convention: Convention) -> dict[int, date]:
    """Organisation → its last day as a party, passed or signed to come; who never was one yet has none."""
    rows = list(convention.parties.select_related("organisation"))
    gone = {one.organisation_id: one.left_on for one in rows if one.left_on}
    for amendment in signed_ahead(convention):
        named = {row["siren"] for row in _said(amendment)["parties"]}
        for one in rows:
            if one.organisation.siren in named:
                gone.pop(one.organisation_id, None)
            elif one.left_on is None and not one.called:
                gone.setdefault(one.organisation_id, amendment.effective_on)
    return gone


def told(amendments: Sequence[Amendment]) -> str:
    """« L’avenant n° 1, applicable à compter du 1er janvier 2020, et l’avenant n° 2, … »."""
    return french.capitalised(french.enumeration([
        f"l’avenant n°\u00a0{one.number}, applicable à compter du {french.long_date(one.effective_on)}"
        for one in amendments
    ]))  # fmt: skip


def announced(amendments: Sequence[Amendment], what_follows: str) -> str:
    """« L’avenant n° 1, applicable à compter du …, est signé et pas encore en vigueur. » then the rest."""
    many = "sont signés et pas encore" if len(amendments) > 1 else "est signé et pas encore"
    return f"{told(amendments)}, {many} en vigueur. {what_follows}" if amendments else ""
