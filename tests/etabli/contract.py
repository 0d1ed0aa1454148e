"""What every page of the site must be, checked each time a test fetches one."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

VOID = frozenset({"base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
UNREAD = frozenset({"script", "style", "code", "pre", "kbd"})
CSP_PARTS = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")


@dataclass
class Page(HTMLParser):
    """The parts of a page that the contract looks at."""

    html: str
    title: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    styled: list[str] = field(default_factory=list)
    scripts: list[dict[str, str | None]] = field(default_factory=list)
    lang: str = ""
    text: str = ""
    forms_without_action: int = 0
    unclosed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self.feed(self.html)
        self.close()
        self.unclosed += self._open

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag not in VOID:
            self._open.append(tag)
        if tag == "html":
            self.lang = values.get("lang") or ""
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
        if "id" in values:
            self.ids.append(values["id"])
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.references += (values.get(name) or "").split()
        if "style" in values or tag == "style" or any(name.startswith("on") for name in values):
            self.styled.append(self.get_starttag_text() or tag)
        if tag == "a":
            self.links.append(values.get("href") or "")
        if tag == "script":
            self.scripts.append(values)
        if tag == "form" and not values.get("action"):
            self.forms_without_action += 1

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self._open or self._open[-1] != tag:
            self.unclosed.append(f"</{tag}> in {self._open[-3:]}")
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        if self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.title += data
        if not UNREAD & set(self._open):
            self.text += data
        if self.headings and any(re.fullmatch("h[1-6]", tag) for tag in self._open):
            level, so_far = self.headings[-1]
            self.headings[-1] = (level, so_far + data)


def check(response, *, public: bool = True) -> Page:
    """The page of a response, once it has passed the contract; a public one leaves no cookie."""
    page = Page(response.content.decode())
    first = [" ".join(text.split()) for level, text in page.headings if level == 1]
    assert page.lang == "fr"
    assert len(first) == 1, f"exactly one h1: {first}"
    assert " ".join(page.title.split()).startswith(first[0]), f"{page.title!r} does not start with {first[0]!r}"
    assert not {name for name in page.ids if page.ids.count(name) > 1}, "identifiers are unique"
    assert set(page.references) <= set(page.ids), f"labels that lead nowhere: {set(page.references) - set(page.ids)}"
    assert page.styled == [], "no inline style, no inline handler"
    inline = [script for script in page.scripts if not script.get("src")]
    assert all(script.get("type") == "application/json" for script in inline), "no inline script: data alone"
    assert page.forms_without_action == 0
    assert page.unclosed == []
    assert_headings_do_not_skip(page)
    assert_french(page.text)
    assert all(part in response.headers["Content-Security-Policy"] for part in CSP_PARTS)
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert not (public and response.cookies), "reading leaves no cookie"
    assert public or "no-store" in response.headers["Cache-Control"], "no cache keeps a page of the back office"
    return page


def assert_headings_do_not_skip(page: Page) -> None:
    """An h3 never follows an h1."""
    levels = [level for level, _ in page.headings]
    assert all(after <= before + 1 for before, after in pairwise(levels)), page.headings


def assert_french(text: str) -> None:
    """Typographic apostrophes, and unbreakable spaces where French wants them."""
    assert not re.findall(r".{0,20}[a-zà-ÿ]'[a-zà-ÿ].{0,10}", text), "apostrophe droite"
    assert not re.findall(r".{0,20}\w [;!?:»%€](?:\s).{0,10}", text), "espace ordinaire avant ; ! ? : » % €"
    assert not re.findall(r"« \w.{0,20}", text), "espace ordinaire après «"
    assert not re.findall(r".{0,20}\w\"\w?.{0,10}", text), "guillemets droits"
