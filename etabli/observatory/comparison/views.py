"""Addresses of the comparison: `/comparer/?t=epci:246200364&t=epci:200093201`."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from etabli.observatory import access
from etabli.observatory.comparison import drawings, queries, table
from etabli.observatory.comparison.chosen import MOST, Chosen, chosen_from, named
from etabli.observatory.files.responses import picture_response, sheet_response, wants_plain
from etabli.observatory.questions import Asker
from etabli.observatory.scopes import reading_from


@access.public
def comparison(request: HttpRequest) -> HttpResponse:
    """Two to six territories side by side. A name that is typed leads to the address that holds its place."""
    chosen, typed = _chosen(request), request.GET.get("ajout", "").strip()[:100]
    place, others = named(typed) if typed else (None, ())
    if place is not None and place.key not in chosen.keys and len(chosen.places) < MOST:
        return redirect(reverse("observatory:comparison") + chosen.query([*chosen.keys, place.key]))
    screen = queries.comparison(chosen, typed, others)
    context = {"title": screen.title, "screen": screen, "reading": chosen.reading}
    return render(request, "observatory/comparison.html", context)


@access.public
def comparison_table(request: HttpRequest, format: str) -> HttpResponse:  # noqa: A002 - named by the address
    """The same as a table: csv, xlsx, ods, json."""
    return sheet_response(table.sheet(_chosen(request)), format, "comparaison", plain=wants_plain(request))


@access.public
def comparison_image(request: HttpRequest, nom: str, format: str) -> HttpResponse:  # noqa: A002 - named by the address
    """One of its pictures: svg, png, csv, json."""
    if nom not in drawings.NAMES:
        raise Http404
    chosen = _chosen(request).enough()
    drawn = drawings.picture(nom, Asker(chosen.reading), chosen.places)
    return picture_response(drawn, format, f"comparaison-{nom}", plain=wants_plain(request))


def _chosen(request: HttpRequest) -> Chosen:
    return chosen_from(request.GET.getlist("t"), reading_from(request.GET))
