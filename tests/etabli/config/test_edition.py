"""A page or a file is made of one edition, even when another takes its place while it is made."""

import json

import pytest

from etabli import facts
from etabli.observatory import portraits
from etabli.observatory.files import tables
from tests.etabli.conftest import LENS_LIEVIN
from tests.etabli.test_facts import switch, versions  # noqa: F401 - a fixture


@pytest.fixture
def replaced(monkeypatch, demo_stores, switch):  # noqa: F811 - the fixture imported above
    """Another edition takes the place of the first as soon as `owner.name` is called."""
    current, other = versions(demo_stores)

    def during(owner, name):
        genuine = getattr(owner, name)

        def then(*args, **kwargs):
            switch(other)
            return genuine(*args, **kwargs)

        monkeypatch.setattr(owner, name, then)
        return current, other

    return during


def test_a_page_is_made_of_one_edition(demo, client, replaced):
    whole = client.get(LENS_LIEVIN).content
    _current, other = replaced(portraits, "key_figures")
    assert client.get(LENS_LIEVIN).content == whole
    assert facts.store().version == other, "the next request sees the new one"


def test_a_file_is_made_of_one_edition(demo, client, replaced):
    replaced(tables, "_moved")
    document = json.loads(client.get(f"{LENS_LIEVIN}tableaux/communes.json").content)
    assert "2026-11-01" in document["source"]
    assert not [note for note in document["notes"] if "données au 1er\u00a0octobre 2026" in note]


def test_the_mark_is_that_of_the_edition_that_answered(demo, client, replaced):
    first = client.get(f"{LENS_LIEVIN}tableaux/communes.json").headers["ETag"]
    replaced(tables, "_moved")
    assert client.get(f"{LENS_LIEVIN}tableaux/communes.json").headers["ETag"] == first
    assert client.get(f"{LENS_LIEVIN}tableaux/communes.json").headers["ETag"] != first
