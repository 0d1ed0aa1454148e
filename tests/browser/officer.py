"""Somebody at work on a pact. The browser itself counts the fields that they fill and the pages that it loads."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.test import Client
from playwright.sync_api import Locator, Page, expect

from tests.browser.visitors import Visitor

# Each field that somebody writes in, ticks, chooses or empties, named within its page.
TELL = """for (const kind of ["input", "change"]) document.addEventListener(kind, event => {
  const part = event.target;
  const box = part.type === "checkbox" || part.type === "radio";
  filled(location.pathname + " " + part.name + (box ? "=" + part.value : ""));
}, true);"""


@dataclass
class Count:
    """What was asked of somebody: `fields` by page and name, each once a page; `pages` one by one, as they came."""

    fields: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    here: set[str] = field(default_factory=set)

    def listen(self, page: Page) -> None:
        """Count in this tab from now on."""
        page.expose_function("filled", self._filled)
        page.add_init_script(TELL)
        page.on("domcontentloaded", self._loaded)

    def _filled(self, name: str) -> None:
        if name not in self.here:
            self.here.add(name)
            self.fields.append(name)

    def _loaded(self, page: Page) -> None:
        self.here.clear()
        self.pages.append(page.url)


def log_in(guest: Visitor, who) -> None:
    """The session of somebody who has logged in."""
    client = Client()
    client.force_login(who)
    cookie = client.cookies["sessionid"].value
    guest.page.context.clear_cookies()
    guest.page.context.add_cookies([{"name": "sessionid", "value": cookie, "domain": "localhost", "path": "/"}])


@dataclass
class Hand:
    """Somebody logged in, with what their work asked of them."""

    guest: Visitor
    count: Count = field(default_factory=Count)

    @property
    def page(self) -> Page:
        """Their tab."""
        return self.guest.page

    def open(self, address: str) -> None:
        """Go to a page by its address."""
        self.guest.open(address)

    def follow(self, name: str) -> None:
        """A link, and its page."""
        self.guest.follow(name, exact=True)

    def label(self, text: str, number: int = 0) -> Locator:
        """A field by its label; the nth when several lines have it."""
        return self.page.get_by_label(text, exact=True).nth(number)

    def fill(self, text: str, value: str, number: int = 0) -> None:
        """Write in one field."""
        self.label(text, number).fill(value)

    def tick(self, name: str) -> None:
        """A box or a tile."""
        self.page.get_by_label(name).locator("visible=true").first.check()

    def press(self, name: str) -> None:
        """A button, and the page that follows."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()

    def save(self, name: str) -> bytes:
        """A link to a file that is saved."""
        return self.guest.save(self.page.get_by_role("link", name=name, exact=True).first)

    def reads(self, text: str) -> None:
        """The page says so."""
        expect(self.page.locator("main")).to_contain_text(text)


def enter(guest: Visitor, who) -> Hand:
    """Somebody logs in, and is counted from there."""
    log_in(guest, who)
    hand = Hand(guest)
    hand.count.listen(guest.page)
    return hand


@contextmanager
def beside(hand: Hand) -> Iterator[Page]:
    """Another tab of the same person, where nothing is counted."""
    page = hand.page.context.new_page()
    yield page
    page.close()
