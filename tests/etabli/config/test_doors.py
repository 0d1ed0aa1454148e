"""Closed by default; a public page is open without looking at who reads."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import RequestFactory

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
    assert response.url == "/connexion/?next=/secret/"


def test_a_public_page_is_open_and_never_asks_who_reads():
    assert ClosedByDefault(public).process_view(RequestFactory().get("/"), public, (), {}) is None
