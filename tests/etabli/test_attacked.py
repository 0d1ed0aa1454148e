"""Every address of the back office is sent what no page of ours sends: it is refused, and never breaks."""

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.db import transaction

from tests.etabli.matrix import ROWS, Reach
from tests.etabli.test_matrix import World, world  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HUGE = str(2**63)
ABSURD = ("a\x00b", "9" * 5000, "-1", HUGE, "²", "9999-12-31", "[[")
ASKED = (
    "annee", "au", "axe", "agent", "commune", "du", "firm", "le", "lignes", "nature", "next", "note", "pacte", "page",
    "q", "r", "reason", "role", "state", "theme", "to", "vers", "version",
)  # fmt: skip
COUNTS = ("TOTAL_FORMS", "INITIAL_FORMS")


class Forms(HTMLParser):
    """The forms of a page: where they are sent, how, and what they would send untouched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, str]]] = []
        self._fields: dict[str, str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields = {}
            self.found.append((said.get("action", ""), said.get("method", "get").lower(), self._fields))
        elif self._fields is not None and said.get("name") and said.get("type") != "file":
            self._fields[said["name"]] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None


def sent(world: World, who: str, method: str, address: str, data: dict[str, object], **headers: str) -> int:  # noqa: F811 - a fixture
    """The status of the answer, and nothing it changed; an exception of ours fails the test."""
    client = world.clients[who]
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = getattr(client, method)(address, data, headers=headers)
        transaction.set_rollback(True)
    client.cookies = cookies
    return int(answer.status_code)


def absurd(fields: Iterable[str], turn: int) -> dict[str, object]:
    """Each field with another absurd value, and yet another at the next turn."""
    return {name: ABSURD[(place + turn) % len(ABSURD)] for place, name in enumerate(fields)}


def filled(fields: dict[str, str]) -> Iterator[dict[str, object]]:
    """A form with absurd values in the rows that it announces; then one wrong number after the other; then twice."""
    counted = {name: value for name, value in fields.items() if name.endswith(COUNTS)}
    yield from (absurd(fields, turn) | counted for turn in range(3))
    yield from (fields | {name: HUGE} for name in fields if name.endswith(("id", *COUNTS)))
    yield {name: [value, value] for name, value in fields.items()}


@pytest.fixture(scope="module")
def known() -> set[tuple[str, ...]]:
    """Forms already attacked: the menu of every page holds the same ones."""
    return set()


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.reach is not Reach.PUBLIC])
def test_no_address_breaks_whatever_it_is_sent(world, known, name):  # noqa: F811 - a fixture
    addresses = {ROWS[name].address.format(**world.objects | {"slug": world.objects[of]}) for of in ("slug", "draft")}
    for address in sorted(addresses):
        path = urlsplit(address).path
        for who, turn in (("alice", 0), ("octave", 1), ("octave", 2)):
            assert sent(world, who, "get", path, absurd(ASKED, turn), **{"HX-Request": "true"}) < 500
            assert sent(world, who, "post", path, absurd(ASKED, turn)) < 500
        page = world.clients["octave"].get(address)
        if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
            for action, method, fields in Forms(page.content.decode()).found:
                form = (action or path, method, *sorted(fields))
                for data in filled(fields) if form not in known else ():
                    assert sent(world, "octave", method, action or path, data) < 500
                known.add(form)
