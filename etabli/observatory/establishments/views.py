"""Addresses of the lists behind public figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from etabli.observatory import access
from etabli.observatory.establishments import listing
from etabli.papers import sheets
from etabli.papers.ods import ods

WRITERS = {
    "csv": (sheets.csv, sheets.CSV_TYPE),
    "xlsx": (sheets.xlsx, sheets.XLSX_TYPE),
    "ods": (ods, sheets.ODS_TYPE),
}


@access.public
def establishments(request: HttpRequest, niveau: str, code: str) -> HttpResponse:
    """The establishments behind a figure, fifty a page."""
    where = access.territory(niveau, code)
    asked = listing.asked_from(request.GET)
    screen = listing.listing(where, asked, request.GET.get("page", "1"))
    context = {"title": screen.title, "screen": screen, "where": where}
    return render(request, "observatory/establishments.html", context)


@access.public
def establishments_file(request: HttpRequest, niveau: str, code: str, suffix: str) -> HttpResponse:
    """The whole list as a file."""
    where = access.territory(niveau, code)
    write, content_type = WRITERS[suffix]
    content = write(listing.sheet(where, listing.asked_from(request.GET)))
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="etablissements-{where.level.value}-{code}.{suffix}"'
    return response
