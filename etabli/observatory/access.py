"""How a visitor reaches a territory, and what every public page has in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.middleware import HtmxDetails

from etabli import facts
from etabli.observatory import typed
from maillage.territory import Territory, parse

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request that says whether a fragment of the page is enough."""

    htmx: HtmxDetails


def public(view: View) -> View:
    """A page that anybody may read, made of the store alone: its ETag changes with the store, never before."""

    @wraps(view)
    def fresh(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed.check_names(request.GET)
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, no_cache=True)  # keep it, but ask whether it still holds
        return response

    return public_even_without_store(condition(etag_func=facts.etag)(fresh))


def public_even_without_store(view: View) -> View:
    """A page that anybody may read and that answers before any data is loaded."""
    return login_not_required(require_safe(vary_on_headers(*facts.PARTS)(view)))


def template(request: Request, name: str, part: str) -> str:
    """Name of a template, or of its `part` when htmx asks for it; its « back » asks for the whole page again."""
    alone = request.htmx and not request.htmx.history_restore_request
    return f"observatory/{name}.html" + (f"#{part}" if alone else "")


def territory(niveau: str, code: str) -> Territory:
    """The place of an address. Raises UnknownTerritory, whose message proposes close names."""
    return parse("france" if niveau == "france" else f"{niveau}:{code}")
