"""What the pages of accounts are given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from etabli.accounts.models import Invitation, JoinRequest, Membership, Organisation
from etabli.ui.menu import Entry


@dataclass(frozen=True)
class Choice:
    """Another organisation that the person may act for."""

    value: int
    label: str


@dataclass(frozen=True)
class Bar:
    """The head of the back office. Without organisation, its fields are empty.

    `lacks_factor`: a role asks for a second factor, and there is none. `lenient`: none is asked of anybody
    (demonstration).
    """

    name: str
    organisation: str
    roles: str
    others: tuple[Choice, ...]
    menu: list[Entry]
    lacks_factor: bool = False
    lenient: bool = False


@dataclass(frozen=True)
class Held:
    """A role of a member; `pk` is 0 when the reader may not end it."""

    pk: int
    label: str
    since: date


@dataclass(frozen=True)
class Member:
    """A person and the roles held in the organisation."""

    pk: int
    name: str
    email: str
    roles: tuple[Held, ...]


@dataclass(frozen=True)
class Waiting:
    """An invitation or a request that waits for an answer."""

    pk: int
    who: str
    what: str
    at: datetime
    late: bool = False


@dataclass(frozen=True)
class OrganisationPage:
    """An organisation as its members see it; `manages` says whether the reader may change it."""

    organisation: Organisation
    kind: str
    territory: str
    members: tuple[Member, ...]
    invitations: tuple[Waiting, ...]
    requests: tuple[Waiting, ...]
    successor: str
    manages: bool
    registers: bool


def members(held: Iterable[Membership], me: int, *, manages: bool) -> tuple[Member, ...]:
    """Roles sorted by person → people, each with theirs; one's own roles can always be ended."""
    found = []
    for user, roles in groupby(held, key=lambda role: role.user):
        ends = manages or user.pk == me
        mine = tuple(Held(role.pk if ends else 0, role.get_role_display(), role.starts_on) for role in roles)
        found.append(Member(user.pk, str(user), user.email, mine))
    return tuple(found)


def invited(invitations: Iterable[Invitation]) -> tuple[Waiting, ...]:
    """Invitations without answer; those that came too late are said so."""
    now = timezone.now()
    return tuple(
        Waiting(one.pk, one.email, one.get_role_display(), one.invited_at, late=one.expires_at <= now)
        for one in invitations
    )


def asking(requests: Iterable[JoinRequest]) -> tuple[Waiting, ...]:
    """Requests without answer."""
    return tuple(
        Waiting(one.pk, f"{one.user} ({one.user.email})", one.get_origin_display(), one.asked_at) for one in requests
    )
