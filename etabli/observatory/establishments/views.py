"""Addresses of the lists behind public figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from etabli.observatory import access
from etabli.observatory.establishments import listing
from etabli.observatory.establishments.asked import asked_from
from etabli.observatory.files.responses import sheet_response, wants_plain


@access.public
def establishments(request: HttpRequest, niveau: str, code: str) -> HttpResponse:
    """The establishments behind a figure, fifty a page."""
    where = access.territory(niveau, code)
    screen = listing.listing(where, asked_from(request.GET), request.GET.get("page", "1"))
    return render(request, "observatory/establishments.html", {"title": screen.title, "screen": screen})


@access.public
def establishments_file(request: HttpRequest, niveau: str, code: str, suffix: str) -> HttpResponse:
    """The whole list as a file: csv, xlsx, ods, json."""
    found = listing.sheet(access.territory(niveau, code), asked_from(request.GET))
    return sheet_response(found, suffix, f"etablissements-{niveau}-{code}", plain=wants_plain(request))
