"""All trades of a territory: how many, what moved, how special they are to the place."""

from etabli import facts
from etabli.observatory.addresses import address, table_files
from etabli.observatory.places import trail
from etabli.observatory.questions import Asker
from etabli.observatory.scopes import Reading
from etabli.observatory.screens import Link
from etabli.observatory.trade.screens import TradeList, TradeRow
from etabli.ui import french
from maillage.errors import BadQuestion
from maillage.reference.trades import Sector, Trade, trades
from maillage.territory import Territory


def trade_list(where: Territory, sector: str, reading: Reading) -> TradeList:
    """The screen, of one sector or of all. Raises BadQuestion for an unknown sector, NotCovered."""
    if sector and sector not in set(Sector):
        raise BadQuestion(f"« secteur={sector} » n’existe pas\u00a0: choisir {', '.join(Sector)}.")
    asker = Asker(reading)
    counts = asker.by("stock_firms", where, "trade")
    wanted = [one for one in trades() if not sector or one.sector == sector]
    present = sorted((one for one in wanted if counts.get(one.code)), key=lambda one: (-counts[one.code], one.label))
    absent = [one for one in wanted if not counts.get(one.code)]
    return TradeList(
        title=f"{french.counted(len(present), 'métier')} de l’artisanat à {where.short_name}",
        lines=_rows(asker, where, present, counts),
        absent=tuple(
            Link(one.label, _address(where, one, reading)) for one in sorted(absent, key=lambda one: one.label)
        ),
        sectors=(("", "tous"), *((one.value, one.label) for one in Sector)),
        sector=sector,
        links=(*trail(where), Link(where.short_name, address(where))),
        files=table_files(where, reading, "metiers"),
        scope_words=reading.scope.label,
        card=facts.card("specialisation"),
    )


def _address(where: Territory, one: Trade, reading: Reading) -> str:
    return address(where, "trade", metier=one.code) + reading.query()


def _rows(asker: Asker, where: Territory, present: list[Trade], counts: dict[str, float]) -> tuple[TradeRow, ...]:
    creations, closures = (asker.by(name, where, "trade") for name in ("creations", "closures"))
    special = asker.by("specialisation", where, "trade")
    return tuple(
        TradeRow(
            label=one.label,
            href=_address(where, one, asker.reading),
            sector=one.sector.value,
            sector_label=one.sector.label,
            everyday=one.everyday,
            count=french.number(counts[one.code]),
            creations=french.number(creations.get(one.code, 0)),
            closures=french.number(closures.get(one.code, 0)),
            specialisation=french.number(special.get(one.code), 2),
        )
        for one in present
    )
