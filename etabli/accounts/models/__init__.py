"""People, the organisations they act for, and in which role."""

from etabli.accounts.models.identity import ExternalIdentity
from etabli.accounts.models.membership import Invitation, JoinRequest, Membership
from etabli.accounts.models.organisation import Organisation, OrganisationKind, OrganisationSuccession
from etabli.accounts.models.user import User, UserManager

__all__ = [
    "ExternalIdentity",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "OrganisationSuccession",
    "User",
    "UserManager",
]
