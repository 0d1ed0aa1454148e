"""The same tests on SQLite and on PostgreSQL: which ones, and how they empty tables that refuse to be emptied."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management.color import Style
from django.db import connection

DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_reset_sequences", "live_server"})


def on_postgres() -> bool:
    """True when this run is the one on PostgreSQL."""
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("postgresql")


def uses_database(item: pytest.Item) -> bool:
    """True for a test that reads or writes the database, by its mark or through its fixtures."""
    asked_for = DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    return bool(asked_for) or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(tryfirst=True)  # before pytest selects by mark
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests of the database; leave out those that SQLite cannot answer."""
    for item in items:
        if uses_database(item) and not any(item.get_closest_marker(mark) for mark in ("browser", "one_database")):
            item.add_marker("databases")
    elsewhere = [item for item in items if item.get_closest_marker("postgres") and not on_postgres()]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


@pytest.fixture(scope="session", autouse=True)
def flush_may_empty_append_only_tables() -> Iterator[None]:
    """Between two tests that commit, Django empties every table: triggers sleep for that one transaction.

    The class is patched: once Playwright's loop runs, the connection of the same thread is another object.
    """
    operations = type(connection.ops)
    flush = operations.sql_flush

    def sql_flush(self: Any, style: Style, tables: list[str], **options: bool) -> list[str]:
        statements = flush(self, style, tables, **options)
        if self.connection.vendor == "postgresql":
            return ["SET LOCAL session_replication_role = replica", *statements]
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        dropped = [f"DROP TRIGGER {self.quote_name(name)}" for name, _ in triggers]
        return [*dropped, *statements, *(created for _, created in triggers)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", sql_flush)
        yield
