"""Addresses of the trades of a territory."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from etabli.observatory import access
from etabli.observatory.scopes import reading_from
from etabli.observatory.trade import listing, queries


@access.public
def trades(request: HttpRequest, niveau: str, code: str) -> HttpResponse:
    """All trades of a territory."""
    where = access.territory(niveau, code)
    screen = listing.trade_list(where, request.GET.get("secteur", ""), reading_from(request.GET))
    return render(request, "observatory/trades.html", {"title": screen.title, "screen": screen, "where": where})


@access.public
def trade(request: HttpRequest, niveau: str, code: str, metier: str) -> HttpResponse:
    """One trade across the communes of a territory."""
    where = access.territory(niveau, code)
    screen = queries.trade_page(where, metier, reading_from(request.GET))
    return render(request, "observatory/trade.html", {"title": screen.title, "screen": screen, "where": where})
