"""The first page of people from outside: public pages, and what was done with one's own firm, nobody else's."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from etabli.accounts.models import Organisation, OrganisationKind, OrganisationSuccession, User
from etabli.accounts.roles import OUTSIDE, Role
from etabli.acts.kinds import ActKind, Confidentiality
from etabli.acts.models import Act
from etabli.registry.models import Beneficiary, BeneficiaryIdentity
from tests.etabli.cast import Cast, as_user, organisation, person
from tests.etabli.pacts import ground

HERE = "/accueil/"
SIREN = "552100554"
NOTHING = "Rien n’est encore noté à votre sujet"


@pytest.fixture
def firm(cast: Cast) -> Organisation:
    """A firm that the chamber registered."""
    made = organisation(OrganisationKind.FIRM, "Fournil Petit", "Fournil", SIREN, "commune:62498")
    made.registered_by = cast.chamber
    made.save()
    return made


@pytest.fixture
def marius(firm: Organisation) -> User:
    return person("Marius Petit", firm, Role.ARTISAN)


@pytest.fixture
def file(firm: Organisation) -> Beneficiary:
    return known(SIREN)


def known(siren: str) -> Beneficiary:
    """A file of the register held by that firm."""
    made = ground.firm()
    BeneficiaryIdentity.objects.create(
        beneficiary=made, name="Fournil", siren=siren, siret=f"{siren}00013", source="test", valid_from=date(2020, 1, 1)
    )
    return made


def days(page) -> list[str]:
    """The days of the acts shown, as they are written."""
    text = page.text.replace("\u00a0", " ")
    return [day for day in ("10 mars 2025", "11 mars 2025", "12 mars 2025") if day in text]


def test_an_artisan_reads_what_the_chamber_noted_about_their_firm(visit_as, cast, marius, file):
    ground.act(cast.chamber, "2025-03-10", file, kind=ActKind.VISIT)
    ground.reverse(ground.act(cast.chamber, "2025-03-11", file))
    page = visit_as(marius, HERE)
    assert days(page) == ["10 mars 2025"]
    assert "visite d’entreprise" in page.text
    assert "CMA Hauts-de-France" in page.text


def test_an_act_about_a_file_joined_to_theirs_is_theirs(visit_as, cast, marius, file):
    double = ground.firm(canonical=file)
    ground.act(cast.chamber, "2025-03-10", double)
    assert days(visit_as(marius, HERE)) == ["10 mars 2025"]


def test_neither_reserved_acts_nor_those_of_other_firms_nor_of_other_chambers_are_shown(visit_as, cast, marius, file):
    ground.act(cast.chamber, "2025-03-10", file, confidentiality=Confidentiality.RESERVED)
    ground.act(cast.chamber, "2025-03-11", known("775670417"))
    ground.act(cast.other_chamber, "2025-03-12", file)
    page = visit_as(marius, HERE)
    assert days(page) == []
    assert NOTHING in page.text


def test_a_firm_registered_by_a_competitor_reads_nothing(visit_as, cast, marius, firm, file):
    ground.act(cast.chamber, "2025-03-10", file)
    for vouching in (organisation(OrganisationKind.FIRM, "Autre", "Autre", "000000307", ""), None):
        firm.registered_by = vouching
        firm.save()
        assert days(visit_as(marius, HERE)) == []


def test_the_successor_of_the_chamber_goes_on_vouching(visit_as, cast, marius, file):
    ground.act(cast.chamber, "2025-03-10", file)
    ground.act(cast.other_chamber, "2025-03-12", file)
    OrganisationSuccession.objects.create(
        predecessor=cast.chamber, successor=cast.other_chamber, on=date(2025, 3, 11), legal_basis="fusion"
    )
    assert days(visit_as(marius, HERE)) == ["10 mars 2025", "12 mars 2025"]


def test_a_young_person_sees_no_act_at_all(visit_as, cast, firm, file):
    ground.act(cast.chamber, "2025-03-10", file)
    page = visit_as(person("Jade Petit", firm, Role.YOUNG_PERSON), HERE)
    assert days(page) == []
    assert NOTHING not in page.text


@pytest.mark.parametrize("role", sorted(OUTSIDE))
def test_every_role_from_outside_lands_there_and_finds_its_territory(client: Client, visit_as, cast, demo, firm, role):
    somebody = person("Nora Petit", firm, Role(role))
    assert as_user(client, somebody).get("/espace/").url == HERE
    page = visit_as(somebody, HERE)
    doors = [link for link in page.links if link.startswith("/territoires/commune/62498/")]
    assert doors
    for door in doors:
        assert client.get(door).status_code == 200


def test_without_a_known_place_one_looks_for_it(visit_as, marius, firm):
    firm.territory = ""
    firm.save()
    page = visit_as(marius, HERE)
    assert "Chercher votre territoire" in page.text
    assert "/territoires/" in page.links


def test_fifty_acts_ask_no_more_than_one(visit_as, cast, marius, file):
    asked = []
    visit_as(marius, HERE)
    for more in (1, 49):
        for _ in range(more):
            ground.act(cast.chamber, "2025-03-10", file)
        with CaptureQueriesContext(connection) as queries:
            visit_as(marius, HERE)
        asked.append(len(queries))
    assert Act.objects.count() == 50
    assert asked[0] == asked[1]
