"""Two to six territories under one reading, as a page."""

from collections.abc import Sequence

from django.urls import reverse

from etabli import facts
from etabli.observatory.addresses import TABLE_FORMATS, address
from etabli.observatory.comparison.chosen import LEAST, MOST, Chosen, proposal
from etabli.observatory.comparison.drawings import drawings
from etabli.observatory.comparison.measures import measures, sectors
from etabli.observatory.comparison.screens import Comparison, Head
from etabli.observatory.comparisons import peers
from etabli.observatory.places import kind
from etabli.observatory.questions import Asker
from etabli.observatory.scopes import apart_words
from etabli.observatory.screens import Link
from etabli.ui import french
from maillage.territory import Territory, parse

SUGGESTED = 12
NAMED = 3  # territories in a title; more are named under it


def comparison(chosen: Chosen, typed: str = "", places: Sequence[Territory] = ()) -> Comparison:
    """The screen; `typed` is a name that was not found as such, `places` those that it may be."""
    asker, compared = Asker(chosen.reading), chosen.places
    enough = len(compared) >= LEAST
    files = [
        Link(kind.upper(), reverse("observatory:comparison_table", args=[kind]) + chosen.query())
        for kind in TABLE_FORMATS
    ]
    return Comparison(
        title=_title(compared),
        heads=tuple(_head(where, chosen) for where in compared),
        measures=measures(asker, compared) if enough else (),
        sectors=sectors(asker, compared) if enough else (),
        drawings=drawings(asker, chosen) if enough else (),
        refused=chosen.refused,
        proposal=proposal(typed, places, chosen) if typed else None,
        typed=typed,
        suggestions=_suggestions(chosen),
        similar=bool(compared and set(peers(compared[0])) - set(compared)),
        full=len(compared) >= MOST,
        scope_words=asker.scope_words(compared),
        apart=apart_words(chosen.reading, facts.store().manifest.stock_date),
        keep=tuple(("t", key) for key in chosen.keys),
        files=tuple(files) if enough else (),
    )


def _title(compared: Sequence[Territory]) -> str:
    if not compared:
        return "Comparer des territoires"
    if len(compared) < LEAST:
        return f"Comparer {compared[0].short_name} à d’autres territoires"
    names = [where.short_name for where in compared]
    if len(names) > NAMED:
        return f"{names[0]} et {french.in_words(len(names) - 1)} autres territoires côte à côte"
    return f"{french.enumeration(names)} côte à côte"


def _head(where: Territory, chosen: Chosen) -> Head:
    others = [key for key in chosen.keys if key != where.key]
    return Head(where.key, where.short_name, kind(where), address(where) + chosen.reading.query(), chosen.query(others))


def _suggestions(chosen: Chosen) -> tuple[Link, ...]:
    """Those that resemble the first territory, then those the data was declared to cover, one tap from being added."""
    declared = [parse(key) for key in facts.store().manifest.covers or ()]
    declared.sort(key=lambda where: -(where.population or 0))
    near = peers(chosen.places[0]) if chosen.places else ()
    found = [where for where in dict.fromkeys((*near, *declared)) if where.key not in chosen.keys]
    return tuple(Link(where.short_name, chosen.query([*chosen.keys, where.key])) for where in found[:SUGGESTED])
