"""The one way to ask whether somebody may, and the refusal that reaches the screen."""

from dataclasses import dataclass

from etabli.accounts.models import Organisation, User
from etabli.accounts.roles import PERMISSIONS, Permission, Role


class Denied(Exception):
    """Somebody may not do this; the message says why and who can lift it, in French."""

    @property
    def reason(self) -> str:
        """The sentence to show."""
        return str(self.args[0])


@dataclass(frozen=True)
class Reader:
    """Who asks: a person, the organisation they act for now, and the roles they hold there today."""

    user: User
    organisation: Organisation
    roles: frozenset[Role]

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles gives it."""
        return any(permission in PERMISSIONS[role] for role in self.roles)

    def check(self, permission: Permission, refusal: str) -> None:
        """Raise Denied with the French sentence unless one of the roles gives it."""
        if not self.may(permission):
            raise Denied(refusal)
