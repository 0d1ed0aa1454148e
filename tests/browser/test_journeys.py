"""What people come for, with a mouse, with a keyboard alone, and without script: the same journey, the same end."""

import csv
import io
from collections.abc import Callable

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import LENS_LIEVIN
from tests.browser.conftest import NewVisitor
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

MANNERS = ("souris", "clavier", "sans script")
Journey = Callable[[Visitor], list[str]]


def same_end(come: NewVisitor, journey: Journey) -> None:
    """The journey ends at the same place, with the same words, whatever the manner."""
    ends = {manner: journey(come(manner)) for manner in MANNERS}
    assert ends["clavier"] == ends["souris"]
    assert ends["sans script"] == ends["souris"]


def heading(page: Page) -> str:
    """The words of the h1."""
    return " ".join(page.locator("h1").inner_text().split())


def path(page: Page) -> str:
    """Where we are, without the name of the machine nor the place on the page."""
    return "/" + page.url.split("/", 3)[3].partition("#")[0]


def lines(content: bytes) -> list[list[str]]:
    """Rows of a spreadsheet file, without the notes under the table."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    width = max(len(row) for row in rows)
    return [row for row in rows if len(row) == width]


@pytest.mark.parametrize("typed", ["lievin", "62300"])
def test_an_elected_member_finds_their_territory(visitor: NewVisitor, typed: str) -> None:
    def journey(member: Visitor) -> list[str]:
        member.open("/")
        member.type("Quel lieu voulez-vous voir", typed, "Chercher")
        member.arrive("territoires/\\?q=")
        if typed == "62300":
            member.follow("Lens commune")
        member.follow("Lens-Liévin")
        assert heading(member.page).startswith("Lens-Liévin compte ")
        return [path(member.page), heading(member.page)]

    same_end(visitor, journey)


def test_an_elected_member_opens_a_figure_down_to_its_establishments(visitor: NewVisitor) -> None:
    def journey(member: Visitor) -> list[str]:
        member.open(LENS_LIEVIN)
        before = member.page.locator(".figure-value").first.inner_text()
        member.choose("Activité", "code artisanal déclaré", "Appliquer", "perimetre=certain")
        after = member.page.locator(".figure-value").first.inner_text()
        assert after != before
        definition = member.unfold("définition")
        expect(definition.get_by_text("Formule")).to_be_visible()
        member.follow("Les établissements derrière ce chiffre")
        assert "perimetre=certain" in path(member.page)
        content = member.save(member.link("CSV", exact=True))
        assert content.startswith(b"\xef\xbb\xbf")
        assert "fictives" in content.decode("utf-8-sig")
        return [before, after, path(member.page), heading(member.page), content.decode("utf-8-sig")]

    same_end(visitor, journey)


def test_an_elected_member_takes_the_portrait_on_paper(visitor: NewVisitor) -> None:
    def journey(member: Visitor) -> list[str]:
        member.open(LENS_LIEVIN)
        content = member.fetch(member.link("Imprimer le portrait"))
        with pikepdf.open(io.BytesIO(content)) as paper:
            return [str(len(paper.pages)), str(paper.Root.Lang), str(paper.docinfo.Title)]

    same_end(visitor, journey)
    assert journey(visitor("souris"))[0] == "2"
