"""Public pages: who asks, what is read, which template. Nothing is decided here."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from etabli import facts
from etabli.observatory import access, outside, places, portraits, reports
from etabli.observatory.scopes import reading_from
from etabli.observatory.stamp import current_stamp
from etabli.observatory.statement import conformity
from maillage.peers import FORMULA, RULE
from maillage.territory import parse


@access.public_even_without_store
def home(request: HttpRequest) -> HttpResponse:
    """What this is in one sentence, and a place to type."""
    covered = places.covered() if current_stamp() else ()
    everywhere = places.is_held(parse("france"))
    context = {
        "title": f"L’artisanat {'de chaque' if everywhere else 'd’un'} territoire, en chiffres que l’on peut vérifier",
        "everywhere": everywhere,
        "examples": covered[:12],
        "examples_title": "Les territoires de cette édition",
    }
    return render(request, "observatory/home.html", context)


@access.public_even_without_store
def search(request: access.Request) -> HttpResponse:
    """`/territoires/?q=`: places by name, postcode or code. Without text, those the data covers."""
    text = request.GET.get("q", "").strip()[:100]
    found = places.found(text) if text else None
    shown = found.places if found else places.covered() if current_stamp() else ()
    heading = f"{found.words} pour «\u00a0{text}\u00a0»" if found else "Les territoires de cette édition"
    context = {
        "title": "Chercher un territoire",
        "text": text,
        "places": shown,
        "heading": heading,
        "outside": any(place.outside for place in shown),
        "told": () if found or not current_stamp() else outside.told(),
    }
    return render(request, access.template(request, "search", "resultats"), context)


@access.public
def portrait(request: HttpRequest, niveau: str, code: str) -> HttpResponse:
    """The portrait of a territory, under the craft scope of the query string; else what was said of it."""
    where = access.territory(niveau, code)
    reading = reading_from(request.GET)
    if absent := outside.outside(where):
        return render(request, "observatory/outside.html", {"title": absent.title, "screen": absent})
    screen = portraits.portrait(where, reading)
    context = {"title": screen.title, "screen": screen, "reading": reading}
    return render(request, "observatory/portrait.html", context)


@access.public_even_without_store
def definitions(request: HttpRequest) -> HttpResponse:
    """Every indicator's card on one page."""
    context = {"title": "Définitions", "cards": facts.cards(), "peers_rule": RULE, "peers_formula": FORMULA}
    return render(request, "observatory/definitions.html", context)


@access.public
def sources(request: HttpRequest) -> HttpResponse:
    """`/donnees/`: rows read, kept and set aside, file by file; what is covered."""
    return render(request, "observatory/sources.html", {"title": "Données", "report": reports.build_report()})


@access.public_even_without_store
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that the law asks for; see `statement.conformity`."""
    notice = settings.LEGAL_NOTICE
    title = f"Déclaration d’accessibilité\u00a0: {conformity(notice)}"
    context = {"title": title, "notice": notice, "site": settings.PUBLIC_URL}
    return render(request, "observatory/accessibility.html", context)


@access.public_even_without_store
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes, who hosts, from settings."""
    context = {"title": "Mentions légales", "notice": settings.LEGAL_NOTICE, "site": settings.PUBLIC_URL}
    return render(request, "observatory/legal.html", context)
