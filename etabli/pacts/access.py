"""Which conventions a reader may see, for which of its parties they act, and until which day they read its news."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from etabli.accounts import queries
from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Role
from etabli.pacts.models import Amendment, Convention, Party, PartyRole
from etabli.pacts.workflow import AmendmentState, State

Row = TypeVar("Row", bound=Model)
WAITING = [AmendmentState.TO_SIGN, AmendmentState.SIGNED]  # for a signature, or for its day


def visible(reader: Reader) -> QuerySet[Convention]:
    """Conventions of the reader's organisation and of those it succeeded; a draft is its pilot's alone."""
    named = Q(pk__in=_called_in(reader))
    ours = Party.objects.filter(Q(called=False) | named, organisation_id__in=reader.organisation_ids)
    pilots = ours.filter(role=PartyRole.PILOT)
    return Convention.objects.filter(
        Q(pk__in=pilots.values("convention")) | Q(pk__in=ours.values("convention")) & ~Q(state=State.DRAFT)
    ).select_related("perimeter", "framework")


def _called_in(reader: Reader) -> list[int]:
    """Parties that never were one, whom an amendment that waits names: any other amendment is none of their business.

    A signature keeps such a party after its own amendment is abandoned.
    """
    called = Party.objects.filter(called=True, organisation_id__in=reader.organisation_ids)
    rows = list(called.values_list("pk", "convention_id", "organisation__siren"))
    named = _named({convention for _, convention, _ in rows})
    return [pk for pk, convention, siren in rows if siren in named.get(convention, ())]


def _named(conventions: Collection[int]) -> dict[int, set[str]]:
    """By convention, the SIRENs in an amendment that waits, for a signature or for its day; no query for none."""
    rows = Amendment.objects.filter(convention__in=conventions, state__in=WAITING)
    found: dict[int, set[str]] = {}
    for convention, parties in rows.values_list("convention_id", "proposed__parties"):
        found.setdefault(convention, set()).update(row["siren"] for row in parties)
    return found


def convention_or_404(reader: Reader, slug: str) -> Convention:
    """The convention of an address. Hidden and absent are the same, but to who may see it for another organisation."""
    found = visible(reader).filter(slug=slug).first()
    if found is None:
        elsewhere = next((one for one in _otherwise(reader) if visible(one).filter(slug=slug).exists()), None)
        if elsewhere is None:
            raise Http404
        raise Denied(
            f"Vous agissez pour {reader.organisation}. Cette page est celle d’un pacte de {elsewhere.organisation}, où "
            "vous avez aussi un rôle\u00a0: choisissez cette organisation à côté de votre nom, puis rouvrez la page."
        )
    return found


def _otherwise(reader: Reader) -> Iterator[Reader]:
    """The same person for each other organisation where they hold a role today."""
    held = queries.memberships_of(reader.user)
    for other in {one.organisation_id: one.organisation for one in held}.values():
        if other != reader.organisation:
            roles = frozenset(Role(one.role) for one in held if one.organisation_id == other.pk)
            yield Reader(reader.user, other, roles, queries.inherited_by(other))


def parties_of(convention: Convention) -> QuerySet[Party]:
    """Those who signed, or will sign the first text: whoever waits for an amendment to sign is not a party yet."""
    return convention.parties.filter(called=False).select_related("organisation").order_by("pk")


def acting_parties(reader: Reader, convention: Convention) -> list[Party]:
    """Parties of today for which the reader's organisation acts: who left, or has not signed yet, does nothing here."""
    today, own = timezone.localdate(), own_parties(reader, convention)
    return [one for one in own if not one.called and (one.left_on is None or one.left_on > today)]


def left_on(reader: Reader, convention: Convention) -> date | None:
    """The last day of the reader's organisation as a party, once it has passed; None as long as it is one.

    What was there that day stays readable; what is counted, written or frozen later is no longer theirs to read.
    Whoever comes in, or comes back, by an amendment to sign reads like a party.
    """
    return last_days(reader, [convention]).get(convention.pk)


def last_days(reader: Reader, conventions: Iterable[Convention]) -> dict[int, date]:
    """`left_on` of many conventions, without those that it is None for; a list fetches their parties beforehand."""
    gone, sirens = {}, {}
    for convention in conventions:
        own = [one for one in convention.parties.all() if one.organisation_id in reader.organisation_ids]
        days = [one.left_on for one in own if not one.called]
        passed = [day for day in days if day is not None]
        if days and len(passed) == len(days) and max(passed) < timezone.localdate():
            gone[convention.pk] = max(passed)
            sirens[convention.pk] = {one.organisation.siren for one in own}
    named = _named(list(gone))
    return {pk: day for pk, day in gone.items() if sirens[pk].isdisjoint(named.get(pk, ()))}


def known_to(reader: Reader, convention: Convention, rows: QuerySet[Row], moment: str) -> QuerySet[Row]:
    """Of the rows of a convention, those of no later day than the reader's last one: `known_to(…, "made_at__date")`."""
    left = left_on(reader, convention)
    return rows if left is None else rows.filter(**{f"{moment}__lte": left})


def own_parties(reader: Reader, convention: Convention) -> list[Party]:
    """Parties the reader's organisation is, or took over from."""
    parties = convention.parties.select_related("organisation").filter(organisation_id__in=reader.organisation_ids)
    return list(parties.order_by("pk"))


def pilot_of(convention: Convention) -> int | None:
    """The organisation in whose journal stands what the machine does of a convention."""
    pilots = convention.parties.filter(role=PartyRole.PILOT).order_by("pk")
    return pilots.values_list("organisation_id", flat=True).first()


def is_pilot(reader: Reader, convention: Convention) -> bool:
    """Whether the reader acts for the pilot; a list fetches the parties of all its conventions beforehand."""
    pilots = {party.organisation_id for party in convention.parties.all() if party.role == PartyRole.PILOT}
    return not pilots.isdisjoint(reader.organisation_ids)
