"""Accounts in Chromium: invited, entered, protected by a key; each page readable by all, with and without script."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from etabli.accounts.actions import roles
from etabli.accounts.models import Membership
from etabli.accounts.roles import Role
from tests.browser import pictures
from tests.browser.conftest import NewVisitor
from tests.browser.test_diary import enter
from tests.browser.test_pages import assert_readable
from tests.browser.visitors import Visitor
from tests.etabli.cast import Cast, gather

pytestmark = pytest.mark.browser
PASSWORD = "une phrase assez longue"
PAGES = (
    "/compte/adresse/", "/compte/mot-de-passe/", "/compte/securite/", "/compte/appareils/", "/compte/verifier/",
    "/compte/securite/cles/", "/deconnexion/", "/espace/rejoindre/", "/organisation/", "/organisation/inviter/",
    "/organisation/inscrire/", "/organisation/decrire/", "/organisation/passer-la-main/", "/organisation/succession/",
)  # fmt: skip


@pytest.fixture
def cast(transactional_db) -> Cast:
    cache.clear()
    people = gather()
    for user in (people.adele, people.zoe):
        user.set_password(PASSWORD)
        user.save()
    return people


def log_in(guest: Visitor, email: str, password: str = PASSWORD) -> None:
    """By the page, as anybody does."""
    guest.open("/connexion/")
    guest.page.get_by_label("Adresse électronique").fill(email)
    guest.page.get_by_label("Mot de passe", exact=True).fill(password)
    guest.page.get_by_role("button", name="Se connecter").click()
    expect(guest.page).not_to_have_url(re.compile("/connexion/$"))


def confirm(page: Page) -> None:
    """The password once more."""
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()


@pytest.mark.parametrize("address", PAGES)
def test_page_of_ones_account_is_readable_by_all(visitor: NewVisitor, cast: Cast, axe, address: str) -> None:
    guest = visitor()
    enter(guest, cast.adele)
    roles.ask(organisation=cast.chamber, by=cast.zoe)
    guest.open(address)
    if address != "/deconnexion/":  # a page for anybody, hence without the bar
        guest.page.locator("details.who summary").click()
    assert_readable(guest.page, axe)
    assert guest.logs.all == []


def test_a_wrong_field_is_summed_up_and_led_to(visitor: NewVisitor, cast: Cast, axe) -> None:
    guest = visitor(width=360)
    guest.open("/inscription/")
    page = guest.page
    page.get_by_label("Prénom et nom").fill("Ana Petit")
    page.get_by_label("Adresse électronique").fill("ana@exemple.fr")
    page.get_by_label("Mot de passe").fill("court")
    page.get_by_role("button", name="Créer le compte").click()
    expect(page.get_by_role("alert")).to_contain_text("Ce mot de passe est trop court")
    page.get_by_role("link", name="Mot de passe", exact=True).click()
    expect(page.get_by_label("Mot de passe")).to_be_focused()
    expect(page.get_by_label("Adresse électronique")).to_have_value("ana@exemple.fr")
    assert_readable(page, axe)


@pytest.mark.parametrize("manner", ["clavier", "sans script"])
def test_an_invitation_leads_from_the_message_to_the_role(visitor: NewVisitor, cast: Cast, manner: str) -> None:
    adele = visitor(width=360)
    log_in(adele, "adele@exemple.fr")
    adele.open("/organisation/inviter/")
    adele.page.get_by_label("Adresse électronique").fill("nadia@exemple.fr")
    adele.page.get_by_label("Rôle").select_option(label="développeur territorial")
    adele.page.get_by_role("button", name="Inviter").click()
    expect(adele.page.get_by_role("status")).to_contain_text("L’invitation est partie à nadia@exemple.fr")
    link = re.search(r"http\S+(/invitation/\S+)", mail.outbox[-1].body)[1]

    nadia = visitor(manner, width=360)
    nadia.open(link)
    nadia.activate(nadia.page.get_by_role("link", name="Créer un compte"))
    nadia.page.get_by_label("Prénom et nom").fill("Nadia Roux")
    expect(nadia.page.get_by_label("Adresse électronique")).to_have_value("nadia@exemple.fr")
    nadia.page.get_by_label("Mot de passe").fill(PASSWORD)
    nadia.page.get_by_role("button", name="Créer le compte").click()
    nadia.page.get_by_role("button", name="Accepter").click()
    expect(nadia.page.locator("details.who summary")).to_contain_text("Nadia Roux")
    held = Membership.objects.get(user__email="nadia@exemple.fr")
    assert (held.organisation, held.role) == (cast.chamber, Role.DEVELOPER)


def with_a_key(page: Page) -> None:
    """A security key of the browser, plugged in and touched."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_key_is_added_then_opens_the_account(visitor: NewVisitor, cast: Cast, settings, axe) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    guest = visitor()
    page = guest.page
    with_a_key(page)
    log_in(guest, "adele@exemple.fr")
    expect(page.get_by_role("heading", name="Sécurité du compte")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Un second facteur est nécessaire")
    pictures.compare(page, "second-facteur.png", pictures.OF_ACCOUNTS["second-facteur.png"])
    guest.open("/compte/securite/")
    page.get_by_role("link", name="Ajouter une clé").click()
    confirm(page)
    page.get_by_label("Nom de la clé").fill("Clé du bureau")
    page.get_by_role("button", name="Ajouter la clé").click()
    expect(page.get_by_role("heading", name="Codes de secours")).to_be_visible()
    assert_readable(page, axe)
    guest.open("/organisation/")
    expect(page.get_by_role("heading", name="Chambre de métiers")).to_be_visible()

    page.context.clear_cookies()
    log_in(guest, "adele@exemple.fr")
    expect(page.get_by_role("heading", name="Second facteur")).to_be_visible()
    assert_readable(page, axe)
    page.get_by_role("button", name="Utiliser une clé de sécurité").click()
    expect(page).to_have_url(re.compile("/organisation/|/avis/|/pacte/|/atelier/"))


def test_a_key_that_does_not_answer_is_said_beside_its_button(visitor: NewVisitor, cast: Cast) -> None:
    guest = visitor()
    log_in(guest, "adele@exemple.fr")
    guest.open("/compte/securite/cles/ajouter/")
    confirm(guest.page)
    guest.page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('no')); }")
    guest.page.get_by_role("button", name="Ajouter la clé").click()
    expect(guest.page.get_by_role("alert")).to_contain_text("La clé n’a pas répondu")


def test_the_application_of_codes_is_set_up_without_script(visitor: NewVisitor, cast: Cast, axe) -> None:
    guest = visitor("sans script", width=360)
    log_in(guest, "adele@exemple.fr")
    guest.open("/compte/securite/application/")
    confirm(guest.page)
    expect(guest.page.get_by_role("img")).to_be_visible()
    expect(guest.page.locator("main code")).to_have_text(re.compile("[A-Z2-7]{16,}"))


def test_the_organisation_is_shown_in_the_guide(visitor: NewVisitor, cast: Cast) -> None:
    roles.ask(organisation=cast.chamber, by=cast.zoe)
    guest = visitor(reduced_motion="reduce")
    enter(guest, cast.adele)
    pictures.compare(guest.page, "organisation.png", pictures.OF_ACCOUNTS["organisation.png"])
