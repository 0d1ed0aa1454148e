"""The same tests on SQLite and on PostgreSQL: which ones, and how they empty tables that refuse to be emptied."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management.color import Style
from django.db import connection
from django.test import TransactionTestCase

DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_reset_sequences", "live_server"})
PAGE_FIXTURES = frozenset({"client", "visit"})


def on_postgres() -> bool:
    """True when this run is the one on PostgreSQL."""
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("postgresql")


def uses_database(item: pytest.Item) -> bool:
    """True for a test that reads or writes the database, by its mark or through its fixtures."""
    asked_for = DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    return bool(asked_for) or item.get_closest_marker("django_db") is not None


def stays_on_sqlite(item: pytest.Item) -> bool:
    """True for a test that reads pages, by its mark or through its fixtures: `test_postgres.py` opens all of them."""
    reads = not PAGE_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
    return reads or any(item.get_closest_marker(mark) for mark in ("browser", "one_database"))


@pytest.hookimpl(tryfirst=True)  # before pytest selects by mark
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests of the database; leave out those that SQLite cannot answer."""
    for item in items:
        if uses_database(item) and (item.get_closest_marker("postgres") or not stays_on_sqlite(item)):
            item.add_marker("databases")
    left = [item for item in items if item.get_closest_marker("postgres") and not on_postgres()]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="session", autouse=True)
def tests_that_commit_start_from_empty_tables() -> Iterator[None]:
    """On SQLite the fresh database is kept beside and copied back, in a millisecond for 250 of Django's own way.

    On PostgreSQL the triggers of append-only tables sleep while Django empties them. Classes are patched: once
    Playwright's loop runs, the connection of the same thread is another object.
    """
    with pytest.MonkeyPatch.context() as patch:
        if on_postgres():
            patch.setattr(type(connection.ops), "sql_flush", _flush_without_triggers(type(connection.ops).sql_flush))
        else:
            fresh = _Fresh()
            patch.setattr(TransactionTestCase, "_fixture_setup", fresh.keep)
            patch.setattr(TransactionTestCase, "_fixture_teardown", fresh.restore)
        yield


def _flush_without_triggers(flush: Callable[..., list[str]]) -> Callable[..., list[str]]:
    def sql_flush(self: Any, style: Style, tables: list[str], **options: bool) -> list[str]:
        return ["SET LOCAL session_replication_role = replica", *flush(self, style, tables, **options)]

    return sql_flush


class _Fresh:
    """The database as migrations left it."""

    def __init__(self) -> None:
        self.copy: sqlite3.Connection | None = None

    def keep(self) -> None:
        """Before the first test that commits: nothing was written yet."""
        if self.copy is None:
            self.copy = sqlite3.connect(":memory:", check_same_thread=False)
            connection.ensure_connection()
            connection.connection.backup(self.copy)

    def restore(self) -> None:
        """After each of them."""
        assert self.copy is not None
        connection.ensure_connection()
        self.copy.backup(connection.connection)
