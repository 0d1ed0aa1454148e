"""The accounts of the demonstration: invented people, one at least for each role, at addresses that cannot exist.

They have one password, which is printed. It works in the demonstration only: see `accounts.entrance.hashers`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from etabli.accounts.roles import Role

DOMAIN = "demo.etabli.example"
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
    Person("Inès", "Caron", (("fournil", R.PROJECT_HOLDER),)),
    Person("Bruno", "Tissot", (("commune", R.PUBLIC_BUYER),)),
    Person("Sylvette", "Morel", (("college", R.CANTEEN_MANAGER),)),
    Person("Émile", "Vasseur", (("cooperative", R.SOCIAL_ECONOMY),)),
    Person("Jade", "Lefort", (("college", R.YOUNG_PERSON),)),
)  # fmt: skip


def by_role() -> Iterator[tuple[Role, Person, tuple[str, ...]]]:
    """Every account that holds a role today, in the order of `Role`, with the keys of the organisations."""
    today = [person for person in PEOPLE if person.until is None]
    for role in Role:
        for person in today:
            keys = tuple(key for key, held in person.roles if held is role)
            if keys:
                yield role, person, keys
