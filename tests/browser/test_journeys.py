"""What people come for, with a mouse, with a keyboard alone, and without script: the same journey, the same end."""

import csv
import io
import re
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


def number(words: str) -> int:
    """The first whole number of a sentence: 1 234 of « 1 234 entreprises »."""
    found = re.search(r"\d[\d\u202f]*", words)
    assert found is not None, words
    return int(found[0].replace("\u202f", ""))


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
        expect(definition.get_by_text("Comptage")).to_be_visible()
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


def test_an_adviser_reads_the_watch_on_monday_and_follows_it(visitor: NewVisitor) -> None:
    def journey(adviser: Visitor) -> list[str]:
        adviser.open(LENS_LIEVIN)
        adviser.follow("La veille")
        adviser.choose("Secteur", "bâtiment", "Afficher", "secteur=batiment")
        shown = adviser.page.locator(".event").count()
        heads, *moved = lines(adviser.save(adviser.link("CSV", exact=True)))
        assert {line[heads.index("Secteur")] for line in moved} == {"bâtiment"}
        assert len(moved) == shown > 0
        feed = adviser.fetch(adviser.link("Flux Atom")).decode()
        assert len(set(re.findall(r"<id>(urn:uuid:[^<]+)</id>", feed))) == 1 + len(moved), "the feed and each event"
        assert all(line[heads.index("SIRET")] in feed for line in moved)
        return [path(adviser.page), heading(adviser.page), *(line[heads.index("SIRET")] for line in moved)]

    same_end(visitor, journey)


def test_an_officer_compares_three_territories_and_takes_a_chart(visitor: NewVisitor) -> None:
    names = ["Lens-Liévin", "Hénin-Carvin", "Valenciennes Métropole"]

    def journey(officer: Visitor) -> list[str]:
        officer.open("/comparer/")
        officer.type("Premier territoire", "lens-lievin", "Ajouter")
        officer.arrive("t=epci")
        for typed, last in (("henin-carvin", "246200299"), ("valenciennes metropole", "245901160")):
            officer.type("Ajouter un territoire", typed, "Ajouter")
            officer.arrive(f"{last}$")
        assert heading(officer.page) == "Lens-Liévin, Hénin-Carvin et Valenciennes Métropole côte à côte"
        printed = officer.page.locator(".side-by-side tbody tr").first.locator("td").all_inner_texts()
        drawn = officer.fetch(officer.link("SVG", exact=True)).decode()
        assert drawn.startswith("<svg")
        assert all(name.split()[0] in drawn for name in names)
        table = lines(officer.save(officer.page.locator(".sheet").first.get_by_role("link", name="CSV", exact=True)))
        assert table[0][2:] == names
        assert [int(cell) for cell in table[1][2:]] == [number(cell) for cell in printed]
        return [path(officer.page), *printed, drawn]

    same_end(visitor, journey)


def test_an_elected_member_finds_who_has_no_bakery_and_where_the_nearest_is(visitor: NewVisitor) -> None:
    def journey(member: Visitor) -> list[str]:
        member.open(LENS_LIEVIN)
        member.follow("Tous les métiers")
        member.follow("boulangerie", exact=True)
        served = re.search(r"dans (\d+) des 36 communes", heading(member.page))
        without = member.page.locator(".near").first.locator("li")
        assert served is not None
        assert int(served[1]) + without.count() == 36
        name, *_ = first = [" ".join(part.split()) for part in without.first.inner_text().split("\n")]
        nearest = re.search(r"le plus proche (?:à|au|aux) (.+), à [\d,]+ km", " ".join(first))
        assert nearest is not None, first
        row = member.page.get_by_role("row").filter(has=member.page.get_by_role("link", name=nearest[1], exact=True))
        assert number(row.get_by_role("cell").first.inner_text()) >= 1
        member.follow(without.first.get_by_role("link").inner_text())
        assert heading(member.page).startswith(name)
        expect(member.link("boulangerie (")).to_be_visible()  # missing here too, with the nearest of all the data
        return [*first, path(member.page), heading(member.page)]

    same_end(visitor, journey)
