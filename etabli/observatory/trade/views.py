"""Addresses of the trades of a territory."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from etabli.observatory import access
from etabli.observatory.files.responses import picture_response, wants_plain
from etabli.observatory.questions import Asker
from etabli.observatory.scopes import reading_from
from etabli.observatory.trade import listing, queries
from maillage.reference.trades import trade as known_trade


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


@access.public
def trade_image(request: HttpRequest, niveau: str, code: str, metier: str, nom: str, format: str) -> HttpResponse:  # noqa: A002 - named by the address
    """`…/metiers/boulangerie/images/carte.svg` (png, csv, json)."""
    if nom not in queries.PICTURES:
        raise Http404
    where, asker = access.territory(niveau, code), Asker(reading_from(request.GET))
    drawn = queries.picture(nom, asker, where, known_trade(metier))
    return picture_response(drawn, format, f"{metier}-{nom}-{niveau}-{code}", plain=wants_plain(request))
