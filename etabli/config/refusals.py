"""What the back office refuses, told in French: no right (403), or not in this state (409)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from etabli.accounts.policies import Denied, WithoutOrganisation
from etabli.pacts.workflow import IllegalTransition

TITLES: dict[type[Exception], tuple[int, str]] = {
    WithoutOrganisation: (403, "Vous n’avez pas encore d’organisation"),
    Denied: (403, "Vous ne pouvez pas faire cela"),
    IllegalTransition: (409, "Ce n’est pas possible dans cet état"),
}


class DenialMiddleware:
    """Turns a refusal that leaves a view into a page; other exceptions go their way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        found = next((answer for kind, answer in TITLES.items() if isinstance(error, kind)), None)
        return denial(request, error, *found) if found else None


def denial(request: HttpRequest, error: Exception, status: int, title: str) -> HttpResponse:
    """The page that gives the reason."""
    context = {"title": title, "message": str(error)}
    response = render(request, "denial.html", context, status=status)
    add_never_cache_headers(response)
    return response
