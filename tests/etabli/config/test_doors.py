"""Closed by default; a public page is open without looking at who reads."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver

from etabli.config.doors import ClosedByDefault


class Anonymous:
    is_authenticated = False


def private(_request):
    return HttpResponse()


@login_not_required
def public(_request):
    return HttpResponse()


def test_a_page_that_says_nothing_is_closed():
    request = RequestFactory().get("/secret/")
    request.user = Anonymous()
    response = ClosedByDefault(private).process_view(request, private, (), {})
    assert response.status_code == 302
    assert response.url == "/?next=/secret/"


def test_a_public_page_is_open_and_never_asks_who_reads():
    assert ClosedByDefault(public).process_view(RequestFactory().get("/"), public, (), {}) is None


def routes(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern, f"{prefix}{pattern.pattern}")
        else:
            yield f"{prefix}{pattern.pattern}", pattern.callback


def test_every_page_of_today_is_public_by_its_own_word():
    assert [route for route, view in routes(get_resolver()) if getattr(view, "login_required", True)] == []
