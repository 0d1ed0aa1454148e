"""With script, parts of a page come alone: the page is then what a reload would show, and going back goes back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import LENS_LIEVIN
from tests.browser.conftest import NewVisitor

pytestmark = pytest.mark.browser

WATCH = f"{LENS_LIEVIN}veille/"
PASSING = re.compile(r' class="htmx-[a-z ]*"| class=""')


def part(page: Page, selector: str) -> str:
    """The markup of a part of the page, without what htmx writes in passing, choices made explicit."""
    markup = page.locator(selector).evaluate("part => part.outerHTML")
    return re.sub(r"\s+", " ", PASSING.sub("", markup))


def test_places_found_while_typing_are_those_of_the_page(visitor: NewVisitor) -> None:
    page = visitor().page
    page.goto("/")
    page.get_by_label("Quel lieu").press_sequentially("lievin")
    expect(page.locator("#resultats").get_by_role("link", name="Lens-Liévin")).to_be_visible()
    expect(page.get_by_label("Quel lieu")).to_be_focused()
    typed = part(page, "#resultats")
    page.goto("/territoires/?q=lievin")
    assert typed == part(page, "#resultats")


def test_filtered_watch_is_that_of_its_address_and_back_goes_back(visitor: NewVisitor) -> None:
    guest = visitor()
    page = guest.page
    page.goto(WATCH)
    whole = part(page, "#veille")
    page.get_by_label("Événement").select_option(label="fermetures")
    expect(page).to_have_url(re.compile("evenement=fermeture"))
    swapped = part(page, "#veille")
    assert swapped != whole
    title = page.title()
    page.reload()
    assert part(page, "#veille") == swapped
    assert page.title() == title
    page.go_back()
    expect(page).to_have_url(re.compile("veille/$"))
    expect(page.get_by_label("Événement")).to_have_value("")
    assert part(page, "#veille") == whole
    assert guest.logs.all == []


def test_focus_stays_on_the_list_that_was_changed(visitor: NewVisitor) -> None:
    page = visitor().page
    page.goto(WATCH)
    page.get_by_label("Secteur").focus()
    page.keyboard.type("b")
    expect(page).to_have_url(re.compile("secteur=batiment"))
    expect(page.get_by_label("Secteur")).to_be_focused()


def test_back_from_another_scope_shows_the_scope_before(visitor: NewVisitor) -> None:
    page = visitor().page
    page.goto(LENS_LIEVIN)
    before = page.locator(".figure-value").first.inner_text()
    page.get_by_label("Taille").select_option(label="249 salariés au plus")
    page.get_by_role("button", name="Appliquer").click()
    expect(page).to_have_url(re.compile("taille=249"))
    expect(page.locator(".figure-value").first).not_to_have_text(before)
    page.go_back()
    expect(page.locator(".figure-value").first).to_have_text(before)
    expect(page.get_by_label("Taille")).to_have_value("10")
