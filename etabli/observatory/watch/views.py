"""Addresses of the watch."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from etabli.observatory import access
from etabli.observatory.files.responses import sheet_response, wants_plain
from etabli.observatory.watch import movements, table
from etabli.observatory.watch.feed import feed
from etabli.observatory.watch.wanted import wanted_from

ATOM_TYPE = "application/atom+xml; charset=utf-8"


@access.public
def watch(request: access.Request, niveau: str, code: str) -> HttpResponse:
    """What moved in a territory since the edition before."""
    screen = movements.watch(access.territory(niveau, code), wanted_from(request.GET))
    context = {"title": screen.title, "screen": screen}
    return render(request, access.template(request, "watch", "veille"), context)


@access.public
def watch_table(request: HttpRequest, niveau: str, code: str, format: str) -> HttpResponse:  # noqa: A002 - named by the address
    """The same as a table: csv, xlsx, ods, json."""
    found = table.sheet(access.territory(niveau, code), wanted_from(request.GET))
    return sheet_response(found, format, f"veille-{niveau}-{code}", plain=wants_plain(request))


@access.public
def watch_feed(request: HttpRequest, niveau: str, code: str) -> HttpResponse:
    """The same as an Atom feed."""
    where = access.territory(niveau, code)
    return HttpResponse(feed(request, where, wanted_from(request.GET)), content_type=ATOM_TYPE)
