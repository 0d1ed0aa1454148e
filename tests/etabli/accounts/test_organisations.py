"""Organisations: seen by their members, registered, described, succeeded."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from etabli.accounts import queries
from etabli.accounts.actions import invitations, organisations, roles
from etabli.accounts.forms import OrganisationForm
from etabli.accounts.models import Invitation, Organisation
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Role
from etabli.audit.models import Event
from tests.etabli.cast import SINCE, as_user
from tests.etabli.pacts.conftest import reader

TODAY = timezone.localdate()
EDF = "552 100 554"
NEW = {"siren": EDF, "kind": "other", "name": "Maison de l’entreprise", "short_name": "", "territory": ""}


def succeed(cast, on=TODAY):
    return organisations.succeed(
        predecessor=cast.chamber, successor=cast.other_chamber, on=on, legal_basis="Décret", by=reader(cast.adele)
    )


def test_members_see_who_is_there_and_administrators_what_waits(visit_as, cast):
    roles.ask(organisation=cast.chamber, by=cast.zoe)
    invitations.invite(
        organisation=cast.chamber, email="neuf@exemple.fr", role=Role.DPO, link=str, by=reader(cast.adele)
    )
    mine = visit_as(cast.octave, "/organisation/").text
    assert "Diane Roche" in mine
    assert "Étienne Faure" not in mine
    assert "neuf@exemple.fr" not in mine
    assert "zoe@exemple.fr" not in mine
    theirs = visit_as(cast.adele, "/organisation/").text
    assert "neuf@exemple.fr, délégué à la protection des données" in theirs
    assert "Zoé Blanc (zoe@exemple.fr), demandé par la personne" in theirs


def test_an_organisation_registered_waits_for_its_first_administrator(cast, client):
    response = as_user(client, cast.octave).post("/organisation/inscrire/", NEW)
    made = Organisation.objects.get(siren="552100554")
    assert response.url == f"/organisation/inscrire/{made.pk}/administrateur/"
    assert (made.short_name, made.registered_by) == ("Maison de l’entreprise", cast.chamber)
    assert "Maison de l’entreprise" in client.get("/organisation/").content.decode()
    assert client.post(response.url, {"email": "chef@exemple.fr"}).url == "/organisation/"
    assert Invitation.objects.get().role == Role.ADMINISTRATOR
    assert as_user(client, cast.etienne).get(response.url).status_code == 404


def test_once_it_has_an_administrator_its_founder_invites_no_more(cast):
    made = organisations.register(by=reader(cast.octave), **NEW)
    asked = invitations.invite(
        organisation=made, email=cast.zoe.email, role=Role.ADMINISTRATOR, link=str, by=reader(cast.octave)
    )
    invitations.accept(invitation=asked, by=cast.zoe)
    with pytest.raises(Denied, match="Gérer les membres"):
        invitations.invite(
            organisation=made, email="x@exemple.fr", role=Role.ADMINISTRATOR, link=str, by=reader(cast.octave)
        )


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"siren": "552100555"}, "Ce n’est pas un SIREN"),
        ({"siren": "246200364"}, "Elle est déjà inscrite"),
        ({"territory": "Nullepart"}, "Aucun lieu ne s’appelle"),
        ({"kind": "region", "territory": "epci:246200364"}, "Pour cette nature"),
        ({"name": ""}, "obligatoire"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(cast, client, typed, reason):
    response = as_user(client, cast.octave).post("/organisation/inscrire/", NEW | typed)
    assert response.status_code == 422
    text = response.content.decode()
    assert reason in text
    assert f'value="{(NEW | typed)["siren"]}"' in text
    assert Organisation.objects.count() == 3


def test_who_registers_what_somebody_else_has_just_registered_is_told(cast, client, monkeypatch):
    monkeypatch.setattr(OrganisationForm, "clean_siren", lambda form: form.cleaned_data["siren"])  # asked before
    response = as_user(client, cast.octave).post("/organisation/inscrire/", NEW | {"siren": "246200364"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Elle est déjà inscrite\u00a0: Communauté d’agglomération de Lens-Liévin" in text
    assert 'value="246200364"' in text
    assert "Maison de l’entreprise" in text


def test_an_adviser_registers_nothing(cast, client):
    assert as_user(client, cast.alice).get("/organisation/inscrire/").status_code == 403
    with pytest.raises(Denied, match="revient au chargé du pacte"):
        organisations.register(by=reader(cast.alice), **NEW)
    with pytest.raises(Denied, match="la personne qui tient ce site"):
        organisations.register(by=cast.zoe, **NEW)


def test_the_number_of_an_intercommunality_says_its_territory(cast):
    assert organisations.proposed_territory("epci", "200093201") == "epci:200093201"
    assert organisations.proposed_territory("other", "200093201") == ""
    with pytest.raises(ValidationError, match="neuf chiffres"):
        organisations.checked_siren("200093202")
    assert organisations.checked_siren("200 093 201 00013") == "200093201"


def test_an_administrator_describes_and_the_journal_keeps_before_and_after(cast, client):
    typed = {"name": "CMA Nord", "short_name": "CMA", "territory": "departement:59"}
    assert as_user(client, cast.adele).post("/organisation/decrire/", typed).url == "/organisation/"
    cast.chamber.refresh_from_db()
    assert (cast.chamber.name, cast.chamber.territory) == ("CMA Nord", "departement:59")
    assert Event.objects.get(verb="organisation_described").changes["short_name"] == ["CMA Hauts-de-France", "CMA"]


def test_others_describe_nothing(cast, client):
    assert as_user(client, cast.octave).get("/organisation/decrire/").status_code == 403
    with pytest.raises(Denied, match="revient à ses administrateurs"):
        organisations.describe(
            organisation=cast.agglomeration, name="X", short_name="X", territory="", by=reader(cast.adele)
        )


def test_the_successor_sees_what_was_its_predecessor_s_from_that_day(cast):
    succeed(cast, TODAY + timedelta(30))
    assert reader(cast.octave).roles == {Role.PACT_OFFICER}
    assert not reader(cast.etienne).holds(cast.chamber.pk)
    assert queries.inherited_by(cast.other_chamber, TODAY + timedelta(30)) == {cast.chamber.pk}
    assert queries.memberships_of(cast.octave, TODAY + timedelta(30)) == []


def test_a_role_given_before_the_end_ends_with_the_organisation(cast):
    succeed(cast, TODAY + timedelta(30))
    chamber = Organisation.objects.get(pk=cast.chamber.pk)
    held = roles.give(user=cast.octave, organisation=chamber, role=Role.FINANCE, by=reader(cast.adele))
    assert held.ends_on == TODAY + timedelta(30)
    roles.end(membership=held, by=reader(cast.adele))
    assert held.ends_on == TODAY


def test_after_a_succession_invitations_are_withdrawn_and_pages_closed(cast, client):
    asked = invitations.invite(
        organisation=cast.chamber, email=cast.zoe.email, role=Role.DPO, link=str, by=reader(cast.adele)
    )
    typed = {"siren": cast.other_chamber.siren, "on": TODAY.isoformat(), "legal_basis": "Décret du 1er mai"}
    assert as_user(client, cast.adele).post("/organisation/succession/", typed).url == "/espace/"
    with pytest.raises(Denied, match="a été retirée"):
        invitations.accept(invitation=asked, by=cast.zoe)
    assert as_user(client, cast.octave).get("/organisation/").status_code == 403
    assert reader(cast.etienne).holds(cast.chamber.pk)


@pytest.mark.parametrize(
    ("siren", "reason"), [("246200365", "Ce n’est pas un SIREN"), ("552100554", "inscrivez-la d’abord")]
)
def test_an_unknown_successor_is_explained(cast, client, siren, reason):
    typed = {"siren": siren, "on": TODAY.isoformat(), "legal_basis": ""}
    response = as_user(client, cast.adele).post("/organisation/succession/", typed)
    assert response.status_code == 422
    assert reason in response.content.decode()


def test_successions_that_make_no_sense_are_refused(cast):
    with pytest.raises(Denied, match="ne se succède pas à elle-même"):
        organisations.succeed(
            predecessor=cast.chamber, successor=cast.chamber, on=TODAY, legal_basis="", by=reader(cast.adele)
        )
    with pytest.raises(Denied, match="Seuls les administrateurs de CALL"):
        organisations.succeed(
            predecessor=cast.agglomeration, successor=cast.chamber, on=TODAY, legal_basis="", by=reader(cast.adele)
        )
    administrator = reader(cast.adele)
    succeed(cast, TODAY + timedelta(1))
    with pytest.raises(Denied, match="a déjà un successeur"):
        organisations.succeed(
            predecessor=cast.chamber, successor=cast.agglomeration, on=TODAY, legal_basis="", by=administrator
        )


@pytest.mark.parametrize(("day", "status"), [("2015-12-31", 403), ("0001-01-01", 422), ("9999-12-31", 422)])
def test_an_organisation_is_succeeded_on_a_day_when_it_existed(cast, client, day, status):
    cast.chamber.opened_on = SINCE
    cast.chamber.save()
    typed = {"siren": cast.other_chamber.siren, "on": day, "legal_basis": ""}
    answer = as_user(client, cast.adele).post("/organisation/succession/", typed)
    assert answer.status_code == status
    assert not hasattr(Organisation.objects.get(pk=cast.chamber.pk), "succession")
