"""Reading never writes, and the database connection proves it.

On GET, HEAD and OPTIONS every statement that is not a read raises `WroteWhileReading`. The few tables that a visit
may touch are named in `statements`. A view that a protocol obliges to write when it is read (coming back from an
identity provider) says `writes_on_get = True`.
"""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

from etabli.config.statements import is_allowed

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

View = Callable[..., Any]
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


class WroteWhileReading(RuntimeError):
    """A page asked for reading tried to change the database."""


class Guard:
    """Refuses writes, until it is lifted."""

    lifted = False

    def __call__(self, execute: Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 - as Django calls it
        text = sql if isinstance(sql, str) else sql.as_string(None)  # psycopg composes some
        if not (self.lifted or is_allowed(text)):
            raise WroteWhileReading(f"Lecture seule\u00a0: {text.split(maxsplit=3)[:3]}")
        return execute(sql, params, many, context)


class ReadingNeverWrites:
    """Middleware: wrap every connection for the time of a request with a safe method."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        guard = Guard()
        request.__dict__["reading_guard"] = guard
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(guard))
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, _arguments: Any, _options: Any) -> None:
        """Lift the guard for a view that says it must write."""
        guard = request.__dict__.get("reading_guard")
        if guard and getattr(view, "writes_on_get", False):
            guard.lifted = True
