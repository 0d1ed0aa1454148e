"""The communes around one that have a trade, whatever their intercommunalité: the same answer on every page."""

from functools import lru_cache

from etabli import facts
from etabli.observatory.questions import Asker
from maillage.reference.trades import Trade
from maillage.territory import Level, Territory
from maillage.watch import Nearest, by_distance
from maillage.watch.nearest import kilometres

KM = 40.0  # how far the nearest one is looked for


def nearest(asker: Asker, where: Territory, one: Trade) -> tuple[Nearest, ...]:
    """The other communes of the data that have the trade, nearest first; () when none is known around."""
    around = surroundings(where)
    if around is None:
        return ()
    rows = asker.ask("presence", around, by="commune", trade=one.code).rows
    counts = {row.key: int(row.extra.get("count") or 0) for row in rows}
    return by_distance(where.code, counts, facts.store().centre)


def surroundings(where: Territory) -> Territory | None:
    """The communes of the data around one, as a list; None when its centre is unknown."""
    near = _near(facts.store().version, where.code)
    if near is None:
        return None
    return Territory(Level.LISTE, f"autour-{where.code}", f"autour {where.of}", near, None, None)


@lru_cache(maxsize=1024)  # each everyday trade asks it again, of every commune of the country
def _near(_version: str, code: str) -> frozenset[str] | None:
    store = facts.store()
    here = store.centre(code)
    if here is None:
        return None
    spots = ((other, store.centre(other)) for other in store.manifest.communes)
    return frozenset(other for other, spot in spots if spot is not None and kilometres(here, spot) <= KM)
