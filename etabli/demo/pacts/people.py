"""The people of `accounts`, written into the database, and how they act."""

from datetime import timedelta

from allauth.account.models import EmailAddress

from etabli.accounts import queries
from etabli.accounts.entrance.hashers import PASSWORD
from etabli.accounts.models import Membership, Organisation, User
from etabli.accounts.policies import Reader
from etabli.accounts.roles import Role
from etabli.demo.pacts.accounts import PEOPLE, SINCE, Person


def gather(organisations: dict[str, Organisation]) -> dict[str, User]:
    """Every person by first name, their roles held since 2012; made when they are not there yet."""
    return {person.first: _made(person, organisations) for person in PEOPLE}


def _made(person: Person, organisations: dict[str, Organisation]) -> User:
    found = User.objects.filter(email=person.email).first()
    if found is not None:
        return found
    user = User.objects.create_user(person.email, PASSWORD, name=f"{person.first} {person.last}")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    for rank, (key, role) in enumerate(person.roles):  # the first one is joined first: it opens after the login
        starts_on = SINCE + timedelta(days=rank)
        Membership.objects.create(
            user=user, organisation=organisations[key], role=role, starts_on=starts_on, ends_on=person.until
        )
    return user


def acting(user: User, organisation: Organisation) -> Reader:
    """Somebody who acts for one of their organisations, with the roles they hold there on the day of the clock."""
    held = [one for one in queries.memberships_of(user) if one.organisation_id == organisation.pk]
    roles = frozenset(Role(one.role) for one in held)
    return Reader(user, organisation, roles, queries.inherited_by(organisation))
