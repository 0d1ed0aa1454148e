"""Fixtures of the tests that drive Chromium: `page`, `axe`, `logs`. Skipped when the machine has no Chromium."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

# Playwright's loop runs in the thread of the tests: without this Django refuses every query there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
QUIET = [
    "--no-sandbox",  # containers and root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",  # 64 MB of shared memory is the default of containers
]
PATIENCE_MS = 15_000
SLOW_MACHINE_MS = 4 * PATIENCE_MS  # the first chart of a process starts its drawing engine


@dataclass
class Logs:
    """What a page complained of: console, script errors, requests that failed or were refused."""

    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def all(self) -> list[str]:
        """Everything, for `assert logs.all == []`."""
        return [*self.console, *self.errors, *self.failures]

    def listen(self, page: Page) -> None:
        """Keep what this page says from now on."""
        page.on("console", lambda message: self.console.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("requestfailed", self._failed)

    def _failed(self, request: Request) -> None:
        """An icon left behind by who goes to another page is no failure."""
        if request.failure != "net::ERR_ABORTED" or not request.url.endswith("/icon.svg"):
            self.failures.append(f"{request.method} {request.url}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    if not CHROMIUM:
        pytest.skip("no Chromium: apt-get install -y chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh visitor, in French."""
    visitor = browser.new_context(locale="fr-FR")
    visitor.set_default_timeout(PATIENCE_MS)
    visitor.set_default_navigation_timeout(SLOW_MACHINE_MS)
    yield visitor
    visitor.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab of that visitor."""
    return context.new_page()


@pytest.fixture
def logs(page: Page) -> Logs:
    """What `page` complains of."""
    kept = Logs()
    kept.listen(page)
    return kept


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Accessibility rules: `axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]})`."""
    return Axe()
