"""The people and organisations of the tests: who owns, who is a partner, who is a stranger."""

from dataclasses import dataclass, fields
from datetime import date

from allauth.account.models import EmailAddress
from django.test import Client

from etabli.accounts.models import Membership, Organisation, OrganisationKind, User
from etabli.accounts.roles import Role

SINCE = date(2016, 1, 1)


@dataclass(frozen=True)
class Cast:
    """The chamber runs the pact, the agglomération is its partner, the other chamber a stranger."""

    chamber: Organisation
    agglomeration: Organisation
    other_chamber: Organisation
    alice: User  # adviser of the chamber
    octave: User  # pact officer of the chamber
    diane: User  # territorial developer of the chamber
    adele: User  # administrator of the chamber
    luc: User  # elected member of the agglomération
    basile: User  # pact officer of the agglomération
    etienne: User  # pact officer of the other chamber
    zoe: User  # has an account, and no organisation

    @property
    def people(self) -> dict[str, User]:
        """Everybody, by first name."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.type is User}


def person(name: str, organisation: Organisation | None = None, *roles: Role) -> User:
    """A new account, and its roles there since 2016."""
    first = name.split(maxsplit=1)[0].lower().translate(str.maketrans("éèë", "eee"))
    user = User.objects.create_user(f"{first}@exemple.fr", name=name)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    for role in roles:
        Membership.objects.create(user=user, organisation=organisation, role=role, starts_on=SINCE)
    return user


def organisation(kind: OrganisationKind, name: str, short_name: str, siren: str, territory: str) -> Organisation:
    """A new organisation."""
    return Organisation.objects.create(kind=kind, name=name, short_name=short_name, siren=siren, territory=territory)


def gather() -> Cast:
    """Create everybody."""
    kinds = OrganisationKind
    chamber = organisation(
        kinds.CHAMBER, "Chambre de métiers et de l’artisanat Hauts-de-France", "CMA Hauts-de-France", "000000109",
        "region:32",
    )  # fmt: skip
    agglomeration = organisation(
        kinds.EPCI, "Communauté d’agglomération de Lens-Liévin", "CALL", "246200364", "epci:246200364"
    )
    other = organisation(
        kinds.CHAMBER, "Chambre de métiers et de l’artisanat Grand Est", "CMA Grand Est", "000000208", "region:44"
    )
    return Cast(
        chamber=chamber,
        agglomeration=agglomeration,
        other_chamber=other,
        alice=person("Alice Martin", chamber, Role.ADVISER),
        octave=person("Octave Petit", chamber, Role.PACT_OFFICER),
        diane=person("Diane Roche", chamber, Role.DEVELOPER),
        adele=person("Adèle Vidal", chamber, Role.ADMINISTRATOR),
        luc=person("Luc Bernard", agglomeration, Role.ELECTED),
        basile=person("Basile Noël", agglomeration, Role.PACT_OFFICER),
        etienne=person("Étienne Faure", other, Role.PACT_OFFICER),
        zoe=person("Zoé Blanc"),
    )


def as_user(client: Client, user: User) -> Client:
    """The same client, with that person logged in."""
    client.force_login(user)
    return client
