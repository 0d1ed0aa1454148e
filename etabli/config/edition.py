"""A request is answered from one edition of the data, even when another takes its place meanwhile."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from etabli import facts


def one_edition(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the first question of a request chooses the store of all the others, its ETag included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with facts.one_edition():
            return get_response(request)

    return middleware
