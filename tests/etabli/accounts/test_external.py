"""ProConnect and a chamber's directory: what they say is checked, ties once, and gives no right by itself."""

import logging
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.core.cache import cache

from etabli.accounts import queries
from etabli.accounts.external import providers
from etabli.accounts.models import ExternalIdentity, JoinRequest, User
from tests.etabli import contract
from tests.etabli.accounts import proconnect
from tests.etabli.accounts.proconnect import ProConnect
from tests.etabli.accounts.test_entrance import PASSWORD
from tests.etabli.cast import as_user

pytestmark = pytest.mark.one_database

DIRECTORY_SCOPES = "openid given_name usual_name email"  # the double knows ProConnect's words


@pytest.fixture
def server(settings, db):
    cache.clear()
    with proconnect.running() as double:
        settings.IDENTITY_PROVIDERS = {
            "proconnect": {**settings.IDENTITY_PROVIDERS["proconnect"], **known(double)},
            "annuaire": {
                "name": "l’annuaire de la CMA",
                "scopes": DIRECTORY_SCOPES,
                "siren": "000000109",
                **known(double),
            },
        }
        yield double
    cache.clear()


def known(double: ProConnect) -> dict[str, str]:
    return {"issuer": double.url, "client_id": proconnect.CLIENT, "client_secret": proconnect.SECRET}


def go(client, way="proconnect", next_page=""):
    """To the provider and back; returns where one is sent then."""
    begun = client.get(f"/connexion/{way}/", {"next": next_page} if next_page else {})
    there = requests.get(begun.url, allow_redirects=False, timeout=60)
    assert there.status_code == 302, there.text
    came = urlsplit(there.headers["Location"])
    return client.get(f"{came.path}?{came.query}")


def who(client):
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


def said_after(client, response):
    assert response.url == "/connexion/"
    return contract.check(client.get(response.url), public=False).text


def test_the_request_is_one_that_proconnect_accepts(client, server):
    begun = client.get("/connexion/proconnect/")
    asked = parse_qs(urlsplit(begun.url).query)
    assert set(asked) == proconnect.AUTHORIZE
    assert len(asked["state"][0]) >= 32
    assert len(asked["nonce"][0]) >= 32
    assert asked["redirect_uri"] == ["http://testserver/connexion/proconnect/retour/"]
    assert requests.get(begun.url, allow_redirects=False, timeout=60).status_code == 302


@pytest.mark.parametrize("change", ["&code_challenge=x", "&prompt=login", ""])
def test_the_double_refuses_what_the_real_one_refuses(client, server, change):
    begun = client.get("/connexion/proconnect/").url
    address = f"{begun}{change}" if change else begun.replace("nonce=", "nonce=x&former=")
    assert requests.get(address, allow_redirects=False, timeout=60).status_code == 400
    assert server.refusals[-1].startswith("Y000400")


def test_a_first_coming_opens_an_account_and_asks_for_a_role_without_giving_it(client, server, cast):
    assert go(client).url == "/espace/"
    nadia = User.objects.get(email="nadia.roux@call.fr")
    assert who(client) == nadia
    assert nadia.name == "Nadia Roux"
    assert not nadia.has_usable_password()
    assert nadia.emailaddress_set.get().verified
    asked = JoinRequest.objects.get()
    assert (asked.user, asked.organisation, asked.origin) == (nadia, cast.agglomeration, "proconnect")
    assert not queries.memberships_of(nadia)
    assert client.get("/espace/").status_code == 403


def test_coming_again_is_the_same_account_even_under_another_address(client, server, cast):
    go(client)
    client.logout()
    server.person |= {"email": "n.roux@call.fr"}
    go(client)
    assert User.objects.filter(identities__isnull=False).count() == 1
    assert JoinRequest.objects.count() == 1


def test_the_same_subject_of_another_directory_is_somebody_else(client, server, cast):
    go(client)
    client.logout()
    server.person |= {"email": "autre@exemple.fr", "idp_id": "un-autre"}
    go(client)
    assert ExternalIdentity.objects.values("user").distinct().count() == 2


def test_an_address_alone_never_opens_an_account(client, server, cast):
    """An identity provider that lets anybody choose an address would open everything."""
    server.person |= {"email": "basile@exemple.fr"}
    answer = go(client)
    assert answer.url == "/connexion/rattacher/"
    assert who(client) is None
    page = contract.check(client.get(answer.url), public=False)
    assert "Connectez-vous une fois avec votre mot de passe" in page.text
    assert not ExternalIdentity.objects.exists()


def test_the_owner_ties_it_after_logging_in_then_enters_by_it(client, server, cast):
    cast.basile.set_password(PASSWORD)
    cast.basile.save()
    server.person |= {"email": "basile@exemple.fr"}
    where = go(client).url
    client.post("/connexion/", {"login": "basile@exemple.fr", "password": PASSWORD, "next": where})
    assert "Vous êtes connecté" in contract.check(client.get(where), public=False).text
    assert client.post(where).url == "/espace/"
    client.post("/deconnexion/")
    go(client)
    assert who(client) == cast.basile
    assert not JoinRequest.objects.exists(), "already a member"


def test_another_account_does_not_tie_it(client, server, cast):
    server.person |= {"email": "basile@exemple.fr"}
    where = go(client).url
    session = dict(client.session)
    as_user(client, cast.etienne)
    changed = client.session
    changed["identity_to_tie"] = session["identity_to_tie"]
    changed.save()
    page = client.post(where)
    assert page.status_code == 403
    assert "celle de basile@exemple.fr, et vous êtes connecté avec etienne@exemple.fr" in page.content.decode()
    assert not ExternalIdentity.objects.exists()


def test_the_second_factor_of_the_account_is_still_asked_for(client, server, cast):
    go(client)
    nadia = who(client)
    nadia.authenticator_set.create(type="totp", data={"secret": "x"})
    client.logout()
    assert go(client).url == "/connexion/second-facteur/"
    assert who(client) is None


def test_a_closed_account_stays_closed(client, server, cast):
    go(client)
    User.objects.filter(email="nadia.roux@call.fr").update(is_active=False)
    client.logout()
    assert "n’a pas confirmé votre identité" in said_after(client, go(client))


def test_one_comes_back_to_the_page_asked_for_and_to_no_other_site(client, server, cast):
    assert go(client, next_page="/organisation/").url == "/organisation/"
    client.logout()
    assert go(client, next_page="https://ailleurs.fr/").url == "/espace/"


@pytest.mark.parametrize(
    "lie",
    [
        {"token": {"nonce": "x" * 32}},
        {"token": {"aud": "another-site"}},
        {"token": {"iss": "https://ailleurs.fr"}},
        {"token": {"exp": 1}},
        {"claims": {"sub": "somebody-else"}},
        {"claims": {"email": ""}},
        {"claims": {"email_verified": False}},
        {"claims": {"email_verified": "false"}},
        {"claims": {"email": "nadia@"}},
        {"claims": {"email": f"{'n' * 250}@call.fr"}},
        {"person": {"sub": "x" * 256, "email": "nadia.roux@call.fr"}},
        {"key": proconnect.OTHER_KEY},
    ],
    ids=lambda lie: str(lie)[:40],
)
def test_what_is_not_proven_opens_nothing_and_is_said_in_french(client, server, cast, lie, caplog):
    for name, value in lie.items():
        setattr(server, name, value)
    with caplog.at_level(logging.WARNING):
        text = said_after(client, go(client))
    assert "ProConnect n’a pas confirmé votre identité" in text
    assert "entrez avec votre adresse" in text
    assert who(client) is None
    assert not User.objects.filter(email__startswith="nadia").exists()
    assert "nadia" not in caplog.text.lower()


def test_a_code_serves_once_and_a_state_too(client, server, cast):
    begun = client.get("/connexion/proconnect/")
    came = urlsplit(requests.get(begun.url, allow_redirects=False, timeout=60).headers["Location"])
    client.get(f"{came.path}?{came.query}")
    client.post("/deconnexion/")
    assert "n’a pas confirmé" in said_after(client, client.get(f"{came.path}?{came.query}"))


def test_a_state_that_was_not_given_here_is_refused(client, server):
    client.get("/connexion/proconnect/")
    assert "n’a pas confirmé" in said_after(client, client.get("/connexion/proconnect/retour/?code=x&state=y"))


def test_a_refusal_of_the_provider_is_told(client, server):
    client.get("/connexion/proconnect/")
    assert "n’a pas confirmé" in said_after(client, client.get("/connexion/proconnect/retour/?error=access_denied"))


def test_a_provider_that_does_not_answer_is_told(client, server, settings):
    cache.clear()
    for one in settings.IDENTITY_PROVIDERS.values():
        one["issuer"] = "http://127.0.0.1:9"
    assert "n’a pas confirmé" in said_after(client, client.get("/connexion/proconnect/"))


def test_logging_out_leaves_the_provider_too(client, server, cast):
    go(client)
    way = client.post("/deconnexion/").url
    assert way.startswith(f"{server.url}/session/end?")
    back = requests.get(way, allow_redirects=False, timeout=60)
    assert back.status_code == 302, server.refusals
    assert server.left[0]["post_logout_redirect_uri"] == "http://testserver/deconnexion/faite/"
    assert who(client) is None
    came = urlsplit(back.headers["Location"])
    assert client.get(f"{came.path}?{came.query}").url == "/connexion/"
    assert client.get(f"{came.path}?state=invented").status_code == 404


def test_who_entered_by_password_is_not_sent_to_the_provider(client, server, cast):
    as_user(client, cast.octave)
    assert client.post("/deconnexion/").url == "/"


def test_a_directory_proposes_its_own_organisation(client, server, cast):
    server.claims_as_jwt = False
    server.person = {"sub": "42", "email": "jean@cma.fr", "name": "Jean Cote"}
    assert go(client, "annuaire").url == "/espace/"
    asked = JoinRequest.objects.get()
    assert (asked.user.name, asked.organisation, asked.origin) == ("Jean Cote", cast.chamber, "directory")


def test_a_directory_speaks_for_no_other_organisation(client, server, cast):
    server.claims_as_jwt = False
    server.person = {"sub": "42", "email": "jean@cma.fr", "name": "Jean Cote", "siret": "24620036400019"}
    go(client, "annuaire")
    assert JoinRequest.objects.get().organisation == cast.chamber


def test_the_same_subject_of_the_directory_that_comes_next_is_somebody_else(client, server, cast, settings):
    """A chamber changes its directory: number 42 of the new one must not enter as number 42 of the old one."""
    server.claims_as_jwt = False
    server.person = {"sub": "42", "email": "jean@cma.fr", "name": "Jean Cote"}
    go(client, "annuaire")
    jean = who(client)
    client.logout()
    with proconnect.running() as newer:
        settings.IDENTITY_PROVIDERS["annuaire"] |= known(newer)
        newer.claims_as_jwt = False
        newer.person = {"sub": "42", "email": "ana@cma.fr", "name": "Ana Petit"}
        go(client, "annuaire")
    assert who(client) not in (jean, None)


def test_another_person_of_the_same_address_is_refused_in_french(client, server, cast):
    """The address passed to a newcomer: the provider names another person than the one whose account it opens."""
    go(client)
    client.logout()
    server.person |= {"sub": "another"}
    where = go(client).url
    session = dict(client.session)
    as_user(client, User.objects.get(email="nadia.roux@call.fr"))
    changed = client.session
    changed["identity_to_tie"] = session["identity_to_tie"]
    changed.save()
    answer = client.post(where)
    assert answer.status_code == 403
    assert "ouvre déjà ce compte" in answer.content.decode()


def test_the_door_offers_what_is_set_up(client, server):
    assert "S’identifier avec ProConnect" in client.get("/connexion/").content.decode()


def test_what_is_not_set_up_does_not_exist(client, db):
    assert "ProConnect" not in client.get("/connexion/").content.decode()
    for address in ("proconnect/", "proconnect/retour/", "annuaire/"):
        assert client.get(f"/connexion/{address}").status_code == 404


def test_a_short_state_would_be_seen(client, server, monkeypatch):
    """The rule of the double bites: a client that forgets it is refused."""
    monkeypatch.setitem(providers.RULES, "OIDC_STATE_SIZE", 16)
    begun = client.get("/connexion/proconnect/")
    assert requests.get(begun.url, allow_redirects=False, timeout=60).status_code == 400
