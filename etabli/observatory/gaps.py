"""Everyday trades that a territory lacks, or of which communes have one establishment left."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from etabli import facts
from etabli.observatory.addresses import address
from etabli.observatory.questions import Asker
from etabli.observatory.screens import Alert, Link
from etabli.ui import french
from maillage.reference.trades import Sector, Trade, trades
from maillage.territory import Level, Territory, alphabetical, commune_name
from maillage.watch import Nearest, by_distance
from maillage.watch.nearest import kilometres

MOST = 5
NAMED = 18  # communes named in a line; the trade page lists them all
AROUND_KM = 40.0  # how far the nearest one is looked for
RULE = (
    "Métiers de l’alimentation d’abord, puis les autres\u202f; dans chaque groupe, ceux dont le plus de communes n’ont "
    "qu’un établissement."
)
NEAR_RULE = "Entre parenthèses, la commune la plus proche qui en a un, et sa distance à vol d’oiseau."


@dataclass(frozen=True)
class Gap:
    """Where one trade has a single establishment, and where it has none. Commune codes."""

    trade: Trade
    single: tuple[str, ...]
    absent: tuple[str, ...]
    communes: int

    @property
    def nowhere(self) -> bool:
        """No establishment in the whole territory."""
        return bool(self.communes) and len(self.absent) == self.communes


def everyday() -> tuple[Trade, ...]:
    """Everyday trades that people go to; those of building come to people, a commune without one lacks nothing."""
    return tuple(one for one in trades() if one.everyday and one.sector is not Sector.BUILDING)


def gaps(asker: Asker, where: Territory) -> tuple[Gap, ...]:
    """One entry per everyday trade, in the order that `RULE` tells."""
    found = [_gap(asker, where, one) for one in everyday()]

    def order(gap: Gap) -> tuple[bool, int, int]:
        return gap.trade.sector is not Sector.FOOD, -len(gap.single), gap.trade.number

    return tuple(sorted(found, key=order))


def _gap(asker: Asker, where: Territory, one: Trade) -> Gap:
    counts = _counts(asker, where, one)
    return Gap(
        trade=one,
        single=tuple(code for code, count in counts.items() if count == 1),
        absent=tuple(code for code, count in counts.items() if count == 0),
        communes=len(counts),
    )


def _counts(asker: Asker, where: Territory, one: Trade) -> dict[str, int]:
    """Commune → establishments of the trade, 0 included, by name."""
    rows = asker.ask("presence", where, by="commune", trade=one.code).rows
    return {row.key: int(row.extra.get("count") or 0) for row in sorted(rows, key=lambda row: alphabetical(row.label))}


def title(where: Territory, found: tuple[Gap, ...]) -> str:
    """How many trades hang by one establishment; the list below tells which."""
    alone = sum(1 for gap in found if gap.single)
    none = sum(1 for gap in found if gap.nowhere)
    if where.level is Level.COMMUNE:
        if none and not alone:
            return f"{french.counted(none, 'métier')} du quotidien sans aucun établissement"
        missing = f", {french.number(none)} sans aucun" if none else ""
        return f"{french.counted(alone, 'métier', 'métiers')} du quotidien à un seul établissement{missing}"
    if not alone:
        return "Aucun métier du quotidien n’est réduit à un établissement dans une commune"
    noun, verb = ("métier", "n’a") if alone == 1 else ("métiers", "n’ont")
    return f"{alone}\u00a0{noun} du quotidien sur {len(found)} {verb} qu’un établissement dans une commune au moins"


def rule(where: Territory, found: tuple[Gap, ...]) -> str:
    """The order of the list, and what the brackets are."""
    near = NEAR_RULE if where.level is Level.COMMUNE and any(gap.single or gap.nowhere for gap in found) else ""
    return near or (RULE if any(gap.single for gap in found) else "")


def alerts(asker: Asker, where: Territory, found: tuple[Gap, ...]) -> tuple[Alert, ...]:
    """« Boulangerie : un seul établissement dans 3 communes : Annay, Servins et Vimy ; aucun dans 4 communes »."""
    query = asker.reading.query()
    alone = where.level is Level.COMMUNE
    return tuple(
        Alert(
            label=french.capitalised(gap.trade.short),
            href=address(where, "trade", metier=gap.trade.code) + query,
            sentence=_next(asker, where, gap.trade) if alone else _sentence(gap),
        )
        for gap in ([gap for gap in found if gap.single][: None if alone else MOST])
    )


def _next(asker: Asker, where: Territory, one: Trade) -> str:
    nearest = _nearest(asker, where, one)
    return "un seul établissement" + (f" ({_place(nearest)})" if nearest else "")


def _sentence(gap: Gap) -> str:
    names = [commune_name(code) for code in gap.single[:NAMED]]
    others = len(gap.single) - len(names)
    if others:
        names.append(f"{others}\u00a0autre{'s' if others > 1 else ''}")
    where = french.counted(len(gap.single), "commune")
    absent = f"\u202f; aucun dans {french.counted(len(gap.absent), 'commune')}" if gap.absent else ""
    return f"un seul établissement dans {where}\u00a0: {french.enumeration(names)}{absent}"


def nowhere(asker: Asker, where: Territory, found: tuple[Gap, ...]) -> tuple[Link, ...]:
    """Everyday trades with no establishment in the whole territory; for a commune, with the nearest one."""
    query = asker.reading.query()
    return tuple(
        Link(_missing(asker, where, gap.trade), address(where, "trade", metier=gap.trade.code) + query)
        for gap in found
        if gap.nowhere
    )


def _missing(asker: Asker, where: Territory, one: Trade) -> str:
    nearest = _nearest(asker, where, one) if where.level is Level.COMMUNE else None
    return one.short + (f" ({_place(nearest)})" if nearest else "")


def _place(nearest: Nearest) -> str:
    """« Avion, 3,1 km »."""
    return f"{commune_name(nearest.commune)}, {french.number(nearest.km, 1)}\u00a0km"


def _nearest(asker: Asker, where: Territory, one: Trade) -> Nearest | None:
    """The nearest other commune that has the trade; None when none is known around."""
    around = _around(where)
    counts: Mapping[str, int] = _counts(asker, around, one) if around else {}
    return next(iter(by_distance(where.code, counts, facts.store().centre)), None)


def _around(where: Territory) -> Territory | None:
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
    return frozenset(other for other, spot in spots if spot is not None and kilometres(here, spot) <= AROUND_KM)
