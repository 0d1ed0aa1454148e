"""The way in: created, confirmed, forgotten, limited; nobody learns who has an account."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache

from etabli import accounts
from etabli.accounts.entrance.forms import AuthenticateWebAuthnForm
from etabli.accounts.models import User
from etabli.config.settings import CACHES
from tests.etabli import contract
from tests.etabli.cast import as_user

pytestmark = pytest.mark.one_database

PASSWORD = "une phrase assez longue"
SIGNUP = {"name": "Ana Petit", "email": "ana@exemple.fr", "password1": PASSWORD}


@pytest.fixture(autouse=True)
def fresh_limits():
    """Attempts are counted in the cache."""
    cache.clear()


def account(email="ana@exemple.fr", *, verified=True):
    user = User.objects.create_user(email, PASSWORD, name="Ana Petit")
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=verified)
    return user


def link(message):
    return re.search(r"https?://[^/]+(/\S+)", message.body)[1]


def read(response, status=200):
    assert response.status_code == status
    return contract.check(response, public=False)


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/connexion/", "Connexion"),
        ("/inscription/", "Créer un compte"),
        ("/mot-de-passe-oublie/", "Mot de passe oublié"),
        ("/mot-de-passe-oublie/envoye/", "Un message vous attend"),
        ("/mot-de-passe-oublie/fait/", "Mot de passe changé"),
        ("/mot-de-passe-oublie/1-rien/", "Nouveau mot de passe"),
        ("/compte/adresse/envoyee/", "Un message vous attend"),
        ("/compte/adresse/rien/", "Confirmer votre adresse"),
        ("/compte/ferme/", "Compte fermé"),
    ],
)
def test_the_doors_are_pages_like_the_others(db, client, address, title):
    assert read(client.get(address)).title == f"{title} — Établi"


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/compte/adresse/", "Adresse électronique"),
        ("/compte/mot-de-passe/", "Changer de mot de passe"),
        ("/compte/appareils/", "Appareils connectés"),
        ("/compte/verifier/", "Confirmez que c’est vous"),
        ("/deconnexion/", "Se déconnecter"),
        ("/compte/securite/", "Sécurité du compte"),
        ("/compte/securite/cles/", "Clés de sécurité"),
    ],
)
def test_ones_own_account_is_made_of_pages_like_the_others(client, db, address, title):
    user = account()
    client.post("/connexion/", {"login": user.email, "password": PASSWORD})
    assert read(client.get(address)).title == f"{title} — Établi"


def test_an_account_is_created_confirmed_then_entered(db, client):
    read(client.post("/inscription/", SIGNUP, follow=True))
    [message] = mail.outbox
    assert message.subject == "Confirmez votre adresse"
    assert "l’adresse" not in client.get("/espace/").url
    assert (
        client.post("/connexion/", {"login": SIGNUP["email"], "password": PASSWORD}).url == "/compte/adresse/envoyee/"
    )
    confirmation = link(message)
    assert "ana@exemple.fr" in read(client.get(confirmation)).text
    client.post(confirmation)
    assert client.post("/connexion/", {"login": "ANA@exemple.fr", "password": PASSWORD}).url == "/espace/"
    assert User.objects.get().name == "Ana Petit"


def test_opening_the_link_of_a_message_confirms_nothing_by_itself(db, client):
    """Mail readers open links before their reader does."""
    client.post("/inscription/", SIGNUP)
    client.get(link(mail.outbox[0]))
    assert not EmailAddress.objects.get().verified


def test_signing_up_says_the_same_whether_the_address_is_known_or_not(db, client):
    unknown = client.post("/inscription/", SIGNUP, follow=True)
    account("deja@exemple.fr")
    known = client.post("/inscription/", {**SIGNUP, "email": "deja@exemple.fr"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    said = [contract.Page(answer.content.decode()).text for answer in (unknown, known)]
    assert said[0].replace("ana@", "") == said[1].replace("deja@", "")
    assert mail.outbox[-1].subject == "Vous avez déjà un compte"
    assert User.objects.count() == 2


def test_forgetting_a_password_says_the_same_and_writes_to_known_addresses_alone(db, client):
    account()
    unknown = client.post("/mot-de-passe-oublie/", {"email": "zoe@exemple.fr"}, follow=True)
    assert mail.outbox == []
    known = client.post("/mot-de-passe-oublie/", {"email": "ana@exemple.fr"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert [message.to for message in mail.outbox] == [["ana@exemple.fr"]]


def test_a_forgotten_password_is_replaced_by_its_link_once(db, client):
    account()
    client.post("/mot-de-passe-oublie/", {"email": "ana@exemple.fr"})
    form = client.get(link(mail.outbox[0]), follow=True)
    read(form)
    new = {"password1": "encore une autre phrase", "password2": "encore une autre phrase"}
    here = form.redirect_chain[-1][0]
    read(client.post(here, new, follow=True))
    assert client.post("/connexion/", {"login": "ana@exemple.fr", "password": new["password1"]}).url == "/espace/"
    client.post("/deconnexion/")
    assert "Ce lien n’est plus valable" in read(client.get(link(mail.outbox[0]), follow=True)).text


@pytest.mark.parametrize("email", ["ana@exemple.fr", "inconnue@exemple.fr"])
def test_a_wrong_password_is_refused_in_the_same_words_for_all(db, client, email):
    account()
    page = read(client.post("/connexion/", {"login": email, "password": "faux"}))
    assert "L’adresse ou le mot de passe n’est pas le bon" in page.text
    assert f'value="{email}"' in page.html


def test_attempts_are_limited_and_the_refusal_says_how_long(db, client):
    account()
    for _ in range(5):
        client.post("/connexion/", {"login": "ana@exemple.fr", "password": "faux"})
    page = read(client.post("/connexion/", {"login": "ana@exemple.fr", "password": PASSWORD}))
    assert "Attendez cinq minutes" in page.text


@pytest.mark.parametrize(
    ("password", "reason"),
    [("court", "12 caractères"), ("123456789012345", "entièrement numérique"), ("ana petit ana", "trop semblable")],
)
def test_a_poor_password_is_refused_with_its_reason_and_the_rest_is_kept(db, client, password, reason):
    page = read(client.post("/inscription/", {**SIGNUP, "password1": password}))
    assert reason in page.text
    assert 'value="ana@exemple.fr"' in page.html
    assert 'value="Ana Petit"' in page.html


def test_sessions_are_listed_and_the_others_closed(db, client):
    account()
    other = type(client)()
    for device in (client, other):
        device.post("/connexion/", {"login": "ana@exemple.fr", "password": PASSWORD})
    assert "cet appareil" in read(client.get("/compte/appareils/")).text
    client.post("/compte/appareils/")
    assert other.get("/espace/").url.startswith("/connexion/")
    assert client.get("/espace/").status_code == 403


def enter(client, user):
    """Log in, then give the password once more, as what touches security asks."""
    client.post("/connexion/", {"login": user.email, "password": PASSWORD})
    asked = client.get("/compte/securite/application/").url
    assert asked.startswith("/compte/verifier/?next=")
    assert client.post(asked, {"password": PASSWORD}).url == "/compte/securite/application/"


def code(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_a_second_factor_is_set_up_then_asked_for_at_the_door(db, client):
    user = account()
    enter(client, user)
    read(client.get("/compte/securite/application/"))
    secret = client.session["mfa.totp.secret"]
    response = client.post("/compte/securite/application/", {"code": code(secret)}, follow=True)
    assert "Il vous en reste 10 sur 10" in read(response).text
    client.post("/deconnexion/")
    assert client.post("/connexion/", {"login": user.email, "password": PASSWORD}).url == "/connexion/second-facteur/"
    assert client.get("/espace/").url.startswith("/connexion/")
    page = read(client.post("/connexion/second-facteur/", {"code": "000000"}))
    assert "Ce code n’est pas le bon" in page.text
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert client.post("/connexion/second-facteur/", {"code": codes[0]}).url == "/espace/"


def test_the_secret_of_a_second_factor_is_not_readable_in_the_database(db):
    user = account()
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    assert secret not in str(Authenticator.objects.get().data)


def test_every_page_of_security_is_sound_with_factors_in_place(db, client):
    user = account()
    enter(client, user)
    client.get("/compte/securite/application/")
    client.post("/compte/securite/application/", {"code": code(client.session["mfa.totp.secret"])})
    for address in ("", "application/retirer/", "codes/", "codes/nouveaux/", "cles/", "cles/ajouter/", "verifier/"):
        read(client.get(f"/compte/securite/{address}"))
    assert client.get("/compte/securite/codes/codes.txt").content.count(b"\n") == 10


def test_reading_ones_account_writes_nothing(client, cast):
    as_user(client, cast.octave)
    for address in ("/compte/adresse/", "/compte/securite/", "/compte/appareils/"):
        assert client.get(address).status_code == 200


def test_each_page_of_ours_replaces_one_of_the_library():
    """A misspelt name would replace nothing, and nobody would see it."""
    ours, theirs = Path(accounts.__file__).parent / "templates", Path(allauth.__file__).parent / "templates"
    names = [
        path.relative_to(ours) for folder in ("account", "mfa", "usersessions") for path in (ours / folder).rglob("*.*")
    ]
    assert len(names) > 60
    assert [name for name in names if not (theirs / name).is_file()] == []


@pytest.mark.parametrize("answer", ["9" * 5000, "[" * 100_000, "[1]", '{"response": 1}', "{}", '{"id": "a"}', "\x00"])
def test_what_no_key_answers_is_refused_in_french(cast, client, answer):
    as_user(client, cast.octave)
    page = client.post("/compte/securite/cles/ajouter/", {"name": "Clé", "credential": answer})
    assert page.status_code == 200
    assert not Authenticator.objects.exists()
    shape = AuthenticateWebAuthnForm({"credential": answer}, user=cast.octave)
    assert shape.errors


def test_much_asking_pushes_no_count_of_attempts_out(db):
    """The counts are kept in a table: Django would keep three hundred, and drop the first of them."""
    kept = DatabaseCache("django_cache", CACHES["default"])
    kept.set("a", [1])
    for number in range(350):
        kept.set(f"b{number}", [1])
    assert kept.get("a") == [1]


def test_the_login_of_the_demonstration_says_who_one_may_be_and_for_which_organisation(client, cast, settings):
    assert "démonstration" not in read(client.get("/connexion/")).text
    settings.DEMO = True
    text = "".join(read(client.get("/connexion/")).text.split())
    assert "basile@exemple.frchargédupacteCALL" in text
    assert "zoe@exemple.fr" not in text
