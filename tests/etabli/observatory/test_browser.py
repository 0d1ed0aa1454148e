"""Pages in Chromium: with the keyboard, without script, larger, on paper. Accessibility: see `tests/browser`."""

import pytest
from playwright.sync_api import expect

from tests.etabli.conftest import LENS_LIEVIN

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_keyboard_reaches_the_content_first(demo, live_server, page):
    page.goto(live_server.url + LENS_LIEVIN)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_places_come_as_one_types(demo, live_server, page, logs):
    page.goto(live_server.url)
    page.get_by_label("Quel lieu voulez-vous voir").press_sequentially("liévin")
    expect(page.locator("#resultats a").first).to_contain_text("Liévin")
    assert logs.all == []


def test_a_scope_is_chosen_with_the_arrows_then_asked_for(demo, live_server, page):
    page.goto(live_server.url + LENS_LIEVIN)
    before = page.locator(".figure-value").first.text_content()
    page.get_by_label("Activité").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.url == live_server.url + LENS_LIEVIN, "going through the choices reloads nothing"
    page.get_by_role("button", name="Appliquer").click()
    page.wait_for_url("**/?perimetre=possible&taille=10&le=")
    assert page.locator(".figure-value").first.text_content() != before


def test_back_shows_the_choice_of_the_figures(demo, live_server, page):
    page.goto(live_server.url + LENS_LIEVIN)
    page.get_by_label("Activité").select_option("possible")
    page.get_by_role("button", name="Appliquer").click()
    page.wait_for_url("**/?perimetre=possible&taille=10&le=")
    page.go_back()
    expect(page.get_by_label("Activité")).to_have_value("activite")


def test_everything_works_without_script(demo, browser, live_server):
    visitor = browser.new_context(java_script_enabled=False, locale="fr-FR")
    page = visitor.new_page()
    page.goto(live_server.url)
    page.get_by_label("Quel lieu voulez-vous voir").fill("lens-liévin")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Lens-Liévin").first.click()
    page.get_by_label("Activité").select_option("possible")
    page.get_by_role("button", name="Appliquer").click()
    assert "perimetre=possible" in page.url
    page.locator("summary").first.click()
    expect(page.get_by_text("Comptage").first).to_be_visible()
    visitor.close()


@pytest.mark.parametrize("address", ["/", LENS_LIEVIN, "/territoires/?q=lens", "/definitions/", "/donnees/"])
def test_text_twice_as_large_on_a_phone_stays_in_one_column(demo, live_server, page, address):
    page.set_viewport_size({"width": 360, "height": 740})
    reader = page.context.new_cdp_session(page)
    reader.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.goto(live_server.url + address)
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "34px"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    lefts = {round(box["x"]) for box in (one.bounding_box() for one in page.locator(".figure").all()) if box}
    assert len(lefts) <= 1


@pytest.mark.parametrize("width", [1280, 360])
def test_an_opened_definition_is_as_wide_as_the_band_of_figures(demo, live_server, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(live_server.url + LENS_LIEVIN)
    page.locator(".figures summary").nth(1).click()
    band, opened = (page.locator(name).bounding_box() for name in (".figures", ".figures details[open]"))
    assert opened["width"] == pytest.approx(band["width"], abs=4)
    assert "Salariés des établissements" in page.locator(".figures details[open] summary").inner_text()


def test_paper_has_no_form_and_every_row(demo, live_server, page):
    page.goto(live_server.url + LENS_LIEVIN)
    page.emulate_media(media="print")
    for name in (".nav", ".button", ".reading select", ".exports", ".heading-action"):
        assert not page.locator(name).first.is_visible(), name
    assert page.locator(".reading-words").is_visible()
    assert page.evaluate(
        "[...document.querySelectorAll('.table-frame')].every(f => f.scrollHeight <= f.clientHeight + 1)"
    )
