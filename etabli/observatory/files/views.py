"""Addresses of pictures and tables. Each answers 304 until the store, the code or the question changes."""

from django.http import Http404, HttpRequest, HttpResponse

from etabli.observatory import access
from etabli.observatory.comparisons import beside
from etabli.observatory.drawings import home_of, picture
from etabli.observatory.files.responses import picture_response, sheet_response, wants_plain
from etabli.observatory.files.tables import TABLES
from etabli.observatory.questions import Asker
from etabli.observatory.scopes import reading_from

PICTURES = ("carte", "situation", "creations", "mouvement", "secteurs", "survie")


@access.public
def image(request: HttpRequest, niveau: str, code: str, nom: str, format: str) -> HttpResponse:  # noqa: A002 - named by the address
    """`…/images/creations.svg` (png, csv, json)."""
    if nom not in PICTURES:
        raise Http404
    where, asker = access.territory(niveau, code), Asker(reading_from(request.GET))
    if nom == "situation" and home_of(where) is None:
        raise Http404
    drawn = picture(nom, asker, where, beside(where))
    return picture_response(drawn, format, f"{nom}-{niveau}-{code}", plain=wants_plain(request))


@access.public
def table(request: HttpRequest, niveau: str, code: str, nom: str, format: str) -> HttpResponse:  # noqa: A002 - named by the address
    """`…/tableaux/metiers.csv` (xlsx, ods, json)."""
    if nom not in TABLES:
        raise Http404
    where, asker = access.territory(niveau, code), Asker(reading_from(request.GET))
    return sheet_response(TABLES[nom](asker, where), format, f"{nom}-{niveau}-{code}", plain=wants_plain(request))
