"""The accounts of the demonstration: invented people, one at least for each role, at addresses that cannot exist.

They have one password, which is printed. It works in the demonstration only: see `accounts.entrance.hashers`.
"""

from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress

from etabli.accounts import queries
from etabli.accounts.models import Membership, Organisation, User
from etabli.accounts.policies import Reader
from etabli.accounts.roles import Role

DOMAIN = "demo.etabli.example"
PASSWORD = "etabli-demonstration"  # noqa: S105 - printed by ./run demo, and of no use elsewhere
SINCE = date(2012, 1, 1)
R = Role


@dataclass(frozen=True)
class Person:
    """One account: first name (the address), last name, and the role held in each organisation."""

    first: str
    last: str
    roles: tuple[tuple[str, Role], ...]
    until: date | None = None

    @property
    def email(self) -> str:
        """The address of the account."""
        plain = self.first.lower().translate(str.maketrans("éèëïç", "eeeic"))
        return f"{plain}@{DOMAIN}"


PEOPLE = (
    Person("Octave", "Petit", (("cma-npdc", R.PACT_OFFICER), ("cmar-paca", R.PACT_OFFICER),
                               ("cma-grand-est", R.PACT_OFFICER))),
    Person("Alice", "Martin", (("cma-npdc", R.ADVISER),)),
    Person("Diane", "Roche", (("cma-npdc", R.DEVELOPER),)),
    Person("Damien", "Garcin", (("cmar-paca", R.DEVELOPER),)),
    Person("Perrine", "Mayol", (("cmar-paca", R.ADVISER),)),
    Person("Greta", "Weiss", (("cma-grand-est", R.ADVISER),)),
    Person("Luc", "Bernard", (("call", R.ELECTED),)),
    Person("Basile", "Noël", (("call", R.PACT_OFFICER),)),
    Person("Maïa", "Santini", (("metropole", R.PACT_OFFICER),)),
    Person("Paul", "Estève", (("aubagne", R.PACT_OFFICER),), until=date(2016, 1, 1)),
    Person("Roman", "Klein", (("region-grand-est", R.PACT_OFFICER),)),
    Person("Nadia", "Delattre", (("pas-de-calais", R.PACT_OFFICER),)),
    Person("Gaël", "Lenoir", (("cma-grand-est", R.GRANT_OFFICER),)),
    Person("Fanny", "Dubois", (("call", R.FINANCE),)),
    Person("Coline", "Reboul", (("cmar-paca", R.COMMUNICATION),)),
    Person("Hugo", "Lambert", (("cma-npdc", R.EVENT_HOST),)),
    Person("Éva", "Marchand", (("cma-npdc", R.EVALUATOR),)),
    Person("Denis", "Carpentier", (("cma-npdc", R.DPO),)),
    Person("Adèle", "Vidal", (("cma-npdc", R.ADMINISTRATOR), ("cmar-paca", R.ADMINISTRATOR),
                              ("cma-grand-est", R.ADMINISTRATOR))),
    Person("Marius", "Fabre", (("atelier", R.ARTISAN),)),
    Person("Inès", "Caron", (("cma-npdc", R.PROJECT_HOLDER),)),
    Person("Bruno", "Tissot", (("commune", R.PUBLIC_BUYER),)),
    Person("Sylvette", "Morel", (("commune", R.CANTEEN_MANAGER),)),
    Person("Émile", "Vasseur", (("cooperative", R.SOCIAL_ECONOMY),)),
    Person("Jade", "Lefort", (("cma-npdc", R.YOUNG_PERSON),)),
)  # fmt: skip


def gather(organisations: dict[str, Organisation]) -> dict[str, User]:
    """Every person by first name, their roles held since 2012; made when they are not there yet."""
    return {person.first: _made(person, organisations) for person in PEOPLE}


def _made(person: Person, organisations: dict[str, Organisation]) -> User:
    found = User.objects.filter(email=person.email).first()
    if found is not None:
        return found
    user = User.objects.create_user(person.email, PASSWORD, name=f"{person.first} {person.last}")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    for key, role in person.roles:
        Membership.objects.create(
            user=user, organisation=organisations[key], role=role, starts_on=SINCE, ends_on=person.until
        )
    return user


def acting(user: User, organisation: Organisation) -> Reader:
    """Somebody who acts for one of their organisations, with the roles they hold there on the day of the clock."""
    held = [one for one in queries.memberships_of(user) if one.organisation_id == organisation.pk]
    roles = frozenset(Role(one.role) for one in held)
    return Reader(user, organisation, roles, queries.inherited_by(organisation))


def one_per_role() -> dict[Role, Person]:
    """The account to try each role with: the first one that holds it today."""
    found: dict[Role, Person] = {}
    for person in PEOPLE:
        for _, role in person.roles:
            if person.until is None:
                found.setdefault(role, person)
    return {role: found[role] for role in Role}
