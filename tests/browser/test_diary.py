"""The diary on a phone: noted in half a minute, without network, after the session has ended; readable by all."""

import re
import time
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from etabli import facts
from etabli.accounts.policies import Reader
from etabli.accounts.roles import Role
from etabli.acts.kinds import ActKind
from etabli.acts.models import Act
from etabli.pacts.attributions.actions import draw_up_mission, sign_mission
from etabli.pacts.diary.actions import Noted, note
from etabli.pacts.models import Convention
from maillage.territory import parse
from tests.browser import pictures
from tests.browser.conftest import NewVisitor
from tests.browser.test_pages import assert_readable
from tests.browser.visitors import Visitor
from tests.etabli.cast import Cast, gather
from tests.etabli.pacts import ground

pytestmark = pytest.mark.browser
DIARY = "/atelier/carnet/"
PHONE = 360
HALF_A_MINUTE = 30
A_TAP, A_LETTER = 1.5, 0.4
"""Seconds of a thumb, to look and touch, and to type: the machine of the tests, busy or not, has no part in them."""
SOME_DAYS = [date(2026, 10, day) for day in (5, 8, 12, 15, 20, 22)]


@pytest.fixture
def cast(transactional_db) -> Cast:
    return gather()


@pytest.fixture
def pact(cast: Cast) -> Convention:
    """A convention of the chamber on the communes of Lens-Liévin; Alice’s letter gives her time to its second axis."""
    communes = sorted(parse("epci:246200364").communes)
    made = ground.convention(cast.chamber, *communes, years=(2024, 2040))
    ground.axis(made, "Transition numérique", themes=["numerique"])
    energy = ground.axis(made, "Rénovation énergétique", themes=["energie"])
    year = date.today().year
    letter = draw_up_mission(by=cast.octave, developer=cast.alice, convention=made, year=year, shares={energy: 60})
    sign_mission(by=cast.octave, letter=letter, on=date(year, 1, 1))
    return made


def enter(guest: Visitor, person) -> None:
    """The session of somebody who has logged in."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies["sessionid"].value
    guest.page.context.add_cookies([{"name": "sessionid", "value": cookie, "domain": "localhost", "path": "/"}])


@pytest.fixture
def alice(visitor: NewVisitor, cast: Cast, pact: Convention) -> Visitor:
    """Alice at her phone, logged in."""
    guest = visitor(width=PHONE)
    enter(guest, cast.alice)
    return guest


def tile(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).check()


def send(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(text)


def test_a_visit_is_noted_from_a_phone_in_half_a_minute(alice: Visitor) -> None:
    page = alice.page
    alice.open(DIARY)
    firm, sentence = "boul", "Devis en cours pour le four."
    field = page.get_by_role("textbox", name="Entreprise")
    field.press_sequentially(firm, delay=60)
    page.locator("#propositions input[value^='siret:']").first.check()
    tile(page, "rendez-vous")
    tile(page, "45 min")
    page.get_by_label("En une phrase").fill(sentence)
    send(page)
    said(page, "C’est noté")
    assert 6 * A_TAP + len(firm + sentence) * A_LETTER < HALF_A_MINUTE  # two fields, a firm, two tiles, one button
    act = Act.objects.get()
    assert (act.kind, act.minutes, act.themes) == (ActKind.MEETING, 45, "|energie|")  # the axis of her mission letter
    assert act.beneficiary is not None
    assert act.commune in parse("epci:246200364").communes
    expect(page.get_by_role("article").first).to_contain_text("Devis en cours pour le four.")


def test_what_is_typed_without_network_is_kept_and_sent_alone(alice: Visitor) -> None:
    page = alice.page
    alice.open(DIARY)
    page.context.set_offline(True)
    for sentence in ("Dans la cave", "Dans le train"):
        page.get_by_label("En une phrase").fill(sentence)
        send(page)
        expect(page.get_by_label("En une phrase")).to_have_value("")
    said(page, "2 actes sont gardés sur cet appareil")
    assert Act.objects.count() == 0
    page.context.set_offline(False)
    expect(page).to_have_url(re.compile("note=1"))
    said(page, "C’est noté")
    assert {act.note.text for act in Act.objects.all()} == {"Dans la cave", "Dans le train"}
    page.reload()
    assert Act.objects.count() == 2


def test_what_is_typed_after_the_session_has_ended_is_kept_across_login(alice: Visitor, cast: Cast) -> None:
    page = alice.page
    alice.open(DIARY)
    page.get_by_label("En une phrase").fill("Après la pause")
    page.context.clear_cookies(name="sessionid")
    send(page)
    said(page, "Votre session a pris fin")
    expect(page.get_by_role("link", name="Se reconnecter")).to_have_attribute("href", re.compile("^/connexion/"))
    enter(alice, cast.diane)  # somebody else takes the phone: nothing of Alice’s is seen nor sent
    alice.open(DIARY)
    expect(page.get_by_role("status")).to_be_empty()
    assert Act.objects.count() == 0
    enter(alice, cast.alice)
    alice.open(DIARY)
    expect(page).to_have_url(re.compile("note=1"))
    assert [(act.note.text, act.adviser) for act in Act.objects.all()] == [("Après la pause", cast.alice)]


def test_logging_out_leaves_nothing_in_the_browser(alice: Visitor, cast: Cast) -> None:
    page = alice.page
    alice.open(DIARY)
    page.context.set_offline(True)
    page.get_by_label("En une phrase").fill("Ma phrase")
    send(page)
    said(page, "Un acte est gardé")
    page.evaluate("addEventListener('submit', event => event.preventDefault())")
    page.locator("summary", has_text="Alice").click()
    page.get_by_role("button", name="Se déconnecter").click()
    deadline = time.monotonic() + 60  # a database closes, then goes
    while (
        kept := page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))")
    ) and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert kept == []


def test_an_act_refused_on_arrival_comes_back_in_the_form_with_the_reason(alice: Visitor) -> None:
    page = alice.page
    alice.open(DIARY)
    page.context.set_offline(True)
    page.get_by_label("Commune").fill("Atlantide")
    page.get_by_label("En une phrase").fill("Au bord de l’eau")
    send(page)
    said(page, "Un acte est gardé")
    page.context.set_offline(False)
    expect(page.get_by_text("Aucune commune ne s’appelle").first).to_be_visible()
    expect(page.get_by_label("En une phrase")).to_have_value("Au bord de l’eau")
    assert Act.objects.count() == 0


def test_an_act_is_corrected_in_two_taps(alice: Visitor) -> None:
    page = alice.page
    alice.open(DIARY)
    send(page)
    said(page, "C’est noté")
    page.get_by_role("link", name="Corriger").first.click()
    tile(page, "60 min")
    page.get_by_role("button", name="Enregistrer la correction").click()
    said(page, "C’est corrigé")
    assert sorted(Act.objects.values_list("minutes", flat=True)) == [-30, 30, 60]


def test_without_script_a_name_leads_to_a_choice_and_nothing_is_lost(visitor: NewVisitor, cast, pact) -> None:
    guest = visitor("sans script", width=PHONE)
    enter(guest, cast.alice)
    page = guest.page
    guest.open(DIARY)
    page.get_by_role("textbox", name="Entreprise").fill("boul")
    page.get_by_label("En une phrase").fill("Sans script")
    send(page)
    expect(page.get_by_text("Rien n’est encore noté").first).to_be_visible()
    expect(page.get_by_label("En une phrase")).to_have_value("Sans script")
    page.locator("#propositions input[value^='siret:']").first.check()
    send(page)
    said(page, "C’est noté")
    assert Act.objects.get().beneficiary is not None


@pytest.mark.parametrize("address", [DIARY, "/atelier/actes/", "/atelier/actes/?commune=Atlantide"])
def test_pages_are_readable_by_all_at_both_widths(alice: Visitor, axe, cast: Cast, address: str) -> None:
    for number in range(3):
        ground.act(cast.chamber, date(2025, 3, 10 + number), ground.firm(), adviser=cast.alice, minutes=30)
    assert alice.open(address).status == 200
    assert_readable(alice.page, axe)
    assert alice.logs.all == []


@pytest.mark.parametrize("name", pictures.OF_DIARY)
def test_pictures_of_the_guide_show_the_pages_of_today(alice: Visitor, cast: Cast, pact: Convention, name: str) -> None:
    noted = zip(SOME_DAYS, Act.kind.field.choices, (45, 30, 90, 15, 60, 120), strict=False)
    communes = sorted(parse("epci:246200364").communes)
    firms = facts.establishments_named("boulangerie", communes, limit=len(SOME_DAYS))
    who = Reader(cast.alice, cast.chamber, frozenset({Role.ADVISER}))
    for row, (day, (kind, _), minutes) in zip(firms, noted, strict=True):
        note(who, Noted(uuid4(), f"siret:{row.siret}", "", "", pact.axes.last(), kind, minutes, "", day))
    alice.page.emulate_media(reduced_motion="reduce")
    pictures.compare(alice.page, name, pictures.OF_DIARY[name])
