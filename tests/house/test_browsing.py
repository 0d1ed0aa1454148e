"""The fixtures that drive Chromium do see what they are for."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browsing import Logs

pytestmark = pytest.mark.browser


def test_a_page_that_behaves_leaves_no_log(page: Page, logs: Logs) -> None:
    page.set_content("<!doctype html><html lang=fr><title>Titre</title><main><h1>Titre</h1></main>")
    assert logs.all == []


def test_console_errors_and_failed_requests_are_kept(page: Page, logs: Logs) -> None:
    page.set_content("<script>console.warn('attention'); null.x</script><img src='http://127.0.0.1:1/absente.png'>")
    page.wait_for_load_state("networkidle")
    assert "warning: attention" in logs.console
    assert any("null" in error for error in logs.errors)
    assert logs.failures == ["GET http://127.0.0.1:1/absente.png"]


def test_axe_finds_a_picture_without_its_text(page: Page, axe: Axe) -> None:
    page.set_content("<!doctype html><html lang=fr><title>Titre</title><main><h1>Titre</h1><img src=x></main>")
    found = axe.run(page, options={"runOnly": ["wcag2a"]}).response["violations"]
    assert [violation["id"] for violation in found] == ["image-alt"]


def test_visitors_are_french(page: Page) -> None:
    assert page.evaluate("navigator.language") == "fr-FR"
