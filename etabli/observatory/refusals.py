"""What the engine refuses, told in French with the next step, at the right HTTP status."""

import logging
from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from etabli.observatory import access, outside, places
from etabli.observatory.screens import Link, Place
from maillage.errors import (
    BadQuestion,
    DamagedStore,
    MaillageError,
    NoStore,
    NotCovered,
    UnknownIndicator,
    UnknownTerritory,
    UnknownTrade,
)
from maillage.territory import Territory, parse

logger = logging.getLogger(__name__)
TITLES: dict[type[MaillageError], tuple[int, str]] = {
    UnknownTerritory: (404, "Ce territoire n’est pas connu"),
    UnknownTrade: (404, "Ce métier n’est pas dans la liste"),
    UnknownIndicator: (404, "Cet indicateur n’existe pas"),
    NotCovered: (409, "Ce lieu n’est pas dans les données en ligne"),
    BadQuestion: (400, "La question ne peut pas être posée ainsi"),
    DamagedStore: (503, "Les données de ce site sont abîmées"),
    NoStore: (503, "Les données ne sont pas encore chargées"),
}
# The engine names folders of the machine in these: visitors get their own sentences, the log keeps the engine's.
SENTENCES: dict[type[MaillageError], str] = {
    DamagedStore: (
        "La personne qui tient ce site doit reconstruire l’entrepôt de données, ou remettre le précédent en service "
        "(«\u00a0./run maillage check\u00a0» dit ce qui manque)\u202f; les pages suivront aussitôt."
    ),
    NoStore: "La personne qui tient ce site doit construire un entrepôt de données\u202f; les pages suivront aussitôt.",
}

LONGEST = 800  # signs of a message
NON_BREAKING = "\u00a0\u202f"
MOST_PLACES = 12  # proposed instead of a place that is not covered


class RefusalMiddleware:
    """Turns a `MaillageError` that leaves a view into a page; other exceptions go their way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal(request, error) if isinstance(error, MaillageError) else None


def refusal(request: HttpRequest, error: MaillageError) -> HttpResponse:
    """The page that says why, and what to do next."""
    status, title = next((found for kind, found in TITLES.items() if isinstance(error, kind)), (400, "Refus"))
    plain = error.plain if isinstance(error, UnknownTerritory) else error.message
    message = SENTENCES.get(type(error)) or _shown(plain)
    if isinstance(error, DamagedStore):
        logger.error(error.message)
    where = _asked(request) if isinstance(error, NotCovered) else None
    heading, proposed = _proposed(error, where)
    kept = urlencode([("t", key) for key in request.GET.getlist("t")[:MOST_PLACES]], safe=":,", errors="replace")
    again = f"{request.path}?{kept}" if kept else request.path
    context = {"title": title, "message": message, "status": status, "places": proposed, "heading": heading,
               "again": again, "told": _told(where)}  # fmt: skip
    response = render(request, "observatory/refusal.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _asked(request: HttpRequest) -> Territory | None:
    """The territory that the address names, when it names one that exists."""
    named = {} if request.resolver_match is None else request.resolver_match.kwargs
    try:
        return access.territory(named["niveau"], named["code"])
    except (KeyError, UnknownTerritory):
        return None


def _told(where: Territory | None) -> Link | None:
    """The way to what was said of a territory that has no figures here."""
    return None if where is None else outside.told_of(where)


def _proposed(error: MaillageError, where: Territory | None) -> tuple[str, tuple[Place, ...]]:
    """Places to go to instead, under their heading."""
    if isinstance(error, UnknownTerritory):
        return "Peut-être cherchiez-vous", tuple(places.place(parse(key)) for key in error.near)
    if where is not None:
        return outside.nearest(where)
    held = places.covered()[:MOST_PLACES] if isinstance(error, NotCovered) else ()
    return "Les territoires de cette édition", held


def _shown(message: str) -> str:
    """`message` without what cannot be printed, and not longer than a paragraph: it may quote what was typed."""
    printed = "".join(sign if sign.isprintable() or sign in NON_BREAKING else "\ufffd" for sign in message[:LONGEST])
    return f"{printed}…" if len(message) > LONGEST else printed
