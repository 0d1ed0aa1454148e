"""The guide holds together: pages, links, pictures, commands, and the words that it tells to look for on the screen."""

import argparse
import re

import pytest

from maillage.cli.main import _parser
from tests.browser import pictures
from tools.commands import COMMANDS, ROOT

GUIDE = ROOT / "docs" / "guide"
INDEX = GUIDE / "README.md"
PAGES = sorted(GUIDE.glob("*.md"))
TEXTS = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
READERS = {**TEXTS, "../../README.md": (ROOT / "README.md").read_text(encoding="utf-8")}
ADDRESS = r"(!?)\[([^\]]*)\]\(([^)#]+)\)"
ALL = {**pictures.PICTURES, **pictures.OF_DIARY, **pictures.OF_PACTS, **pictures.OF_JOURNEY, **pictures.OF_ACCOUNTS}
NAMES = {command.name for command in COMMANDS}


def links(text: str, *, of_pictures: bool) -> list[tuple[str, str]]:
    """(words, address) of the links of a page, or of its pictures."""
    found = [(words, to) for mark, words, to in re.findall(ADDRESS, text) if bool(mark) is of_pictures]
    tags = re.findall(r'<img src="([^"]+)" alt="([^"]*)"', text) if of_pictures else []
    return found + [(words, to) for to, words in tags]


def commands() -> list[tuple[str, str]]:
    """(page, command) for each line to type."""
    return [(name, line) for name, text in TEXTS.items() for line in re.findall(r"^\./run (.+)$", text, re.MULTILINE)]


def test_the_guide_is_there() -> None:
    assert len(PAGES) == 15


def test_every_page_is_listed_once() -> None:
    listed = [to for _, to in links(TEXTS[INDEX.name], of_pictures=False)]
    assert sorted(listed) == sorted(set(TEXTS) - {INDEX.name})


@pytest.mark.parametrize("name", READERS)
def test_links_lead_somewhere(name: str) -> None:
    folder = (GUIDE / name).parent
    local = [to for _, to in links(READERS[name], of_pictures=False) if not to.startswith("http")]
    assert [to for to in local if not (folder / to).exists()] == []


@pytest.mark.parametrize("name", READERS)
def test_pictures_are_there_and_say_what_they_show(name: str) -> None:
    shown = links(READERS[name], of_pictures=True)
    assert [to for _, to in shown if not ((GUIDE / name).parent / to).is_file()] == []
    assert [to for words, to in shown if len(words) < 20] == []


def test_no_picture_is_left_over_nor_taken_for_nothing() -> None:
    shown = {to.rsplit("/", 1)[1] for text in READERS.values() for _, to in links(text, of_pictures=True)}
    assert {path.name for path in pictures.FOLDER.iterdir()} == shown == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_pictures_are_light_and_of_the_size_of_a_screen(name: str) -> None:
    content = (pictures.FOLDER / name).read_bytes()
    assert len(content) < pictures.HEAVIEST
    assert pictures.size(content)[0] == ALL[name].width
    assert pictures.size(content)[0] in pictures.WIDTHS


@pytest.mark.parametrize(("page", "line"), commands())
def test_commands_are_understood(page: str, line: str) -> None:
    name, *rest = line.split()
    assert name in NAMES
    arguments = rest if name == "maillage" else [name, *rest] if name == "fetch" else []
    if arguments:
        assert isinstance(_parser().parse_args(arguments), argparse.Namespace)


def test_words_between_guillemets_are_on_the_site() -> None:
    """A reader told to press « Appliquer » must find it."""
    shown = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("etabli", "maillage")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".html", ".py", ".csv"}
    ).lower()
    words = {word for text in TEXTS.values() for word in re.findall("«\u00a0([^»]+)\u00a0»", text)}
    typed = {"lievin", "62300", "Pas-de-Calais", "6 à 9 salariés"}
    assert sorted(word for word in words - typed if word.lower() not in shown) == []
