"""Addresses of the comparison: `/comparer/?t=epci:246200364&t=epci:200093201`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from etabli.observatory import access
from etabli.observatory.comparison import queries
from etabli.observatory.comparison.screens import Comparison
from etabli.observatory.scopes import reading_from
from etabli.papers import sheets


@access.public
def comparison(request: HttpRequest) -> HttpResponse:
    """Two to six territories side by side."""
    screen = _screen(request)
    context = {"title": screen.title, "screen": screen, "reading": reading_from(request.GET)}
    return render(request, "observatory/comparison.html", context)


@access.public
def comparison_csv(request: HttpRequest) -> HttpResponse:
    """The same table for a spreadsheet."""
    response = HttpResponse(sheets.csv(queries.sheet(_screen(request))), content_type=sheets.CSV_TYPE)
    response["Content-Disposition"] = 'attachment; filename="comparaison.csv"'
    return response


def _screen(request: HttpRequest) -> Comparison:
    added = request.GET.get("ajout", "").strip()[:100]
    return queries.comparison(request.GET.getlist("t"), added, reading_from(request.GET))
