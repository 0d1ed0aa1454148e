"""Everyday trades that a territory lacks, or of which communes have one establishment left."""

from dataclasses import dataclass

from etabli.observatory.addresses import address
from etabli.observatory.around import nearest
from etabli.observatory.questions import Asker
from etabli.observatory.screens import Alert, Link
from etabli.ui import french
from maillage.reference.trades import Sector, Trade, trades
from maillage.territory import Level, Territory, alphabetical, commune_name, parse
from maillage.watch import Nearest

MOST = 5
NAMED = 18  # communes named in a line; the trade page lists them all
ALONE = "un seul établissement"
RULE = (
    "Métiers de l’alimentation d’abord, puis les autres\u202f; dans chaque groupe, ceux dont le plus de communes n’ont "
    "qu’un établissement."
)
NEAR_RULE = "Distances à vol d’oiseau, de centre à centre, jusqu’à la commune la plus proche qui en a un."


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
    """« un seul établissement, le suivant à Lens, 4,9 km »."""
    found = _nearest(asker, where, one)
    if found is None:
        return ALONE
    return f"{ALONE}, le suivant {parse(f'commune:{found.commune}').at}, {_km(found)}"


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
    found = _nearest(asker, where, one) if where.level is Level.COMMUNE else None
    return one.short + (f" ({commune_name(found.commune)}, {_km(found)})" if found else "")


def _km(place: Nearest) -> str:
    return f"{french.number(place.km, 1)}\u00a0km"


def _nearest(asker: Asker, where: Territory, one: Trade) -> Nearest | None:
    """The nearest other commune that has the trade; None when none is known around."""
    return next(iter(nearest(asker, where, one)), None)
