"""A party that nobody has joined yet: whoever wrote it in the convention invites its first administrator."""

from datetime import date

import pytest

from etabli.accounts.actions import organisations
from etabli.accounts.models import Organisation
from etabli.accounts.roles import Role
from etabli.pacts.amendments import actions as amendments
from etabli.pacts.conventions import actions
from etabli.pacts.models import Subject
from tests.etabli.cast import as_user, person
from tests.etabli.pacts.conftest import parties, party, reader, sign_all

pytestmark = pytest.mark.django_db
EDF = "552100554"
TYPED = party(EDF, "partner", "Yves", name="Maison de l’entreprise")
INVITE = "Inviter son administrateur"


def with_stranger(draft, octave):
    actions.set_parties(convention=draft, by=octave, rows=parties(TYPED))
    return Organisation.objects.get(siren=EDF)


def test_the_administrator_of_a_party_typed_by_its_number_is_invited_from_its_line(
    draft, octave, cast, client, visit_as
):
    made = with_stranger(draft, octave)
    assert made.registered_by == cast.chamber
    address = f"/organisation/inscrire/{made.pk}/administrateur/"
    for page in ("convention/", "convention/parties/"):
        text = visit_as(cast.octave, f"/pacte/{draft.slug}/{page}").html
        assert address in text
        assert INVITE in text
    assert as_user(client, cast.octave).post(address, {"email": "chef@exemple.fr"}).url == "/organisation/"
    assert made.invitations.get().role == Role.ADMINISTRATOR
    person("Ines Chef", made, Role.ADMINISTRATOR)
    for page in ("convention/", "convention/parties/"):
        assert INVITE not in visit_as(cast.octave, f"/pacte/{draft.slug}/{page}").text


def test_a_party_that_an_amendment_brings_in_is_invited_from_its_page(to_sign, octave, cast, visit_as):
    active = sign_all(to_sign, octave)
    made = amendments.open_amendment(
        convention=active, by=octave, subjects=[Subject.PARTIES], reason="Un partenaire", effective_on=date(2019, 7, 1)
    )
    rows = parties(party("246200364", "funder", "Luc Bernard"), TYPED)
    amendments.write(amendment=made, by=octave, values={Subject.PARTIES: rows})
    found = Organisation.objects.get(siren=EDF)
    address = f"/organisation/inscrire/{found.pk}/administrateur/"
    assert address in visit_as(cast.octave, f"/pacte/{active.slug}/avenants/{made.number}/").html
    assert address not in visit_as(cast.basile, f"/pacte/{active.slug}/avenants/{made.number}/").html


def test_a_party_left_to_nobody_by_an_older_version_is_taken_up_by_who_writes_it_again(draft, octave, cast):
    left = Organisation.objects.create(kind="other", name="EDF", short_name="EDF", siren=EDF)
    assert with_stranger(draft, octave) == left
    left.refresh_from_db()
    assert left.registered_by == cast.chamber


@pytest.mark.parametrize("held", ["registered", "joined"])
def test_who_answers_for_an_organisation_already_keeps_it(draft, octave, cast, held):
    if held == "registered":
        other = organisations.register(kind="other", name="EDF", short_name="EDF", siren=EDF, by=reader(cast.etienne))
    else:
        other = Organisation.objects.create(kind="other", name="EDF", short_name="EDF", siren=EDF)
        person("Ines Chef", other, Role.ADMINISTRATOR)
    before = other.registered_by
    assert with_stranger(draft, octave).registered_by == before


def test_a_successor_invites_for_what_its_predecessor_registered(draft, octave, cast, client):
    made = with_stranger(draft, octave)
    organisations.succeed(
        predecessor=cast.chamber, successor=cast.other_chamber, on=date(2026, 1, 1), legal_basis="Décret",
        by=reader(cast.adele),
    )  # fmt: skip
    address = f"/organisation/inscrire/{made.pk}/administrateur/"
    assert as_user(client, cast.etienne).post(address, {"email": "chef@exemple.fr"}).url == "/organisation/"
