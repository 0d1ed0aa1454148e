"""Sentences about a trade that a commune has just lost, or of which one establishment is left."""

from functools import lru_cache

from etabli import facts
from etabli.facts import Event, Fresh, Store
from etabli.ui import french
from maillage.reference.trades import Trade
from maillage.territory import commune_name, parse
from maillage.watch import Kind, Nearest, Neighbourhood


def sentence(event: Event, trade: Trade) -> str:
    """« Acheville n’a plus d’établissement de boulangerie depuis le 28 octobre 2026 ; le plus proche est à Avion… »."""
    place, of = commune_name(event.commune), french.elided("de", trade.label)
    since = f"depuis le {french.long_date(event.day)}"
    near = _neighbourhood(facts.store(), facts.latest()).nearest(event.commune, trade.code)
    if event.kind is Kind.LAST_GONE:
        return f"{place} n’a plus d’établissement {of} {since}\u202f; {_where('le plus proche', near)}"
    return f"{place} n’a plus qu’un établissement {of} {since}\u202f; {_where('le suivant', near)}"


def _where(which: str, near: Nearest | None) -> str:
    if near is None:
        return "les données n’en contiennent aucun autre"
    return f"{which} est {parse(f'commune:{near.commune}').at}, à {french.number(near.km, 1)}\u00a0km"


@lru_cache(maxsize=1)
def _neighbourhood(now: Store, told: Fresh) -> Neighbourhood:
    """Made once for what was read, and again as soon as anything else is: each reading is a key of its own."""
    return Neighbourhood(now, told.counts)
