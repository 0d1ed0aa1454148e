"""People who come to the site: with a mouse, a keyboard alone, with or without script. Same words, same journeys."""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Download, Locator, Page, Response, expect

from tests.browsing import SLOW_MACHINE_MS, Logs

PASSING = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"
MOST_STOPS = 400  # more Tabs than that to reach something, and nobody reaches it

# What a keyboard user knows of where they are: the mark around it, and that it is on the screen under nothing else.
WHERE_AM_I = """wanted => {
  const here = document.activeElement, style = getComputedStyle(here), box = here.getClientRects()[0];
  const seen = box && document.elementFromPoint(
    (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2,
    (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2);
  return {
    arrived: here === wanted,
    nowhere: here === document.body,
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    uncovered: Boolean(seen) && (here.contains(seen) || seen.contains(here)),
    what: here.outerHTML.slice(0, 160),
  };
}"""


@dataclass
class Visitor(ABC):
    """What a visitor can do, named as they would say it. `Hand` and `Keyboard` say how."""

    page: Page
    logs: Logs
    scripted: bool = True

    def open(self, address: str) -> Response:
        """Type an address."""
        response = self.page.goto(address)
        assert response is not None
        return response

    def link(self, name: str, **more: Any) -> Locator:
        """A link of the page by its words."""
        return self.page.get_by_role("link", name=name, **more).first

    def follow(self, name: str, **more: Any) -> None:
        """Follow a link and wait for its page."""
        address = self.page.url
        self.activate(self.link(name, **more))
        expect(self.page).not_to_have_url(address)
        self.land()

    def unfold(self, name: str) -> Locator:
        """Open what is folded under a word; returns what was under it."""
        summary = self.page.locator("summary", has_text=name).first
        self.activate(summary)
        folded = summary.locator("xpath=..")
        expect(folded).to_have_attribute("open", "")
        return folded

    def save(self, link: Locator) -> bytes:
        """Follow a link to a file that is saved."""
        with self.page.expect_download(timeout=SLOW_MACHINE_MS) as waiting:
            self.activate(link)
        return content(waiting.value)

    def fetch(self, link: Locator) -> bytes:
        """Go to a link to a file that the browser shows by itself; returns the file."""
        self.reach(link)
        response = self.page.request.get(str(link.get_attribute("href")))
        assert response.ok
        return response.body()

    def arrive(self, address: str) -> None:
        """Wait for a page whose address matches."""
        expect(self.page).to_have_url(re.compile(address))
        self.land()

    @abstractmethod
    def reach(self, target: Locator) -> None:
        """Get to it without doing anything yet."""

    @abstractmethod
    def activate(self, target: Locator) -> None:
        """Click it, or go to it and press Enter."""

    @abstractmethod
    def type(self, label: str, text: str, button: str) -> None:
        """Write in a field, then send its form."""

    def choose(self, label: str, option: str, button: str, address: str) -> None:
        """Choose in a list, send its form if it does not go by itself, and wait for what was asked for."""
        field = self.page.get_by_label(label)
        trigger = field.locator("xpath=ancestor::form").get_attribute("hx-trigger") or ""
        by_itself = self.scripted and "change" in trigger
        self.pick(field, option)
        if not by_itself:
            self.activate(self.page.get_by_role("button", name=button))
        expect(self.page).to_have_url(re.compile(address))
        expect(self.page.locator(PASSING)).to_have_count(0)
        if not by_itself:
            self.land()

    @abstractmethod
    def pick(self, field: Locator, option: str) -> None:
        """Choose in a list."""

    def land(self) -> None:
        """A page has just come."""
        self.page.wait_for_load_state()


class Hand(Visitor):
    """With a mouse or a finger."""

    def reach(self, target: Locator) -> None:
        target.hover()

    def activate(self, target: Locator) -> None:
        target.click()

    def type(self, label: str, text: str, button: str) -> None:
        self.page.get_by_label(label).fill(text)
        self.page.get_by_role("button", name=button).click()

    def pick(self, field: Locator, option: str) -> None:
        field.select_option(label=option)


class Keyboard(Visitor):
    """With Tab, Enter and letters alone. Every stop on the way must be marked, and be seen."""

    def open(self, address: str) -> Response:
        response = super().open(address)
        self.land()
        return response

    def land(self) -> None:
        """The first Tab of a page leads past its head."""
        super().land()
        if "#" in self.page.url:  # the address itself leads into the page
            return
        self.page.keyboard.press("Tab")
        expect(self.page.get_by_role("link", name="Aller au contenu")).to_be_focused()
        assert self.page.evaluate(WHERE_AM_I, None)["uncovered"]
        self.page.keyboard.press("Enter")
        expect(self.page.locator("main")).to_be_focused()

    def reach(self, target: Locator) -> None:
        """Press Tab until there, from where we are."""
        wanted = target.element_handle()
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(WHERE_AM_I, wanted)
            assert here["nowhere"] or (here["marked"] and here["uncovered"]), here
            if here["arrived"]:
                return
        raise AssertionError(f"never reached with {MOST_STOPS} Tabs: {target}")

    def activate(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def type(self, label: str, text: str, button: str) -> None:
        self.reach(self.page.get_by_label(label))
        self.page.keyboard.type(text)
        self.activate(self.page.get_by_role("button", name=button))

    def pick(self, field: Locator, option: str) -> None:
        self.reach(field)
        self.page.keyboard.press(option[0])  # a list goes to the first choice that begins with the letter


def content(download: Download) -> bytes:
    """The bytes of a file that was saved."""
    return download.path().read_bytes()
