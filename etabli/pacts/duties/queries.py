"""Reads: whom a duty concerns, and the alerts of a page for one reader."""

from collections.abc import Iterable, Sequence
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
from etabli.pacts.objectives.standing import Register


def concerned(duty: Duty, on: date) -> QuerySet[User]:
    """Members who hold the permission in the organisations of a duty, or in those that succeeded them."""
    roles = [role.value for role, may in PERMISSIONS.items() if duty.permission in may]
    held = current_memberships(on).filter(organisation_id__in=heirs(_organisations(duty), on), role__in=roles)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def _organisations(duty: Duty) -> set[int]:
    return set(duty.parties) or _pilots(duty.convention)


def _pilots(convention: Convention) -> set[int]:
    return set(convention.parties.filter(role=PartyRole.PILOT).values_list("organisation_id", flat=True))


def heirs(organisations: Iterable[int], on: date) -> set[int]:
    """These organisations and, step by step, whoever succeeded them by that day."""
    return _reached(organisations, _successions(on))


def _successions(on: date) -> list[tuple[int, int]]:
    return list(OrganisationSuccession.objects.filter(on__lte=on).values_list("predecessor_id", "successor_id"))


def _reached(organisations: Iterable[int], pairs: Sequence[tuple[int, int]]) -> set[int]:
    found = set(organisations)
    while fresh := {after for before, after in pairs if before in found} - found:
        found |= fresh
    return found


def alerts(reader: Reader, convention: Convention, on: date, known: Register | None = None) -> list[Duty]:
    """What the pages of a convention tell this reader, by their own switches, the most pressing first.

    `known`: what the page counts its objectives with.
    """
    asked = duties(convention, on, known)
    if not asked:
        return []
    wanted, pilots, pairs = preferences(reader.user), _pilots(convention), _successions(on)
    return [
        duty for duty in asked
        if wanted[duty.kind][0] and reader.may(duty.permission)
        and reader.organisation.pk in _reached(duty.parties or pilots, pairs)
    ]  # fmt: skip
