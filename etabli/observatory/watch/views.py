"""Addresses of the watch."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from etabli.observatory import access
from etabli.observatory.watch import movements
from etabli.observatory.watch.feed import feed
from etabli.papers import sheets

ATOM_TYPE = "application/atom+xml; charset=utf-8"


@access.public
def watch(request: access.Request, niveau: str, code: str) -> HttpResponse:
    """What moved in a territory since the edition before."""
    where = access.territory(niveau, code)
    screen = movements.watch(where, _wanted(request))
    context = {"title": screen.title, "screen": screen, "where": where}
    return render(request, "observatory/watch.html" + ("#veille" if request.htmx else ""), context)


@access.public
def watch_csv(request: HttpRequest, niveau: str, code: str) -> HttpResponse:
    """The same as a table for a spreadsheet."""
    where = access.territory(niveau, code)
    response = HttpResponse(sheets.csv(movements.sheet(where, _wanted(request))), content_type=sheets.CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="veille-{where.level.value}-{code}.csv"'
    return response


@access.public
def watch_feed(request: HttpRequest, niveau: str, code: str) -> HttpResponse:
    """The same as an Atom feed."""
    where = access.territory(niveau, code)
    return HttpResponse(feed(request, where, _wanted(request)), content_type=ATOM_TYPE)


def _wanted(request: HttpRequest) -> movements.Wanted:
    return movements.wanted_from(request.GET.get("evenement", ""), request.GET.get("secteur", ""))
