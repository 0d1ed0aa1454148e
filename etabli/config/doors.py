"""Closed by default: every page asks for a login, public ones say otherwise by name."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase


class ClosedByDefault(LoginRequiredMiddleware):
    """Django's own rule, asked the other way round: a public page never looks at who is reading.

    Django reads the user first, hence the session, and every answer then varies by cookie: no cache could share it.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
