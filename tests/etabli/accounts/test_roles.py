"""Roles given, ended, left, handed over; and asked for."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from etabli.accounts import queries
from etabli.accounts.actions import roles
from etabli.accounts.models import JoinRequest, Membership
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Role
from etabli.audit.models import Event
from tests.etabli.cast import as_user, person
from tests.etabli.pacts.conftest import reader

TODAY = timezone.localdate()
MOVED = []


def held_by(user):
    return {(held.organisation, held.role) for held in queries.memberships_of(user)}


def first_role(user):
    return Membership.objects.filter(user=user).first()


def hand_over_of_a_test(*, of, to, organisation, by):
    MOVED.append((of, to, organisation, by))
    return 3


def test_an_administrator_gives_one_more_role(cast, client):
    response = as_user(client, cast.adele).post(f"/organisation/membres/{cast.alice.pk}/roles/", {"role": "finance"})
    assert response.url == "/organisation/"
    assert held_by(cast.alice) == {(cast.chamber, Role.ADVISER), (cast.chamber, Role.FINANCE)}
    assert Event.objects.filter(verb="role_given", actor_id=cast.adele.pk).count() == 1


def test_nobody_gives_a_role_to_themselves(cast, client):
    mine = f"/organisation/membres/{cast.octave.pk}/roles/"
    assert as_user(client, cast.octave).post(mine, {"role": "administrator"}).status_code == 403
    with pytest.raises(Denied, match="revient à ses administrateurs"):
        roles.give(user=cast.octave, organisation=cast.chamber, role=Role.ADMINISTRATOR, by=reader(cast.octave))


def test_a_role_is_given_to_members_only(cast, client):
    with pytest.raises(Denied, match="envoyez-lui une invitation"):
        roles.give(user=cast.zoe, organisation=cast.chamber, role=Role.ADVISER, by=reader(cast.adele))
    address = f"/organisation/membres/{cast.zoe.pk}/roles/"
    assert as_user(client, cast.adele).post(address, {"role": "adviser"}).status_code == 404


def test_a_role_that_does_not_exist_is_not_given(cast, client):
    address = f"/organisation/membres/{cast.alice.pk}/roles/"
    assert as_user(client, cast.adele).post(address, {"role": "roi"}).status_code == 404


def test_one_leaves_ones_own_role_from_today(cast, client):
    address = f"/organisation/roles/{first_role(cast.octave).pk}/terminer/"
    assert "ne sera plus chargé du pacte" in as_user(client, cast.octave).get(address).content.decode()
    assert client.post(address).url == "/espace/"
    assert held_by(cast.octave) == set()
    assert held_by_yesterday(cast.octave) == {Role.PACT_OFFICER}
    assert client.get("/espace/").status_code == 403


def held_by_yesterday(user):
    return {Role(held.role) for held in queries.memberships_of(user, TODAY - timedelta(1))}


def test_the_role_of_another_is_ended_by_an_administrator_alone(cast, client):
    address = f"/organisation/roles/{first_role(cast.alice).pk}/terminer/"
    assert as_user(client, cast.octave).post(address).status_code == 403
    assert as_user(client, cast.adele).post(address).url == "/organisation/"
    assert held_by(cast.alice) == set()


def test_a_role_of_another_organisation_does_not_exist(cast, client):
    address = f"/organisation/roles/{first_role(cast.etienne).pk}/terminer/"
    assert as_user(client, cast.adele).post(address).status_code == 404


def test_the_last_administrator_stays_until_another_is_named(cast, client):
    address = f"/organisation/roles/{first_role(cast.adele).pk}/terminer/"
    response = as_user(client, cast.adele).post(address)
    assert response.status_code == 403
    assert "C’est le dernier administrateur de CMA Hauts-de-France" in response.content.decode()
    roles.give(user=cast.octave, organisation=cast.chamber, role=Role.ADMINISTRATOR, by=reader(cast.adele))
    assert client.post(address).status_code == 302
    assert held_by(cast.adele) == set()


def test_a_second_administrator_whose_account_is_closed_does_not_count(cast):
    other = person("Ines Close", cast.chamber, Role.ADMINISTRATOR)
    other.is_active = False
    other.save()
    with pytest.raises(Denied, match="dernier administrateur"):
        roles.end(membership=first_role(cast.adele), by=reader(cast.adele))


def test_a_role_ended_is_not_ended_again(cast):
    held = first_role(cast.alice)
    roles.end(membership=held, by=reader(cast.adele))
    with pytest.raises(Denied, match="déjà pris fin"):
        roles.end(membership=held, by=reader(cast.adele))


def test_everything_goes_to_the_other_hand(cast, client, settings):
    settings.HANDOVERS = ("tests.etabli.accounts.test_roles.hand_over_of_a_test",)
    MOVED.clear()
    response = as_user(client, cast.adele).post(
        "/organisation/passer-la-main/", {"of": cast.adele.pk, "to": cast.alice.pk}
    )
    assert response.url == "/espace/"
    assert held_by(cast.adele) == set()
    assert held_by(cast.alice) == {(cast.chamber, Role.ADVISER), (cast.chamber, Role.ADMINISTRATOR)}
    assert [(cast.adele, cast.alice, cast.chamber, cast.adele)] == MOVED
    assert Event.objects.get(verb="handed_over").changes["things"] == [3, 0]


@pytest.mark.parametrize(
    ("of", "to", "reason"),
    [("alice", "octave", "revient à ses administrateurs"), ("octave", "octave", "quelqu’un d’autre que soi")],
)
def test_one_hands_over_ones_own_to_another(cast, client, of, to, reason):
    typed = {"of": cast.people[of].pk, "to": cast.people[to].pk}
    response = as_user(client, cast.octave).post("/organisation/passer-la-main/", typed)
    assert response.status_code == 403
    assert reason in response.content.decode()


def test_nothing_is_handed_to_a_closed_account(cast):
    """The last administrator would be somebody who cannot enter."""
    cast.alice.is_active = False
    cast.alice.save()
    with pytest.raises(Denied, match="invitez d’abord cette personne"):
        roles.hand_over(of=cast.adele, to=cast.alice, organisation=cast.chamber, by=reader(cast.adele))


def test_nothing_is_handed_outside_the_organisation(cast, client):
    typed = {"of": cast.octave.pk, "to": cast.zoe.pk}
    assert as_user(client, cast.octave).post("/organisation/passer-la-main/", typed).status_code == 422
    with pytest.raises(Denied, match="invitez d’abord cette personne"):
        roles.hand_over(of=cast.octave, to=cast.zoe, organisation=cast.chamber, by=reader(cast.octave))


def test_somebody_asks_and_an_administrator_gives_a_role(cast, client, mailoutbox, django_capture_on_commit_callbacks):
    assert as_user(client, cast.zoe).post("/espace/rejoindre/", {"siren": "246 200 364"}).status_code == 302
    asked = JoinRequest.objects.get()
    assert (asked.user, asked.organisation, held_by(cast.zoe)) == (cast.zoe, cast.agglomeration, set())
    chief = person("Ines Chef", cast.agglomeration, Role.ADMINISTRATOR)
    assert "Zoé Blanc (zoe@exemple.fr)" in as_user(client, chief).get("/organisation/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/organisation/demandes/{asked.pk}/", {"role": "elected"})
    assert held_by(cast.zoe) == {(cast.agglomeration, Role.ELECTED)}
    assert mailoutbox[0].to == [cast.zoe.email]
    assert "vous êtes élu de Communauté d’agglomération de Lens-Liévin" in mailoutbox[0].body


def test_a_request_declined_gives_nothing_and_says_so(cast, mailoutbox, django_capture_on_commit_callbacks):
    asked = roles.ask(organisation=cast.chamber, by=cast.zoe)
    with django_capture_on_commit_callbacks(execute=True):
        roles.answer(request=asked, role=None, by=reader(cast.adele))
    assert held_by(cast.zoe) == set()
    assert "n’a pas donné suite" in mailoutbox[0].body
    with pytest.raises(Denied, match="déjà été tranchée"):
        roles.answer(request=asked, role=Role.ADVISER, by=reader(cast.adele))


@pytest.mark.parametrize("typed", [{"role": "roi"}, {}])
def test_an_answer_that_means_nothing_declines_nothing(cast, client, typed):
    asked = roles.ask(organisation=cast.chamber, by=cast.zoe)
    assert as_user(client, cast.adele).post(f"/organisation/demandes/{asked.pk}/", typed).status_code == 404
    asked.refresh_from_db()
    assert asked.decided_at is None


def test_a_request_is_answered_by_administrators_of_that_organisation(cast, client):
    asked = roles.ask(organisation=cast.agglomeration, by=cast.zoe)
    address = f"/organisation/demandes/{asked.pk}/"
    assert as_user(client, cast.adele).post(address, {"role": "elected"}).status_code == 404
    assert as_user(client, cast.basile).post(address, {"role": "elected"}).status_code == 403
    with pytest.raises(Denied, match="revient à ses administrateurs"):
        roles.answer(request=asked, role=Role.ELECTED, by=reader(cast.basile))


def test_one_request_at_a_time_and_none_from_a_member(cast, client):
    roles.ask(organisation=cast.chamber, by=cast.zoe)
    with pytest.raises(ValidationError, match="attend déjà"):
        roles.ask(organisation=cast.chamber, by=cast.zoe)
    response = as_user(client, cast.alice).post("/espace/rejoindre/", {"siren": cast.chamber.siren})
    assert "déjà membre" in response.content.decode()


@pytest.mark.parametrize(
    ("siren", "reason"),
    [
        ("246200365", "Ce n’est pas un SIREN"),
        ("bonjour", "Ce n’est pas un SIREN"),
        ("552100554", "Aucune organisation"),
    ],
)
def test_a_siren_that_is_wrong_or_unknown_is_kept_and_explained(cast, client, siren, reason):
    response = as_user(client, cast.zoe).post("/espace/rejoindre/", {"siren": siren})
    assert response.status_code == 422
    assert reason in response.content.decode()
    assert f'value="{siren}"' in response.content.decode()
