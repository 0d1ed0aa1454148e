"""The one way to ask whether somebody may, and the refusal that reaches the screen."""

from dataclasses import dataclass

from etabli.accounts.models import Organisation, User
from etabli.accounts.roles import PERMISSIONS, Permission, Role
from etabli.ui import french


class Denied(Exception):
    """Somebody may not do this; the message says why and who can lift it, in French."""

    @property
    def reason(self) -> str:
        """The sentence to show."""
        return str(self.args[0])


class WithoutOrganisation(Denied):
    """A person with an account and no role anywhere today."""


@dataclass(frozen=True)
class Reader:
    """Who asks: a person, the organisation they act for now, and the roles they hold there today.

    `inherited` are the organisations that this one succeeded: what was theirs is its own to see and to continue.
    """

    user: User
    organisation: Organisation
    roles: frozenset[Role]
    inherited: frozenset[int] = frozenset()

    @property
    def organisation_ids(self) -> frozenset[int]:
        """The organisation and those it took over from: what lists are scoped by."""
        return self.inherited | {self.organisation.pk}

    def holds(self, organisation_id: int | None) -> bool:
        """Whether what belongs to that organisation is the reader's own organisation's today."""
        return organisation_id in self.organisation_ids

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles gives it."""
        return any(permission in PERMISSIONS[role] for role in self.roles)

    def check(self, permission: Permission, refusal: str) -> None:
        """Raise Denied with the French sentence unless one of the roles gives it."""
        if not self.may(permission):
            raise Denied(refusal)


def check_may_enter(reader: Reader, permissions: tuple[Permission, ...]) -> None:
    """Raise Denied unless the reader has one of the permissions; none asked: every member enters."""
    if not permissions or any(reader.may(permission) for permission in permissions):
        return
    givers = [role.label for role in Role if PERMISSIONS[role] & set(permissions)]
    raise Denied(
        f"Pour cette page, il faut pouvoir {permissions[0].label}. Dans {reader.organisation}, vous êtes\u00a0: "
        f"{french.enumeration(sorted(role.label for role in reader.roles))}. "
        f"Ce droit vient avec un de ces rôles\u00a0: "
        f"{french.enumeration(givers)}. Un administrateur de l’organisation peut vous le donner."
    )
