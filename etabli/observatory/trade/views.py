"""Addresses of the trades of a territory."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from etabli.observatory import access
from etabli.observatory.scopes import reading_from
from etabli.observatory.trade import listing, queries


@access.public
def trades(request: HttpRequest, niveau: str, code: str) -> HttpResponse:
    """All trades of a territory."""
    chosen = listing.chosen_from(request.GET)
    screen = listing.trade_list(access.territory(niveau, code), chosen)
    context = {"title": screen.title, "screen": screen, "reading": chosen.reading}
    return render(request, "observatory/trades.html", context)


@access.public
def trade(request: HttpRequest, niveau: str, code: str, metier: str) -> HttpResponse:
    """One trade across the communes of a territory."""
    reading = reading_from(request.GET)
    screen = queries.trade_page(access.territory(niveau, code), metier, reading)
    return render(request, "observatory/trade.html", {"title": screen.title, "screen": screen, "reading": reading})
