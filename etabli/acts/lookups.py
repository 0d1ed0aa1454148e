"""What Django does not say in SQL: many codes, or many numbers, in one parameter.

`commune__among=[…]` takes any number of them; `IN` needs a parameter for each, and SQLite stops at 32 766.
"""

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, CharField, Lookup
from django.db.models.sql.compiler import SQLCompiler


@BigAutoField.register_lookup
@CharField.register_lookup
class Among(Lookup):
    """The value is one of a collection."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """`= ANY(array)` on PostgreSQL, `IN (SELECT value FROM json_each(…))` on SQLite."""
        left, params = self.process_lhs(compiler, connection)
        codes = sorted(self.rhs)
        if connection.vendor == "postgresql":
            return f"{left} = ANY(%s)", [*params, codes]
        return f"{left} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(codes)]  # noqa: S608 - `left` is a column
