"""People, the organisations they act for, and in which role."""

from etabli.accounts.models.membership import Invitation, Membership
from etabli.accounts.models.organisation import Organisation, OrganisationKind, OrganisationSuccession
from etabli.accounts.models.user import User, UserManager

__all__ = [
    "Invitation",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "OrganisationSuccession",
    "User",
    "UserManager",
]
