"""A convention from nothing to its signature, in the browser, on both sides; few fields, few pages, readable by all."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Locator, expect

from etabli.accounts.roles import Role
from etabli.pacts.models import Convention
from tests.browser import pictures
from tests.browser.conftest import NewVisitor
from tests.browser.test_pages import assert_readable
from tests.browser.visitors import Visitor
from tests.etabli.cast import Cast, gather, person

pytestmark = pytest.mark.browser

PASSWORD = "une phrase bien longue"
SLUG = "convention-pour-l-artisanat-de-lens-lievin"
HERE = f"/pacte/{SLUG}/convention/"
MOST_FIELDS, MOST_PAGES = 30, 10


@dataclass
class Hand:
    """Somebody at work, whose fields and pages are counted."""

    guest: Visitor
    fields: int = 0
    pages: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Go to a page by its address."""
        self.guest.open(address)
        self.seen()

    def seen(self) -> None:
        """A page came."""
        self.guest.page.wait_for_load_state()
        path = re.sub(r"^https?://[^/]+|[?#].*", "", self.guest.page.url)
        if not self.pages or self.pages[-1] != path:
            self.pages.append(path)

    def fill(self, target: Locator, text: str) -> None:
        """One field."""
        target.fill(text)
        self.fields += 1

    def label(self, text: str, number: int = 0) -> Locator:
        """A field by its label; the nth when several lines have it."""
        return self.guest.page.get_by_label(text, exact=True).nth(number)

    def press(self, name: str) -> None:
        """A button, and the page that follows."""
        self.guest.page.get_by_role("button", name=name, exact=True).first.click()
        self.seen()


@pytest.fixture
def media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cast(transactional_db, media) -> Cast:
    return gather()


def enter(guest: Visitor, who) -> Hand:
    """The session of somebody who has logged in."""
    client = Client()
    client.force_login(who)
    cookie = client.cookies["sessionid"].value
    guest.page.context.clear_cookies()
    guest.page.context.add_cookies([{"name": "sessionid", "value": cookie, "domain": "localhost", "path": "/"}])
    return Hand(guest)


def write(octave: Hand) -> None:
    """Everything that the pilot writes, from the empty form to the review."""
    octave.open("/pacte/nouvelle/")
    for label, text in (("Titre de la convention", "Convention pour l’artisanat de Lens-Liévin"),
                        ("Territoire", "Lens-Liévin"), ("Du", "2017-11-16"), ("Au", "2020-11-15"),
                        ("Montant total (facultatif)", "140 000")):  # fmt: skip
        octave.fill(octave.label(label), text)
    octave.press("Créer le projet")
    expect(octave.guest.page.locator("h2", has_text="36")).to_be_visible()
    octave.press("Garder cette liste et écrire les parties")
    octave.fill(octave.label("Signataire", 0), "Rose Hubert")
    octave.fill(octave.label("Qualité", 0), "présidente")
    octave.fill(octave.label("SIREN", 1), "246200364")
    octave.fill(octave.label("Signataire", 1), "Luc Bernard")
    octave.fill(octave.label("Qualité", 1), "président")
    octave.press("Enregistrer")
    octave.guest.page.get_by_role("link", name="Axes", exact=True).click()
    octave.seen()
    for number, title in enumerate(("Transition numérique", "Rénovation énergétique", "Renouvellement urbain")):
        octave.fill(octave.label("Intitulé", number), title)
    octave.press("Enregistrer")
    octave.guest.page.get_by_role("link", name="Fiches-action", exact=True).click()
    octave.seen()
    for number, (title, purpose) in enumerate((
        ("Boutiques en ligne", "Trois cents entreprises vendent en ligne."),
        ("Groupements d’artisans", "Répondre ensemble aux chantiers de rénovation."),
        ("Créations dans les quartiers", "Cent cinquante créations en quartier prioritaire."),
    )):  # fmt: skip
        octave.fill(octave.label("Intitulé", number), title)
        octave.fill(octave.label("Objectif", number), purpose)
    octave.press("Enregistrer")


def deliberate(octave: Hand) -> None:
    """Number and date on both sides, then the text is frozen."""
    octave.press("Envoyer en relecture")
    octave.press("Passer à la délibération")
    octave.open(f"{HERE}deliberations/")
    for number, text in enumerate(("2017-112", "CC-2017-74")):
        octave.fill(octave.label("Délibération n°", number), text)
        octave.fill(octave.label("Du", number), "2017-10-12")
    octave.press("Enregistrer")
    octave.press("Arrêter le texte et passer à la signature")


def sign(hand: Hand, who) -> None:
    """Read, tick, type one's password."""
    who.set_password(PASSWORD)
    who.save()
    hand = enter(hand.guest, who)
    hand.open(f"{HERE}signer/")
    hand.label("J’ai lu cette version et je la signe au nom de mon organisation.").check()
    hand.fill(hand.label("Votre mot de passe, de nouveau"), PASSWORD)
    hand.press("Signer cette version")


def test_a_pact_is_written_deliberated_and_signed_in_few_fields_and_pages(visitor: NewVisitor, cast: Cast) -> None:
    octave = enter(visitor(), cast.octave)
    write(octave)
    deliberate(octave)
    sign(octave, cast.luc)
    sign(octave, person("Rose Hubert", cast.chamber, Role.ELECTED))
    made = Convention.objects.get()
    assert made.state == "active"
    assert made.parties.count() == 2
    assert sum(axis.actions.count() for axis in made.axes.all()) == 3
    assert octave.fields <= MOST_FIELDS, octave.fields
    assert len(set(octave.pages)) <= MOST_PAGES, octave.pages
    assert octave.guest.logs.all == []


def test_the_same_without_script(visitor: NewVisitor, cast: Cast) -> None:
    octave = enter(visitor("sans script"), cast.octave)
    write(octave)
    assert Convention.objects.get().axes.count() == 3


@pytest.fixture
def written(visitor: NewVisitor, cast: Cast) -> Hand:
    """The pilot, before a convention in signature, with a remark, a meeting and a version."""
    octave = enter(visitor(reduced_motion="reduce"), cast.octave)
    write(octave)
    deliberate(octave)
    octave.open(f"/pacte/{SLUG}/instances/nouvelle/")
    octave.fill(octave.label("Jour"), "2027-03-02")
    octave.press("Enregistrer")
    return octave


READ = (
    HERE, f"{HERE}signer/", f"{HERE}versions/1/", f"/pacte/{SLUG}/avenants/", f"/pacte/{SLUG}/instances/",
    f"{HERE}modele/", "/pacte/conventions/", "/pacte/nouvelle/", "/avis/",
)  # fmt: skip
WRITE = ("texte/", "perimetre/", "parties/", "axes/", "actions/", "deliberations/")


def test_every_page_is_readable_by_all_at_both_widths(written: Hand, axe) -> None:
    page = written.guest.page
    for address in (*READ, page.url):
        assert written.guest.open(address).status == 200
        assert_readable(page, axe)
    Convention.objects.update(state="corrections")
    for part in WRITE:
        assert written.guest.open(f"{HERE}{part}").status == 200
        assert_readable(page, axe)
    written.open(f"{HERE}axes/")
    written.open(f"{HERE}actions/")
    page.get_by_text("plus").first.click()
    page.get_by_role("link", name=re.compile("Tous les champs")).first.click()
    assert_readable(page, axe)


def test_pictures_of_the_guide_show_the_pages_of_today(written: Hand) -> None:
    page, signing = written.guest.page, "convention-signer.png"
    pictures.compare(page, signing, pictures.OF_CONVENTIONS[signing])
    Convention.objects.update(state="draft")
    for name in pictures.OF_CONVENTIONS.keys() - {signing}:
        pictures.compare(page, name, pictures.OF_CONVENTIONS[name])
