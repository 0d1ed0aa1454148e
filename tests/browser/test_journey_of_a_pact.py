"""From nothing to a published report: the Lens-Liévin pact in the browser, within sixty fields and twenty-five pages."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from etabli.accounts.roles import Role
from etabli.acts.models import Act
from etabli.pacts.models import Convention
from tests.browser.conftest import NewVisitor
from tests.browser.pact_year import consent, fill, photo
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
TOLD = (
    "Les ateliers du soir ont remplacé ceux de l’après-midi : davantage de gérantes y viennent. Une entreprise sur cinq "
    "suspend son projet en cours de route ; elle est rappelée six mois après.",
    "Les dossiers de qualification restent longs pour une entreprise seule : plusieurs ont été montés à deux.",
    "Une permanence par mois s’est tenue dans un quartier. Le local vacant reste ce qui manque le plus.",
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


VISITS = (
    {"firm": "boulangerie", "kind": "", "axis": "", "qpv": False, "said": "Veut vendre en ligne avant l’été."},
    {"firm": "menuiserie", "kind": "rendez-vous", "axis": AXES[1], "qpv": False, "said": "Dossier de qualification."},
    {"firm": "Nadia Benali", "kind": "création", "axis": AXES[2], "qpv": True, "said": "Ouvre un salon à Lens."},
)


def note(octave: Hand) -> None:
    """Three acts from a phone: two firms of the directory, and a person who has no number yet."""
    page = octave.page
    octave.open("/atelier/carnet/")
    for one in VISITS:
        page.get_by_role("textbox", name="Entreprise").fill(one["firm"])
        if one["qpv"]:
            octave.fill("Commune (facultatif)", "Lens")
            page.locator("#propositions input[value='personne']").check()
            octave.tick("Dans un quartier prioritaire")
        else:
            page.locator("#propositions input[value^='siret:']").first.check()
        if one["kind"]:
            octave.tick(one["kind"])
            octave.label("Axe (facultatif)").select_option(label=one["axis"])
        octave.fill("En une phrase (facultatif)", one["said"])
        octave.press("Enregistrer")
        expect(page.get_by_role("status")).to_contain_text("C’est noté")


def open_every_figure(octave: Hand) -> None:
    """Each figure of the dashboard leads to the rows that make it, as many as it says."""
    octave.open(f"{PACT}?annee=2018")
    addresses = [
        link.get_attribute("href") for link in octave.page.locator(".figure-value a, .gauge-title a").all()
    ]
    assert len(addresses) == 4 + len(PROMISES)
    for address in addresses:
        octave.open(address)
        if "/objectifs/" in address:
            rows = octave.page.locator("#lignes tbody tr")
            print(address, rows.count(), octave.page.locator(".gauge-words").first.text_content())
        elif "/atelier/" in address:
            octave.reads(f"{Act.objects.count()} actes")


def report(octave: Hand) -> None:
    """Frozen, written, with a photo and words that somebody consented to, then given to read."""
    octave.open(f"{PACT}?annee=2018")
    octave.follow("Bilan 2018")
    octave.press("Figer les chiffres")
    octave.press("Commencer à écrire")
    octave.follow("Écrire le bilan")
    for number, text in enumerate(TOLD):
        octave.page.locator("textarea").nth(number).fill(text)
    octave.press("Enregistrer")
    octave.page.get_by_role("link", name=re.compile("Ajouter une citation")).first.click()
    octave.fill("Citation", "Le samedi, la moitié des commandes sont prêtes à emporter.")
    octave.fill("Qui parle", "une boulangère de Lens")
    consented(octave)
    octave.page.get_by_role("link", name=re.compile("Ajouter une photo")).first.click()
    octave.label("Photo (JPEG ou PNG)").set_input_files([photo()])
    octave.fill("Ce que montre la photo, pour qui ne la voit pas", "La devanture d’une boulangerie de Lens")
    consented(octave)
    octave.press("Soumettre à la relecture")


def consented(octave: Hand) -> None:
    octave.label("Accord écrit (PDF ou photo) (facultatif)").set_input_files([consent()])
    octave.fill("Accord valable jusqu’au (facultatif)", "2030-12-31")
    octave.press("Enregistrer")


def test_a_pact_from_nothing_to_its_published_report(visitor: NewVisitor, cast: Cast, time_machine, tmp_path) -> None:
    octave = enter(visitor(), cast.octave)
    write(octave)
    promise(octave)
    deliberate(octave)
    assert len(octave.count.fields) <= MOST_FIELDS, octave.count.fields
    assert len(octave.count.pages) <= MOST_PAGES, octave.count.pages
    time_machine.move_to(datetime(2017, 11, 16, 11, 0), tick=True)
    other = Hand(visitor())
    sign(other, cast.luc)
    sign(other, person("Rose Hubert", cast.chamber, Role.ELECTED))
    pact = Convention.objects.get()
    assert pact.state == "active"

    time_machine.move_to(datetime(2018, 5, 14, 16, 0), tick=True)
    phone = enter(visitor(width=PHONE), cast.octave)
    note(phone)
    fill(cast, pact, year=2018)

    time_machine.move_to(datetime(2019, 1, 15, 9, 0), tick=True)
    log_in(octave.guest, cast.octave)
    open_every_figure(octave)
    report(octave)
    for who in (cast.luc, cast.octave):
        log_in(other.guest, who)
        other.open(f"{PACT}bilan/2018/")
        other.press("Valider le bilan")
    octave.open(f"{PACT}bilan/2018/")
    octave.press("Publier le bilan")
    for name in ("PDF", "Word", "Diaporama", "Classeur"):
        for whose in ("Version des parties", "Version publique"):
            (tmp_path / f"{whose[8:12]}-{name}").write_bytes(octave.guest.save(octave.page.locator(".takeaway p", has_text=whose).locator("a", has_text=name)))
    octave.follow("Voir la page publique")
    print(len(octave.count.fields), len(octave.count.pages), len(phone.count.fields), tmp_path)
    for page in ("", f"{PACT}bilan/2018/", f"{PACT}?annee=2018", f"{PACT}", "/pactes/{SLUG}/bilans/2018/"):
        pass
    for number, where in enumerate((f"{PACT}convention/", f"{PACT}bilan/2018/", f"{PACT}?annee=2018", f"{PACT}",
                  f"/pactes/{SLUG}/bilans/2018/", f"/atelier/actes/?pacte={SLUG}", f"{PACT}objectifs/1/?annee=2018")):
        octave.page.set_viewport_size({"width": 1280, "height": 900})
        octave.open(where)
        octave.page.screenshot(path=tmp_path / f"shot{number}-1280.png", full_page=True)
        octave.page.set_viewport_size({"width": 360, "height": 780})
        octave.page.screenshot(path=tmp_path / f"shot{number}-360.png", full_page=True)
