"""What a pact officer types to write the Lens-Liévin pact, and how it is signed: the journey of a convention."""

from tests.browser.officer import Hand, log_in

PASSWORD = "une phrase bien longue"
SLUG = "convention-pour-l-artisanat-de-lens-lievin"
PACT = f"/pacte/{SLUG}/"
HERE = f"{PACT}convention/"

AXES = ("S’approprier les innovations numériques", "Réussir la rénovation énergétique",
        "Prendre part au renouvellement urbain")  # fmt: skip
ACTIONS = (
    ("Boutiques en ligne", "Trois cents entreprises vendent en ligne."),
    ("Groupements d’artisans", "Répondre ensemble aux chantiers de rénovation."),
    ("Créations dans les quartiers", "Cent cinquante créations en quartier prioritaire."),
)
YEARS = (2017, 2018, 2019, 2020)
PROMISES = (
    (0, "Entreprises accompagnées vers le numérique", ("visite", "diagnostic"), (), (2, 20, 20, 16)),
    (1, "Entreprises accompagnées vers la rénovation", ("rendez-vous", "label"), (), (2, 18, 20, 16)),
    (2, "Créations en quartier prioritaire", ("création",), ("quartiers prioritaires seulement",), (0, 8, 8, 6)),
)
"""Rank of the axis, title, kinds of acts, what is refined, a target a year."""


def write(octave: Hand) -> None:
    """From the empty list of conventions to its fiches-action."""
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
    for axis, title, kinds, refined, targets in PROMISES:
        if axis:
            octave.label("Axe").select_option(label=AXES[axis])
        octave.fill("Ce qui est promis", title)
        for kind in kinds:
            octave.tick(kind)
        for year, target in zip(YEARS, targets, strict=True):
            octave.fill(f"Cible {year} (facultatif)", str(target))
        if refined:
            octave.guest.unfold("Affiner")
        for name in refined:
            octave.tick(name)
        octave.press("Ajouter l’objectif")
        octave.reads("Objectif ajouté")


def deliberate(octave: Hand) -> None:
    """Read by the partner, deliberated on both sides, put to sign."""
    octave.open(HERE)
    octave.press("Envoyer en relecture")
    octave.press("Passer à la délibération")
    octave.open(f"{HERE}deliberations/")
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
    hand.open(f"{HERE}signer/")
    hand.label("J’ai lu cette version et je la signe au nom de mon organisation.").check()
    hand.fill("Votre mot de passe, de nouveau", PASSWORD)
    hand.press("Signer cette version")
