"""From nothing to a published report: the Lens-Liévin pact in the browser, within sixty fields and twenty-five pages."""

from datetime import datetime
from pathlib import Path

import pytest

from etabli.accounts.roles import Role
from etabli.pacts.models import Convention
from tests.browser.conftest import NewVisitor
from tests.browser.officer import Hand, enter, log_in
from tests.etabli.cast import Cast, gather, person

pytestmark = pytest.mark.browser

PASSWORD = "une phrase bien longue"
SLUG = "convention-pour-l-artisanat-de-lens-lievin"
PACT = f"/pacte/{SLUG}/"
MOST_FIELDS, MOST_PAGES = 60, 25
PHONE = 390


@pytest.fixture
def cast(transactional_db, settings, tmp_path: Path, time_machine) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to(datetime(2017, 10, 9, 9, 0), tick=True)
    return gather()


AXES = ("S’approprier les innovations numériques", "Réussir la rénovation énergétique",
        "Prendre part au renouvellement urbain")  # fmt: skip
ACTIONS = (
    ("Boutiques en ligne", "Trois cents entreprises vendent en ligne."),
    ("Groupements d’artisans", "Répondre ensemble aux chantiers de rénovation."),
    ("Créations dans les quartiers", "Cent cinquante créations en quartier prioritaire."),
)
PROMISES = (
    (0, "Entreprises accompagnées vers le numérique", ("visite", "diagnostic"), (), (2, 9, 9, 7)),
    (1, "Entreprises accompagnées vers la rénovation", ("rendez-vous", "label"), (), (2, 8, 10, 8)),
    (2, "Créations en quartier prioritaire", ("création",), ("quartiers prioritaires seulement",), (0, 4, 4, 3)),
)


def write(octave: Hand) -> None:
    """From the empty list of conventions to the text ready for deliberation."""
    octave.open("/pacte/conventions/")
    octave.follow("Nouvelle convention")
    for label, text in (("Titre de la convention", "Convention pour l’artisanat de Lens-Liévin"),
                        ("Territoire", "Lens-Liévin"), ("Du", "2017-11-16"), ("Au", "2020-11-15"),
                        ("Montant total (facultatif)", "140 000")):  # fmt: skip
        octave.fill(label, text)
    octave.press("Créer le projet")
    octave.reads("36 communes")
    octave.press("Garder cette liste et écrire les parties")
    octave.fill("Signataire", "Rose Hubert")
    octave.fill("Qualité", "présidente")
    octave.fill("SIREN", "246200364", 1)
    octave.fill("Signataire", "Luc Bernard", 1)
    octave.fill("Qualité", "président", 1)
    octave.press("Enregistrer")
    octave.follow("Axes")
    for number, title in enumerate(AXES):
        octave.fill("Intitulé", title, number)
    octave.press("Enregistrer")
    octave.follow("Fiches-action")
    for number, (title, purpose) in enumerate(ACTIONS):
        octave.fill("Intitulé", title, number)
        octave.fill("Objectif", purpose, number)
    octave.press("Enregistrer")


def promise(octave: Hand) -> None:
    """What each axis promises, and how it is counted."""
    octave.follow("Objectifs")
    octave.follow("Ajouter un objectif")
    for axis, title, kinds, more, targets in PROMISES:
        if axis:
            octave.label("Axe").select_option(label=AXES[axis])
        octave.fill("Ce qui est promis", title)
        for kind in kinds:
            octave.tick(kind)
        for year, target in zip(range(2017, 2021), targets, strict=True):
            octave.fill(f"Cible {year} (facultatif)", str(target))
        if more:
            octave.guest.unfold("Affiner")
            for name in more:
                octave.tick(name)
        octave.press("Ajouter l’objectif")
        octave.reads("Objectif ajouté")


def deliberate(octave: Hand) -> None:
    """Read by the partner, deliberated on both sides, put to sign."""
    octave.open(f"{PACT}convention/")
    octave.press("Envoyer en relecture")
    octave.press("Passer à la délibération")
    octave.open(f"{PACT}convention/deliberations/")
    for number, text in enumerate(("2017-112", "CC-2017-74")):
        octave.fill("Délibération n°", text, number)
        octave.fill("Du", "2017-10-12", number)
    octave.press("Enregistrer")
    octave.press("Arrêter le texte et passer à la signature")


def sign(hand: Hand, who) -> None:
    """Read, tick, type one’s password."""
    who.set_password(PASSWORD)
    who.save()
    log_in(hand.guest, who)
    hand.open(f"{PACT}convention/signer/")
    hand.label("J’ai lu cette version et je la signe au nom de mon organisation.").check()
    hand.fill("Votre mot de passe, de nouveau", PASSWORD)
    hand.press("Signer cette version")


def test_a_pact_from_nothing_to_its_published_report(visitor: NewVisitor, cast: Cast, time_machine) -> None:
    octave = enter(visitor(), cast.octave)
    write(octave)
    promise(octave)
    deliberate(octave)
    made = Convention.objects.get()
    assert len(octave.count.fields) <= MOST_FIELDS, octave.count.fields
    assert len(octave.count.pages) <= MOST_PAGES, octave.count.pages
    time_machine.move_to(datetime(2017, 11, 16, 11, 0), tick=True)
    other = Hand(visitor())
    sign(other, cast.luc)
    sign(other, person("Rose Hubert", cast.chamber, Role.ELECTED))
    made.refresh_from_db()
    assert made.state == "active"
