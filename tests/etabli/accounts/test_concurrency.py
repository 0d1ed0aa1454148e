"""Two hands at once on the same role, the same invitation, the same last administrator."""

import pytest

from etabli.accounts import queries
from etabli.accounts.actions import identities, invitations, organisations, roles
from etabli.accounts.models import ExternalIdentity, JoinRequest, Membership, Organisation
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Role
from tests.etabli.acts.test_concurrency import at_once
from tests.etabli.cast import person
from tests.etabli.pacts.conftest import reader

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def invite(cast, email, role):
    return invitations.invite(organisation=cast.chamber, email=email, role=role, link=str, by=reader(cast.adele))


def refused(work):
    """The work, whose refusal in French is counted."""

    def run():
        try:
            work()
        except Denied as denied:
            raise roles.ValidationError(denied.reason) from denied

    return run


def test_a_role_given_twice_at_once_is_held_once(cast):
    def give():
        roles.give(user=cast.alice, organisation=cast.chamber, role=Role.FINANCE, by=reader(cast.adele))

    assert at_once(give, give, give, give) == 0
    assert cast.alice.memberships.filter(role=Role.FINANCE).count() == 1


def test_a_role_accepted_and_given_at_once_is_held_once(cast):
    sent = invite(cast, cast.alice.email, Role.FINANCE)

    def give():
        roles.give(user=cast.alice, organisation=cast.chamber, role=Role.FINANCE, by=reader(cast.adele))

    assert at_once(give, lambda: invitations.accept(invitation=sent, by=cast.alice)) == 0
    assert cast.alice.memberships.filter(role=Role.FINANCE).count() == 1


def test_an_invitation_accepted_twice_at_once_serves_once(cast):
    sent = invite(cast, cast.zoe.email, Role.ADVISER)
    accept = refused(lambda: invitations.accept(invitation=sent, by=cast.zoe))
    assert at_once(accept, accept, accept) == 2
    assert cast.zoe.memberships.count() == 1


def test_an_address_invited_twice_at_once_has_one_link_that_works(cast):
    assert at_once(*[lambda: invite(cast, cast.zoe.email, Role.ADVISER)] * 4) == 0
    assert queries.pending_invitations(cast.chamber).count() == 1


def test_two_last_administrators_leaving_at_once_leave_one(cast):
    other = person("Ines Chef", cast.chamber, Role.ADMINISTRATOR)
    held = [Membership.objects.get(user=user) for user in (cast.adele, other)]
    leave = [refused(lambda one=one: roles.end(membership=one, by=reader(one.user))) for one in held]
    assert at_once(*leave) == 1
    assert queries.current_memberships().filter(organisation=cast.chamber, role=Role.ADMINISTRATOR).count() == 1


def test_one_siren_registered_twice_at_once_is_one_organisation_and_the_others_are_told(cast):
    def register():
        organisations.register(
            kind="other", name="La Foncière", short_name="", siren="552100554", by=reader(cast.octave)
        )

    assert at_once(register, register, register, register) == 3
    assert Organisation.objects.filter(siren="552100554").count() == 1


def test_a_role_asked_twice_at_once_waits_once(cast):
    assert at_once(*[lambda: roles.ask(organisation=cast.chamber, by=cast.zoe)] * 3) == 2
    assert cast.zoe.join_requests.count() == 1


def arriving(email):
    return identities.Identity("proconnect", "sub-1", "idp-1", email, "Nadia Roux", "000000109")


def test_somebody_who_arrives_by_two_tabs_at_once_has_one_account(cast):
    arrived = []

    def enter():
        arrived.append(identities.enter(identity=arriving("nadia@exemple.fr")))

    assert at_once(enter, enter, enter) == 0
    assert {user.email for user in arrived} == {"nadia@exemple.fr"}
    assert JoinRequest.objects.count() == ExternalIdentity.objects.count() == 1


def test_an_identity_tied_by_two_tabs_at_once_is_tied_once(cast):
    tie = refused(lambda: identities.tie(identity=arriving(cast.zoe.email), by=cast.zoe))
    assert at_once(tie, tie, tie) == 0
    assert cast.zoe.identities.count() == 1
