"""The door to the engine follows the store in force."""

import shutil

import pytest

from etabli import facts
from etabli.kept import Kept
from maillage.errors import NoStore, NotCovered
from maillage.territory import parse

LENS = parse("epci:246200364")


def versions(demo_stores):
    current = (demo_stores / "current").read_text().strip()
    other = next(path.parent.name for path in demo_stores.glob("*/manifest.json") if path.parent.name != current)
    return current, other


@pytest.fixture
def switch(settings, demo_stores, tmp_path):
    """Make another edition the current one, in a copy: the other processes of the run read the stores themselves."""
    settings.STORES_DIR = tmp_path / "stores"
    shutil.copytree(demo_stores, settings.STORES_DIR)
    return lambda version: (settings.STORES_DIR / "current").write_text(version + "\n")


def test_the_same_store_is_opened_once(demo):
    assert facts.store() is facts.store()


def test_a_new_edition_is_seen_at_the_next_question(demo_stores, switch):
    current, other = versions(demo_stores)
    before = facts.ask(facts.Question("stock_firms", LENS))
    switch(other)
    assert facts.store().version == other
    after = facts.ask(facts.Question("stock_firms", LENS))
    assert (before.store_version, after.store_version) == (current, other)
    assert before.stock_date != after.stock_date


def test_an_answer_is_computed_once_per_edition(demo):
    question = facts.Question("stock_firms", LENS)
    assert facts.ask(question) is facts.ask(question)


def test_a_refusal_is_not_kept(demo):
    for _ in range(2):
        with pytest.raises(NotCovered):
            facts.ask(facts.Question("stock_firms", parse("departement:62")))


def test_without_store_the_reason_is_given(no_store):
    with pytest.raises(NoStore):
        facts.store()


def test_what_moved_lies_between_two_editions(demo):
    moved = facts.moved(LENS)
    assert moved.since < moved.until == demo.manifest.stock_date
    assert moved.events


def test_within_a_request_the_first_store_answers_to_the_end(demo_stores, switch):
    current, other = versions(demo_stores)
    with facts.one_edition():
        assert facts.store().version == current
        switch(other)
        assert facts.store().version == current
        assert facts.ask(facts.Question("stock_firms", LENS)).store_version == current
        assert facts.moved(LENS).events
    assert facts.store().version == other


def test_answers_are_kept_by_their_rows_and_lists_apart(demo, monkeypatch):
    figures, lists = (Kept(most, lambda answer: len(answer.rows) + 1) for most in (60, 40))
    monkeypatch.setattr(facts, "_figures", figures)
    monkeypatch.setattr(facts, "_lists", lists)
    monkeypatch.setattr(facts, "LIST", 30)
    for indicator in ("stock", "stock_firms", "creations", "closures"):
        facts.ask(facts.Question(indicator, LENS))
        facts.ask(facts.Question(indicator, LENS, by="commune"))
    assert (len(figures._held), len(lists._held)) == (4, 1), "36 communes: one list fits, and it drove no figure out"
    assert figures.weight <= 60
    assert lists.weight <= 40
