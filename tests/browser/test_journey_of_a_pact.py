"""From nothing to a published report: the Lens-Liévin pact in the browser, within sixty fields and 25 pages.

It takes the pictures of the guide of conventions and reports: `ETABLI_PICTURES=1 ./run test` on this file.
"""

import csv
import io
import re
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from etabli.accounts.roles import Role
from etabli.pacts.models import Convention, FrozenRow
from tests.browser import outputs, pictures
from tests.browser.conftest import NewVisitor
from tests.browser.officer import Hand, beside, enter, log_in
from tests.browser.pact_year import consent, fill, photo
from tests.browser.writing import AXES, PACT, PROMISES, SLUG, deliberate, promise, sign, write
from tests.etabli.cast import Cast, gather, person

pytestmark = pytest.mark.browser

MOST_FIELDS, MOST_PAGES = 60, 25
PHONE = 390
REPORT, PUBLIC = f"{PACT}bilan/2018/", f"/pactes/{SLUG}/bilans/2018/"
NOTED = (
    {"firm": "boulangerie", "said": "Veut vendre en ligne avant l’été."},
    {"firm": "menuiserie", "kind": "rendez-vous", "axis": AXES[1], "said": "Dossier de qualification ouvert."},
    {"firm": "Nadia Benali", "kind": "création", "axis": AXES[2], "said": "Ouvre un salon à Lens.", "commune": "Lens"},
)
TOLD = (
    "Les ateliers du soir ont remplacé ceux de l’après-midi\u00a0: davantage de gérantes y viennent. Une entreprise "
    "sur cinq suspend son projet en cours de route\u202f; elle est rappelée six mois après.",
    "Les dossiers de qualification restent longs pour une entreprise seule\u00a0: plusieurs ont été montés à deux.",
    "Une permanence par mois s’est tenue dans un quartier. Le local vacant reste ce qui manque le plus.",
)
WORDS, SHOP = "Le samedi, la moitié des commandes sont prêtes à emporter.", "La devanture d’une boulangerie de Lens"
FIGURES = """all => all.map(one => [one.querySelector("a").firstChild.textContent,
                                    one.querySelector("a").getAttribute("href")])"""
GAUGES = """all => all.map(one => [one.querySelector("b").textContent, one.querySelector("a").getAttribute("href")])"""


@pytest.fixture
def cast(transactional_db, settings, tmp_path: Path, time_machine) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to(datetime(2017, 10, 9, 9, 0), tick=True)
    return gather()


def show(hand: Hand, *names: str) -> None:
    """The pages of now are those of the pictures of the guide."""
    with beside(hand) as page:
        page.emulate_media(reduced_motion="reduce")
        for name in names:
            pictures.compare(page, name, pictures.OF_JOURNEY[name])


def note(octave: Hand) -> None:
    """Three acts from a phone: two firms of the directory, and a person of a priority neighbourhood, without number."""
    page = octave.page
    octave.open("/atelier/carnet/")
    for one in NOTED:
        page.get_by_role("textbox", name="Entreprise").fill(one["firm"])
        if "commune" in one:
            octave.fill("Commune (facultatif)", one["commune"])
            octave.tick("Dans un quartier prioritaire")
        page.locator(f"#propositions input[value^='{'personne' if 'commune' in one else 'siret:'}']").first.check()
        if "kind" in one:
            octave.tick(one["kind"])
            octave.label("Axe (facultatif)").select_option(label=one["axis"])
        octave.fill("En une phrase (facultatif)", one["said"])
        octave.press("Enregistrer")
        expect(page.get_by_role("status")).to_contain_text("C’est noté")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def open_every_figure(octave: Hand) -> None:
    """Each figure of the dashboard leads to its rows; counted by hand there, they make it."""
    octave.open(f"{PACT}?annee=2018")
    (budget, signed), *counts = octave.page.locator(".figure").evaluate_all(FIGURES)
    gauges = octave.page.locator(".gauge").evaluate_all(GAUGES)
    assert len(gauges) == len(PROMISES)
    for value, address in gauges:
        octave.open(address)
        names = octave.page.locator("#lignes td[data-label='Bénéficiaire']").all_inner_texts()
        assert len(set(names)) == int(value) > 0
    [acts] = {address for _, address in counts}
    octave.open(acts)
    text = octave.guest.save(octave.page.get_by_role("link", name="CSV", exact=True)).decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text), delimiter=";") if row["Minutes"]]  # notes follow them
    assert [int(re.sub(r"\D", "", value)) for value, _ in counts] == [
        len({row["Bénéficiaire"] for row in rows}),
        round(sum(int(row["Minutes"]) for row in rows) / 60),
        len({row["Commune"] for row in rows}),
    ]
    octave.open(signed)
    octave.reads(budget)


def report(octave: Hand) -> None:
    """Frozen, written, with a photo and words that somebody consented to, then given to read."""
    octave.open(f"{PACT}?annee=2018")
    octave.follow("Bilan 2018")
    show(octave, "bilan-figer.png")
    octave.press("Figer les chiffres")
    octave.press("Commencer à écrire")
    octave.follow("Écrire le bilan")
    for number, text in enumerate(TOLD):
        octave.page.locator("textarea").nth(number).fill(text)
    octave.press("Enregistrer")
    octave.page.get_by_role("link", name=re.compile("Ajouter une citation")).first.click()
    octave.fill("Citation", WORDS)
    octave.fill("Qui parle", "une boulangère de Lens")
    agreed(octave)
    octave.page.get_by_role("link", name=re.compile("Ajouter une photo")).first.click()
    octave.label("Photo (JPEG ou PNG)").set_input_files([photo()])
    octave.fill("Ce que montre la photo, pour qui ne la voit pas", SHOP)
    agreed(octave)
    show(octave, "bilan.png")
    octave.press("Soumettre à la relecture")


def agreed(octave: Hand) -> None:
    """The written consent, until its end."""
    octave.label("Accord écrit (PDF ou photo) (facultatif)").set_input_files([consent()])
    octave.fill("Accord valable jusqu’au (facultatif)", "2030-12-31")
    octave.press("Enregistrer")


def publish(octave: Hand, other: Hand, cast: Cast) -> None:
    """Read across and validated on both sides, then published."""
    for who in (cast.luc, cast.octave):
        log_in(other.guest, who)
        other.open(REPORT)
        other.reads(TOLD[2])
        other.press("Valider le bilan")
        other.press("Je confirme")
    octave.open(REPORT)
    octave.press("Publier le bilan")
    octave.press("Je confirme")


def take_away(octave: Hand) -> None:
    """The four files in both versions, then the page that everybody reads: each says what was frozen and written."""
    figures = {one.title: f"{one.value:.0f}" for one in Convention.objects.get().reports.get().figures.all()}
    for whose in ("Version des parties", "Version publique"):
        links = octave.page.locator(".takeaway p", has_text=whose)
        for kind, read in outputs.READERS.items():
            content = octave.guest.save(links.locator("a", has_text=kind))
            written = " ".join(read(content).split())
            missing = [text for text in ("Bilan 2018", *figures, *figures.values()) if text not in written]
            assert missing == [], (kind, whose)
            if kind == "Classeur":
                rows = len(outputs.sheets(content).get("Lignes", [""])) - 1
                assert rows == (FrozenRow.objects.count() if whose == "Version des parties" else 0)
            else:
                told = [text for text in (*TOLD, WORDS) if " ".join(text.split()) not in written]
                assert told == [], (kind, whose, written)
    octave.follow("Voir la page publique")
    for text in (*figures, *TOLD, WORDS, "36 communes"):
        octave.reads(text)
    expect(octave.page.get_by_role("img", name=SHOP)).to_be_visible()


def withdraw(octave: Hand) -> None:
    """Somebody takes their words back once all is public: a line is left, and nothing of what they said."""
    octave.open(REPORT)
    octave.guest.unfold("Photos et citations")
    octave.page.get_by_role("button", name=re.compile(f"reprend son accord.*{WORDS[:9]}")).click()
    octave.page.wait_for_load_state()
    octave.open(PUBLIC)
    octave.reads("Une citation a été retirée le 15\u00a0janvier 2019")
    expect(octave.page.get_by_text(WORDS)).to_have_count(0)


def test_a_pact_from_nothing_to_its_published_report(visitor: NewVisitor, cast: Cast, time_machine) -> None:
    octave = enter(visitor(), cast.octave)
    write(octave)
    show(octave, *pictures.OF_CONVENTION_DRAFT)
    promise(octave)
    deliberate(octave)
    assert len(octave.count.fields) <= MOST_FIELDS, octave.count.fields
    assert len(octave.count.pages) <= MOST_PAGES, octave.count.pages
    show(octave, "convention-signer.png")

    time_machine.move_to(datetime(2017, 11, 16, 11, 0), tick=True)
    other = Hand(visitor())
    sign(other, cast.luc)
    sign(other, person("Rose Hubert", cast.chamber, Role.ELECTED))
    pact = Convention.objects.get()
    assert (pact.state, len(pact.perimeter.communes), pact.budget) == ("active", 36, 14_000_000)

    time_machine.move_to(datetime(2018, 5, 14, 16, 0), tick=True)
    phone = enter(visitor(width=PHONE), cast.octave)
    note(phone)
    fill(cast, pact, year=2018)

    time_machine.move_to(datetime(2019, 1, 15, 9, 0), tick=True)
    log_in(octave.guest, cast.octave)
    open_every_figure(octave)
    report(octave)
    publish(octave, other, cast)
    take_away(octave)
    show(octave, "bilan-papier.png", "bilan-public.png")
    withdraw(octave)
    for hand in (octave, phone, other):
        assert [*hand.guest.logs.console, *hand.guest.logs.errors] == []
