"""What Django does not say in SQL: many codes in one parameter, many numbers in one value.

`commune__among=[…]` takes any number of codes; `IN` needs a parameter for each, and SQLite stops at 32 766.
"""

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, CharField, Lookup, TextField
from django.db.models.sql.compiler import SQLCompiler


@CharField.register_lookup
class Among(Lookup):
    """The value is one of a collection of texts."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """`= ANY(array)` on PostgreSQL, `IN (SELECT value FROM json_each(…))` on SQLite."""
        left, params = self.process_lhs(compiler, connection)
        codes = sorted(self.rhs)
        if connection.vendor == "postgresql":
            return f"{left} = ANY(%s)", [*params, codes]
        return f"{left} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(codes)]  # noqa: S608 - `left` is a column


class Listed(Aggregate):
    """Every number, in one text « 12,7,31 »: a database hands over one text far quicker than as many rows."""

    output_field = TextField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> tuple[str, Any]:
        """`GROUP_CONCAT`."""
        return self.as_sql(compiler, connection, template="GROUP_CONCAT(%(expressions)s)", **more)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> tuple[str, Any]:
        """`STRING_AGG`."""
        return self.as_sql(compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')", **more)
