"""Append-only tables, refused to UPDATE, DELETE, REPLACE and TRUNCATE by the database itself.

A model says `append_only = True`. The triggers are dropped and made again after every migration, because SQLite loses
them in silence each time Django rebuilds a table. On SQLite, REPLACE is a DELETE only under
`PRAGMA recursive_triggers=ON` (settings). Whoever owns a table can still drop its triggers: in production the site
connects under a role that does not own them.
"""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "append-only"
FUNCTION = """
    CREATE OR REPLACE FUNCTION etabli_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'append-only' USING ERRCODE = 'integrity_constraint_violation';
    END $$
"""


def tables() -> tuple[str, ...]:
    """Names of the tables that only grow, sorted."""
    return tuple(sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False)))


def triggers(vendor: str, table: str) -> dict[str, str]:
    """Name of each trigger of a table → the statement that makes it."""
    if vendor == "postgresql":
        return {
            f"{table}_no_change": f'CREATE TRIGGER "{table}_no_change" BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION etabli_append_only()",
            f"{table}_no_truncate": f'CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION etabli_append_only()",
        }
    return {
        f"{table}_no_{verb}": f'CREATE TRIGGER "{table}_no_{verb}" BEFORE {verb.upper()} ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for verb in ("update", "delete")
    }


def drop_sql(vendor: str, table: str) -> list[str]:
    """Statements that lift the guard of a table; nothing in the product runs them but `create_sql`'s caller."""
    on = f' ON "{table}"' if vendor == "postgresql" else ""
    return [f'DROP TRIGGER IF EXISTS "{name}"{on}' for name in triggers(vendor, table)]


def create_sql(vendor: str, table: str) -> list[str]:
    """Statements that put the guard of a table."""
    return [*([FUNCTION] if vendor == "postgresql" else []), *triggers(vendor, table).values()]


def install(using: str = "default", **_kwargs: Any) -> None:
    """Put the guard on every append-only table that exists. Called after each application migrates."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in tables():
            if table in existing:
                for statement in (*drop_sql(connection.vendor, table), *create_sql(connection.vendor, table)):
                    cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Triggers that should be there and are not; empty when every append-only table is guarded."""
    wanted = {name for table in tables() for name in triggers(connection.vendor, table)}
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return sorted(wanted - present)
