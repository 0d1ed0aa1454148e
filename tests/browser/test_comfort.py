"""Read larger, wider apart or without movement, the pages lose nothing."""

import pytest
from playwright.sync_api import Page

from tests.browser import addresses
from tests.browser.conftest import NewVisitor
from tests.browser.test_pages import TOO_WIDE

pytestmark = pytest.mark.browser

PAGES = [examples[-1] for examples in addresses.PAGES.values() if examples]
NARROW = {"width": 320, "height": 640}  # 1280 pixels read at 400 %
ZOOMED = {"width": 640, "height": 400}  # 1280 pixels read at 200 %

# The spacing of WCAG 1.4.12, given by a reader's style sheet (the policy of the site refuses style elements).
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
                     p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
CUT = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(box => {
  const style = getComputedStyle(box), hidden = ["hidden", "clip"];
  const cut = (hidden.includes(style.overflowX) && box.scrollWidth > box.clientWidth + 1)
    || (hidden.includes(style.overflowY) && box.scrollHeight > box.clientHeight + 1);
  return cut && !box.closest(".unseen, svg");
}).map(box => box.outerHTML.slice(0, 120))"""
MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
  const style = getComputedStyle(one);
  return style.scrollBehavior === "smooth" || /[1-9]/.test(style.transitionDuration + style.animationDuration);
}).map(one => one.outerHTML.slice(0, 120))"""


def lost(page: Page) -> list[str]:
    """What is cut or goes past the edge."""
    return [*page.evaluate(TOO_WIDE), *page.evaluate(CUT)]


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_lost_when_read_larger_or_wider_apart(visitor: NewVisitor, address: str) -> None:
    page = visitor(reduced_motion="reduce").page
    page.goto(address)
    assert page.evaluate(MOVING) == []
    for size in (ZOOMED, NARROW):
        page.set_viewport_size(size)
        assert lost(page) == []
    page.evaluate(SPACED)
    assert lost(page) == []
    page.set_viewport_size(ZOOMED)
    assert lost(page) == []
