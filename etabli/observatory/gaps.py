"""Everyday trades that a territory lacks, or of which communes have one establishment left."""

from dataclasses import dataclass

from etabli.observatory import sentences
from etabli.observatory.addresses import address
from etabli.observatory.questions import Asker
from etabli.observatory.screens import Alert, Link
from etabli.ui import french
from maillage.reference.trades import Sector, Trade, trades
from maillage.territory import Level, Territory, commune_name

MOST = 5
NAMED = 3  # communes named in a line; the trade page lists them all


@dataclass(frozen=True)
class Gap:
    """Where one trade has a single establishment, and where it has none. Commune codes."""

    trade: Trade
    single: tuple[str, ...]
    absent: tuple[str, ...]
    communes: int

    @property
    def fragility(self) -> float:
        """Communes with a single one, weighted by how usual it is to have one."""
        present = self.communes - len(self.absent)
        return len(self.single) * present / (self.communes or 1)


def everyday() -> tuple[Trade, ...]:
    """Everyday trades that people go to; those of building come to people, a commune without one lacks nothing."""
    return tuple(one for one in trades() if one.everyday and one.sector is not Sector.BUILDING)


def gaps(asker: Asker, where: Territory) -> tuple[Gap, ...]:
    """One entry per everyday trade, the most fragile first: many communes have one, and one only."""
    found = [_gap(asker, where, one) for one in everyday()]
    return tuple(sorted(found, key=lambda gap: (-gap.fragility, gap.trade.number)))


def _gap(asker: Asker, where: Territory, one: Trade) -> Gap:
    rows = asker.ask("presence", where, by="commune", trade=one.code).rows
    counts = {row.key: int(row.extra.get("count") or 0) for row in rows}
    return Gap(
        trade=one,
        single=tuple(code for code, count in counts.items() if count == 1),
        absent=tuple(code for code, count in counts.items() if count == 0),
        communes=len(counts),
    )


def title(where: Territory, found: tuple[Gap, ...]) -> str:
    """A sentence on the first line of the list."""
    first = next((gap for gap in found if gap.single), None)
    if where.level is Level.COMMUNE:
        alone = sum(1 for gap in found if gap.single)
        return f"{french.counted(alone, 'métier', 'métiers')} du quotidien à un seul établissement"
    if first is None:
        return "Aucun métier du quotidien n’est réduit à un établissement dans une commune"
    return sentences.last_one_title(first.trade.label, len(first.single), first.communes)


def alerts(asker: Asker, where: Territory, found: tuple[Gap, ...]) -> tuple[Alert, ...]:
    """« Boulangerie : un seul établissement à Annay, Servins, Vimy et 6 autres; aucun dans 4 communes »."""
    if where.level is Level.COMMUNE:
        return ()
    query = asker.reading.query()
    return tuple(
        Alert(
            label=french.capitalised(gap.trade.label),
            href=address(where, "trade", metier=gap.trade.code) + query,
            sentence=_sentence(gap),
        )
        for gap in found[:MOST]
        if gap.single
    )


def _sentence(gap: Gap) -> str:
    names = [commune_name(code) for code in gap.single[:NAMED]]
    others = len(gap.single) - len(names)
    if others:
        names.append(f"{others}\u00a0autre{'s' if others > 1 else ''}")
    absent = f"\u202f; aucun dans {french.counted(len(gap.absent), 'commune')}" if gap.absent else ""
    return f"un seul établissement\u00a0: {french.enumeration(names)}{absent}"


def nowhere(asker: Asker, where: Territory, found: tuple[Gap, ...]) -> tuple[Link, ...]:
    """Everyday trades with no establishment in the whole territory."""
    return _links(asker, where, [gap for gap in found if gap.communes and len(gap.absent) == gap.communes])


def alone(asker: Asker, where: Territory, found: tuple[Gap, ...]) -> tuple[Link, ...]:
    """In a commune, everyday trades of which there is one establishment; elsewhere the alerts tell in which ones."""
    return _links(asker, where, [gap for gap in found if gap.single]) if where.level is Level.COMMUNE else ()


def _links(asker: Asker, where: Territory, found: list[Gap]) -> tuple[Link, ...]:
    query = asker.reading.query()
    return tuple(Link(gap.trade.label, address(where, "trade", metier=gap.trade.code) + query) for gap in found)
