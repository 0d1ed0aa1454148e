"""Who is asking, for which organisation, and what a page demands."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from etabli.accounts.access import SESSION_KEY, lacks_factor, member, reader_of
from etabli.accounts.models import Membership, OrganisationSuccession
from etabli.accounts.policies import Denied, WithoutOrganisation
from etabli.accounts.queries import inherited_by
from etabli.accounts.roles import Permission, Role
from tests.etabli.cast import SINCE, as_user
from tests.etabli.contract import Page

pytestmark = pytest.mark.one_database

TODAY = timezone.localdate()


def request_of(user, **session):
    request = RequestFactory().get("/")
    request.user, request.session = user, session
    return request


def give(user, organisation, role, starts_on=SINCE, ends_on=None):
    return Membership.objects.create(
        user=user, organisation=organisation, role=role, starts_on=starts_on, ends_on=ends_on
    )


@member(Permission.DRAFT_CONVENTION, Permission.RECORD_ACT)
def page(request):
    return HttpResponse(str(request.reader.organisation))


def test_the_reader_acts_for_the_organisation_joined_first(cast):
    give(cast.octave, cast.agglomeration, Role.EVALUATOR, starts_on=date(2020, 1, 1))
    reader = reader_of(request_of(cast.octave))
    assert (reader.organisation, reader.roles) == (cast.chamber, {Role.PACT_OFFICER})


def test_the_organisation_of_the_session_is_taken_and_its_roles_alone(cast):
    give(cast.octave, cast.agglomeration, Role.EVALUATOR)
    reader = reader_of(request_of(cast.octave, **{SESSION_KEY: cast.agglomeration.pk}))
    assert (reader.organisation, reader.roles) == (cast.agglomeration, {Role.EVALUATOR})


def test_an_organisation_left_is_taken_no_more(cast):
    give(cast.octave, cast.agglomeration, Role.EVALUATOR, ends_on=TODAY)
    reader = reader_of(request_of(cast.octave, **{SESSION_KEY: cast.agglomeration.pk}))
    assert reader.organisation == cast.chamber


@pytest.mark.parametrize(
    ("starts", "ends", "held"),
    [(0, None, True), (1, None, False), (-10, 0, False), (-10, 1, True)],
)
def test_a_role_is_held_from_its_first_day_to_the_eve_of_its_end(cast, starts, ends, held):
    give(
        cast.zoe,
        cast.chamber,
        Role.ADVISER,
        TODAY + timedelta(starts),
        None if ends is None else TODAY + timedelta(ends),
    )
    if held:
        assert reader_of(request_of(cast.zoe)).roles == {Role.ADVISER}
    else:
        with pytest.raises(WithoutOrganisation):
            reader_of(request_of(cast.zoe))


def test_without_organisation_the_reason_says_what_to_do(cast):
    with pytest.raises(Denied, match="Demandez une invitation"):
        reader_of(request_of(cast.zoe))


@pytest.mark.parametrize("name", ["octave", "alice"])
def test_one_of_the_permissions_is_enough(cast, name):
    assert page(request_of(cast.people[name])).content == b"CMA Hauts-de-France"


def test_a_page_refused_says_which_right_and_which_roles_give_it(cast):
    with pytest.raises(Denied) as refused:
        page(request_of(cast.luc))
    assert "il faut pouvoir écrire les conventions" in refused.value.reason
    assert "vous êtes\u00a0: élu" in refused.value.reason
    assert "chargé du pacte" in refused.value.reason
    assert "Un administrateur" in refused.value.reason


def test_a_page_of_members_is_kept_by_no_cache(cast):
    assert "no-store" in page(request_of(cast.octave))["Cache-Control"]


def test_what_a_predecessor_had_is_inherited_through_each_succession(cast):
    OrganisationSuccession.objects.create(predecessor=cast.other_chamber, successor=cast.chamber, on=date(2020, 1, 1))
    OrganisationSuccession.objects.create(predecessor=cast.chamber, successor=cast.agglomeration, on=date(2021, 1, 1))
    assert inherited_by(cast.agglomeration) == {cast.chamber.pk, cast.other_chamber.pk}
    assert inherited_by(cast.agglomeration, date(2020, 6, 1)) == frozenset()
    assert inherited_by(cast.chamber) == {cast.other_chamber.pk}
    reader = reader_of(request_of(cast.basile))
    assert reader.holds(cast.other_chamber.pk)
    assert reader.organisation_ids == {cast.agglomeration.pk, cast.chamber.pk, cast.other_chamber.pk}


def test_nothing_is_inherited_before_the_day(cast):
    tomorrow = TODAY + timedelta(1)
    OrganisationSuccession.objects.create(predecessor=cast.other_chamber, successor=cast.chamber, on=tomorrow)
    assert not reader_of(request_of(cast.octave)).holds(cast.other_chamber.pk)


def test_a_stranger_is_sent_to_the_door(client):
    assert client.get("/espace/").url.endswith("?next=/espace/")


def test_nobody_without_account_is_a_reader():
    with pytest.raises(PermissionDenied):
        reader_of(request_of(AnonymousUser()))


def test_a_person_without_organisation_is_told_so(visit_as, cast):
    text = visit_as(cast.zoe, "/espace/", status=403).text
    assert "Vous n’avez pas encore d’organisation" in text
    assert "Zoé Blanc" in text


def test_the_bar_says_who_and_for_whom(visit_as, cast):
    text = visit_as(cast.octave, "/pacte/").text
    assert "Octave Petit" in text
    assert "CMA Hauts-de-France · chargé du pacte" in text


def test_switching_leads_to_the_other_organisation(client, cast):
    give(cast.octave, cast.agglomeration, Role.EVALUATOR)
    response = as_user(client, cast.octave).post(
        "/espace/organisation/", {"organisation": cast.agglomeration.pk}, follow=True
    )
    assert "CALL · évaluateur" in response.content.decode()


@pytest.mark.parametrize("wanted", ["", "x", "999999"])
def test_switching_to_nowhere_is_not_found(client, cast, wanted):
    assert as_user(client, cast.octave).post("/espace/organisation/", {"organisation": wanted}).status_code == 404


def test_switching_to_an_organisation_of_others_is_not_found(client, cast):
    wanted = {"organisation": cast.other_chamber.pk}
    assert as_user(client, cast.octave).post("/espace/organisation/", wanted).status_code == 404


def test_the_menu_shows_what_the_roles_open(client, cast, settings):
    settings.MEMBER_MENU = (
        ("Pour tous", "accounts:space", ""),
        ("Pactes", "observatory:search", Permission.SEE_PACT.value),
        ("Membres", "observatory:legal", Permission.MANAGE_MEMBERS.value),
    )
    settings.MEMBER_DOORS = ()
    page = Page(as_user(client, cast.octave).post("/espace/organisation/").content.decode())
    assert page.links[:4] == ["#contenu", "/", "/espace/", "/territoires/"]
    assert client.get("/espace/").url == "/territoires/"


@pytest.mark.parametrize(
    ("who", "door"),
    [
        ("octave", "/pacte/"),
        ("luc", "/pacte/"),
        ("alice", "/atelier/carnet/"),
        ("diane", "/atelier/carnet/"),
        ("adele", "/organisation/"),
    ],
)
def test_the_login_opens_where_the_work_of_a_role_begins(client, cast, who, door):
    assert as_user(client, cast.people[who]).get("/espace/").url == door


def test_the_observatory_is_in_the_menu_of_members(visit_as, cast):
    assert "/territoires/" in visit_as(cast.alice, "/organisation/").links


@pytest.mark.parametrize("role", Role)
def test_whoever_may_open_names_of_firms_enters_with_a_second_factor(cast, settings, role):
    """The acts, the journal, and the diary, whose form proposes firms and persons."""
    settings.REQUIRE_SECOND_FACTOR = True
    give(cast.zoe, cast.chamber, role)
    reader = reader_of(request_of(cast.zoe))
    sees = any(reader.may(one) for one in (Permission.SEE_ACTS, Permission.SEE_JOURNAL, Permission.RECORD_ACT))
    assert lacks_factor(reader) == sees
