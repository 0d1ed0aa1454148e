"""Invitations: who sends them, who may use the link, until when."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from etabli.accounts import queries
from etabli.accounts.actions import invitations, roles
from etabli.accounts.models import Invitation, Membership, User
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Role
from etabli.audit.models import Event
from tests.etabli.cast import as_user, person
from tests.etabli.pacts.conftest import reader

TOKEN = "un-lien-que-personne-ne-devine"


@pytest.fixture
def invited(cast) -> Invitation:
    """Zoé is asked to become an adviser of the chamber, by a link of the test."""
    made = invitations.invite(
        organisation=cast.chamber, email=" ZOE@exemple.fr", role=Role.ADVISER, link=str, by=reader(cast.adele)
    )
    made.token_sha256 = invitations.fingerprint(TOKEN)
    made.save()
    return made


def page(client, token=TOKEN):
    return client.get(f"/invitation/{token}/")


def test_the_link_is_in_the_message_alone(cast, client, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = as_user(client, cast.adele).post(
            "/organisation/inviter/", {"email": "neuf@exemple.fr", "role": "adviser"}
        )
    assert response.url == "/organisation/"
    [message] = mailoutbox
    assert message.to == ["neuf@exemple.fr"]
    token = re.search(r"/invitation/([^/]+)/", message.body)[1]
    kept = Invitation.objects.get()
    assert kept.token_sha256 == invitations.fingerprint(token)
    assert token not in str(Event.objects.values_list())
    client.logout()
    assert "Adèle Vidal vous propose d’être <b>conseiller</b>" in page(client, token).content.decode()


def test_only_an_administrator_invites(cast, client):
    assert as_user(client, cast.octave).get("/organisation/inviter/").status_code == 403
    with pytest.raises(Denied, match="revient à ses administrateurs"):
        invitations.invite(
            organisation=cast.chamber, email="x@exemple.fr", role=Role.ADVISER, link=str, by=reader(cast.octave)
        )


def test_an_administrator_invites_at_home_only(cast):
    with pytest.raises(Denied, match="Gérer les membres de CALL"):
        invitations.invite(
            organisation=cast.agglomeration, email="x@exemple.fr", role=Role.ADVISER, link=str, by=reader(cast.adele)
        )


def test_a_wrong_address_keeps_what_was_typed(cast, client):
    response = as_user(client, cast.adele).post("/organisation/inviter/", {"email": "neuf@", "role": "adviser"})
    assert response.status_code == 422
    assert 'value="neuf@"' in response.content.decode()
    assert not Invitation.objects.exists()


def test_who_already_holds_the_role_is_not_invited(cast, client):
    response = as_user(client, cast.adele).post(
        "/organisation/inviter/", {"email": cast.alice.email, "role": "adviser"}
    )
    assert "tient déjà ce rôle" in response.content.decode()


def test_the_right_person_takes_the_role(cast, client, invited):
    assert "Accepter" in page(as_user(client, cast.zoe)).content.decode()
    assert client.post(f"/invitation/{TOKEN}/").url == "/espace/"
    [held] = queries.memberships_of(cast.zoe)
    assert (held.organisation, held.role, held.starts_on) == (cast.chamber, Role.ADVISER, timezone.localdate())


def test_another_account_is_told_to_come_back_with_the_right_one(cast, client, invited):
    response = as_user(client, cast.etienne).post(f"/invitation/{TOKEN}/")
    assert response.status_code == 403
    assert "L’invitation est pour zoe@exemple.fr" in response.content.decode()
    assert len(queries.memberships_of(cast.etienne)) == 1


def test_an_address_that_is_not_confirmed_opens_nothing(cast, invited):
    cast.zoe.emailaddress_set.update(verified=False)
    with pytest.raises(Denied, match="rouvrez le lien"):
        invitations.accept(invitation=invited, by=cast.zoe)


def test_without_account_the_link_leads_to_a_login_and_gives_no_role(client, invited):
    text = page(client).content.decode()
    assert f"/connexion/?next=/invitation/{TOKEN}/" in text
    client.post(f"/invitation/{TOKEN}/")
    assert not Membership.objects.filter(organisation=invited.organisation, starts_on=timezone.localdate()).exists()


def test_who_holds_the_link_signs_up_with_a_confirmed_address(client, cast, mailoutbox):
    made = invitations.invite(
        organisation=cast.chamber, email="neuf@exemple.fr", role=Role.ADVISER, link=str, by=reader(cast.adele)
    )
    Invitation.objects.filter(pk=made.pk).update(token_sha256=invitations.fingerprint(TOKEN))
    page(client)
    typed = {"name": "Noé Neuf", "email": "neuf@exemple.fr", "password1": "un vélo dans la forge"}
    response = client.post(f"/inscription/?next=/invitation/{TOKEN}/", typed)
    assert response.url == f"/invitation/{TOKEN}/"
    assert client.post(response.url).url == "/espace/"


def test_a_link_serves_once(cast, client, invited):
    invitations.accept(invitation=invited, by=cast.zoe)
    assert "a déjà servi" in page(client).content.decode()
    with pytest.raises(Denied, match="a déjà servi"):
        invitations.accept(invitation=invited, by=cast.zoe)


def test_a_link_is_too_old_after_fourteen_days(cast, client, invited):
    assert invited.expires_at - invited.invited_at == timedelta(days=14)
    Invitation.objects.update(expires_at=timezone.now())
    response = page(client)
    assert response.status_code == 403
    assert "Demandez-en une autre à Adèle Vidal" in response.content.decode()


def test_a_link_withdrawn_opens_nothing(cast, client, invited):
    assert as_user(client, cast.adele).post(f"/organisation/invitations/{invited.pk}/retirer/").url == "/organisation/"
    assert "a été retirée" in page(client).content.decode()
    with pytest.raises(Denied, match="a été retirée"):
        invitations.accept(invitation=invited, by=cast.zoe)


def test_an_invitation_accepted_is_not_withdrawn(cast, client, invited):
    invitations.accept(invitation=invited, by=cast.zoe)
    response = as_user(client, cast.adele).post(f"/organisation/invitations/{invited.pk}/retirer/")
    assert "mettez plutôt fin au rôle" in response.content.decode()


def test_the_invitations_of_others_do_not_exist(cast, client, invited):
    away = person("Ines Away", cast.other_chamber, Role.ADMINISTRATOR)
    assert as_user(client, away).post(f"/organisation/invitations/{invited.pk}/retirer/").status_code == 404


def test_a_newer_invitation_replaces_the_older(cast, invited):
    invitations.invite(
        organisation=cast.chamber, email=invited.email, role=Role.ADVISER, link=str, by=reader(cast.adele)
    )
    with pytest.raises(Denied, match="remplacée par une plus récente"):
        invitations.accept(invitation=invited, by=cast.zoe)


def test_an_organisation_that_is_no_more_is_not_joined(cast, invited):
    cast.chamber.closed_on = timezone.localdate()
    cast.chamber.save()
    with pytest.raises(Denied, match="n’existe plus"):
        invitations.accept(invitation=invited, by=cast.zoe)


def waiting(cast):
    return list(queries.pending_invitations(cast.chamber).values_list("email", flat=True))


def test_who_is_put_out_comes_back_by_no_link_sent_before(cast, client):
    """An administrator put out had sent herself a link at another address; the one put out had one to her own."""
    ines = person("Ines Chef", cast.chamber, Role.ADMINISTRATOR)
    for email, by in (("ines@ailleurs.fr", ines), (ines.email, cast.adele), ("zoe@exemple.fr", cast.adele)):
        invitations.invite(organisation=cast.chamber, email=email, role=Role.FINANCE, link=str, by=reader(by))
    held = ines.memberships.get()
    page = as_user(client, cast.adele).get(f"/organisation/roles/{held.pk}/terminer/").content.decode()
    assert "Invitations sans réponse, qui seront retirées avec ce rôle\u00a0: 2." in page
    roles.end(membership=held, by=reader(cast.adele))
    assert waiting(cast) == ["zoe@exemple.fr"]
    assert Event.objects.filter(verb="invitation_revoked", actor_id=cast.adele.pk).count() == 2


def test_one_role_of_several_takes_no_invitation_away(cast):
    roles.give(user=cast.adele, organisation=cast.chamber, role=Role.FINANCE, by=reader(cast.adele))
    for email in ("zoe@exemple.fr", cast.adele.email):
        invitations.invite(organisation=cast.chamber, email=email, role=Role.ADVISER, link=str, by=reader(cast.adele))
    roles.end(membership=cast.adele.memberships.get(role=Role.FINANCE), by=reader(cast.adele))
    assert len(waiting(cast)) == 2


def test_a_name_on_two_lines_makes_the_subject_of_no_second_header(
    cast, client, mailoutbox, django_capture_on_commit_callbacks
):
    typed = {"name": "Chambre", "short_name": "CMA\r\nBcc: tous@exemple.fr", "territory": ""}
    as_user(client, cast.adele).post("/organisation/decrire/", typed)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/organisation/inviter/", {"email": "neuf@exemple.fr", "role": "adviser"})
    assert mailoutbox[0].subject == "CMA Bcc: tous@exemple.fr vous invite sur Établi"
    assert mailoutbox[0].recipients() == ["neuf@exemple.fr"]


def test_a_link_that_was_never_sent_is_not_found(db, client):
    assert page(client, "inconnu").status_code == 404


def test_the_link_confirms_the_address_it_was_sent_to_and_no_other(client, cast, mailoutbox):
    """Allauth's own way would have given the account the invited address, whatever was typed."""
    invitations.invite(
        organisation=cast.chamber, email="nadia@exemple.fr", role=Role.ADVISER, link=str, by=reader(cast.adele)
    )
    Invitation.objects.update(token_sha256=invitations.fingerprint(TOKEN))
    page(client)
    assert 'value="nadia@exemple.fr"' in client.get("/inscription/").content.decode()
    typed = {"name": "Nadia Roux", "email": "ana@exemple.fr", "password1": "une phrase assez longue"}
    assert client.post("/inscription/", typed).url == "/compte/adresse/envoyee/"
    assert list(User.objects.get(name="Nadia Roux").emailaddress_set.values_list("email", "verified")) == [
        ("ana@exemple.fr", False)
    ]
    client.logout()
    page(client)
    assert client.post("/inscription/", {**typed, "email": "nadia@exemple.fr"}).url == "/espace/"
