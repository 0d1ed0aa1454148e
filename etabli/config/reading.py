"""Reading never writes, and the database connection proves it.

On GET, HEAD and OPTIONS every statement that is not a read raises `WroteWhileReading`. The few tables that a visit
may touch are named here (DECISIONS: sessions, cache, the trace of nominative readings).
"""

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
WRITABLE_TABLES = frozenset({"django_session", "django_cache"})

# A « WITH … INSERT » is a write that starts like a read, hence the second look.
_READS = re.compile(
    r"\s*(SELECT|WITH|EXPLAIN|SHOW|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET)\b", re.IGNORECASE
)
_WRITES = re.compile(
    r"\b(INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+[\"`]?(\w+)", re.IGNORECASE
)

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


class WroteWhileReading(RuntimeError):
    """A page asked for reading tried to change the database."""


def is_allowed(sql: str) -> bool:
    """True for a read, or for a write to a table that a visit may touch."""
    write = _WRITES.search(sql)
    if write is None:
        return _READS.match(sql) is not None
    if _READS.match(sql) and not re.match(r"\s*WITH\b", sql, re.IGNORECASE):
        return True  # « SELECT … FOR UPDATE », or the word inside a literal
    return write.group(2).lower() in WRITABLE_TABLES


def _refuse_writes(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001
    if not is_allowed(sql):
        raise WroteWhileReading(f"Lecture seule\u00a0: {sql.split(maxsplit=3)[:3]}")
    return execute(sql, params, many, context)


def reading_never_writes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: wrap every connection for the time of a request with a safe method."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return get_response(request)
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(_refuse_writes))
            return get_response(request)

    return middleware
