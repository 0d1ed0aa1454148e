"""The whole site, served to Chromium on a small demonstration: real communes, fictitious firms, two months."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from etabli.demo.recipe import HOME, Recipe
from etabli.demo.stores import prepare
from etabli.observatory import stamp
from etabli.papers import assets
from tests.browser.visitors import Hand, Keyboard, Visitor
from tests.browsing import PATIENCE_MS, SLOW_MACHINE_MS, Logs
from tests.once import once

expect.set_options(timeout=PATIENCE_MS)
PLACES = (HOME, "245901160", "246200299", "200042174")  # Lens-Liévin, and three of the intercommunalities like it


@dataclass(frozen=True)
class Published:
    """Where a small demonstration lies: stores of two months, and the typeface of the pages."""

    stores: Path
    assets: Path


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Two months of firms, invented and imported by the code of `./run demo`."""
    data = once(tmp_path_factory, "site", _publish)
    return Published(data / "stores", data / "assets")


def _publish(data: Path) -> None:
    prepare(Recipe(territories=tuple(f"epci:{code}" for code in PLACES)), data)
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    assets.make(data / "assets" / "fonts")


@pytest.fixture
def site(live_server, settings, published: Published) -> Iterator[str]:
    """Address of the site: `http://localhost:40123`."""
    settings.STORES_DIR = published.stores
    settings.ASSETS_DIR = published.assets
    settings.STATICFILES_DIRS = [published.assets]
    stamp._has_typeface.cache_clear()
    yield live_server.url
    stamp._has_typeface.cache_clear()


NewVisitor = Callable[..., Visitor]


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[NewVisitor]:
    """A person who comes to the site: `visitor("clavier")`, `visitor("sans script", width=360)`."""
    contexts: list[BrowserContext] = []

    def come(manner: str = "souris", width: int = 1280, **more: str) -> Visitor:
        context = browser.new_context(
            base_url=site,
            locale="fr-FR",
            viewport={"width": width, "height": 800},
            java_script_enabled=manner != "sans script",
            **more,
        )
        context.set_default_timeout(PATIENCE_MS)
        context.set_default_navigation_timeout(SLOW_MACHINE_MS)
        contexts.append(context)
        page, logs = context.new_page(), Logs()
        logs.listen(page)
        kind = Keyboard if manner == "clavier" else Hand
        return kind(page, logs, scripted=manner != "sans script")

    yield come
    for context in contexts:
        context.close()
