"""Reads: whom a duty concerns, and the alerts of a page for one reader."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from etabli.accounts.models import OrganisationSuccession, User
from etabli.accounts.policies import Reader
from etabli.accounts.queries import current_memberships
from etabli.accounts.roles import PERMISSIONS
from etabli.notices.queries import preferences
from etabli.pacts.duties.duty import Duty
from etabli.pacts.duties.rules import duties
from etabli.pacts.models import Convention, PartyRole


def concerned(duty: Duty, on: date) -> QuerySet[User]:
    """Members who hold the permission in the organisations of a duty, or in those that succeeded them."""
    roles = [role.value for role, may in PERMISSIONS.items() if duty.permission in may]
    held = current_memberships(on).filter(organisation_id__in=heirs(_organisations(duty), on), role__in=roles)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def _organisations(duty: Duty) -> set[int]:
    if duty.parties:
        return set(duty.parties)
    pilots = duty.convention.parties.filter(role=PartyRole.PILOT)
    return set(pilots.values_list("organisation_id", flat=True))


def heirs(organisations: Iterable[int], on: date) -> set[int]:
    """These organisations and, step by step, whoever succeeded them by that day."""
    found = set(organisations)
    pairs = list(OrganisationSuccession.objects.filter(on__lte=on).values_list("predecessor_id", "successor_id"))
    while fresh := {after for before, after in pairs if before in found} - found:
        found |= fresh
    return found


def alerts(reader: Reader, convention: Convention, on: date) -> list[Duty]:
    """What the page of a convention tells this reader, by their own switches, the most pressing first."""
    wanted = preferences(reader.user)
    return [
        duty for duty in duties(convention, on) if wanted[duty.kind][0] and _is_for(reader, duty, on)
    ]  # fmt: skip


def _is_for(reader: Reader, duty: Duty, on: date) -> bool:
    return reader.may(duty.permission) and reader.organisation.pk in heirs(_organisations(duty), on)
