"""Read larger, wider apart or without movement, a page loses nothing."""

from playwright.sync_api import Page

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


TOO_WIDE = """() => {
  const page = document.documentElement, wide = [];
  if (page.scrollWidth > page.clientWidth) wide.push(`page ${page.scrollWidth} > ${page.clientWidth}`);
  for (const frame of document.querySelectorAll(".drawing"))
    if (frame.scrollWidth > frame.clientWidth + 1) wide.push(`drawing ${frame.scrollWidth} > ${frame.clientWidth}`);
  return wide;
}"""


def assert_nothing_is_lost(page: Page) -> None:
    """Larger, then wider apart too; the page is given back as it was, but for its size."""
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == []
    for size in (ZOOMED, NARROW):
        page.set_viewport_size(size)
        assert _lost(page) == []
    page.evaluate(SPACED)
    assert _lost(page) == []
    page.set_viewport_size(ZOOMED)
    assert _lost(page) == []
    page.evaluate("document.adoptedStyleSheets = []")
    page.emulate_media(reduced_motion=None)


def _lost(page: Page) -> list[str]:
    """What is cut or goes past the edge."""
    return [*page.evaluate(TOO_WIDE), *page.evaluate(CUT)]
