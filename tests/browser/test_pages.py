"""Every public page in Chromium, on a wide screen and on a phone: readable by all, and nothing to complain of."""

import re

import pytest
from playwright.sync_api import Page, Response

from tests.browser import addresses
from tests.browser.comfort import TOO_WIDE, assert_nothing_is_lost
from tests.browser.conftest import NewVisitor
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

PAGES = [address for examples in addresses.PAGES.values() for address in examples]
FILES = [example for examples in addresses.FILES.values() for example in examples]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], "resultTypes": ["violations"]}
SHAPES = {**RULES, "rules": {"color-contrast": {"enabled": False}}}  # four fifths of the time of axe are for contrast
GALLERY = "/_ui/"  # every component of the product
CSP = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "frame-ancestors 'none'")
FINGER = 44  # pixels a finger needs

TOO_SMALL = """least => [...document.querySelectorAll("button, input:not([type=hidden]), select, .button, nav.nav a")]
  .map(control => [control.outerHTML.slice(0, 80), (control.closest("label") ?? control).getBoundingClientRect()])
  .filter(([what, box]) => box.height > 0 && box.height < least)
  .map(([what, box]) => `${Math.round(box.height)} px: ${what}`)"""


def test_every_address_has_its_row() -> None:
    assert set(addresses.names()) == {*addresses.PAGES, *addresses.FILES}


@pytest.mark.parametrize("address", PAGES)
def test_page_is_readable_by_all_at_both_widths(visitor: NewVisitor, axe, address: str) -> None:
    guest = visitor()
    response = guest.open(address)
    assert response.status == 200
    assert_sound(guest, response)
    assert_nothing_is_lost(guest.page)
    assert_readable(guest.page, axe)


def test_every_component_has_the_contrast_of_its_colours_on_a_wide_screen_too(visitor: NewVisitor, axe) -> None:
    guest = visitor()
    guest.open(GALLERY)
    assert faults(axe, guest.page) == []


@pytest.mark.parametrize(("address", "status"), addresses.REFUSALS.items())
def test_refusal_is_readable_by_all_at_both_widths(visitor: NewVisitor, axe, address: str, status: int) -> None:
    guest = visitor()
    response = guest.open(address)
    assert response.status == status
    guest.logs.console = [line for line in guest.logs.console if f"status of {status}" not in line]
    assert_sound(guest, response)
    assert_readable(guest.page, axe)


@pytest.mark.parametrize(("address", "beginning"), FILES)
def test_file_is_what_its_name_says(visitor: NewVisitor, address: str, beginning: bytes, db) -> None:
    response = visitor().page.request.get(address)
    assert response.status == 200
    assert response.body().startswith(beginning)


def assert_sound(guest: Visitor, response: Response) -> None:
    """Headers, head and console of a page."""
    policy = response.headers["content-security-policy"]
    assert all(part in policy for part in CSP), policy
    assert "unsafe" not in policy
    assert guest.logs.all == []
    heading = guest.page.locator("h1")
    assert heading.count() == 1
    assert guest.page.title() == re.sub(r"[ \n]+", " ", heading.inner_text()).strip() + " — Établi"


def assert_readable(page: Page, axe) -> None:
    """At the desk, then on a phone with every definition and table unfolded, contrast included."""
    page.set_viewport_size(DESK)
    assert page.evaluate(TOO_WIDE) == []
    assert faults(axe, page, SHAPES) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(TOO_SMALL, FINGER) == []
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    for window in (DESK, PHONE):
        page.set_viewport_size(window)
        assert page.evaluate(TOO_WIDE) == []
    assert faults(axe, page) == []


def faults(axe, page: Page, rules: dict[str, object] = RULES) -> list[str]:
    """What the accessibility rules find, one line per rule and place."""
    found = axe.run(page, options=rules).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]
