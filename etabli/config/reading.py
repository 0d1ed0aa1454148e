"""Reading never writes, and the database connection proves it.

On GET, HEAD and OPTIONS every statement that is not a read raises `WroteWhileReading`. The few tables that a visit
may touch are named in `statements`.
"""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

from etabli.config.statements import is_allowed

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


class WroteWhileReading(RuntimeError):
    """A page asked for reading tried to change the database."""


def _refuse_writes(execute: Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001
    text = sql if isinstance(sql, str) else sql.as_string(None)  # psycopg composes some
    if not is_allowed(text):
        raise WroteWhileReading(f"Lecture seule\u00a0: {text.split(maxsplit=3)[:3]}")
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
