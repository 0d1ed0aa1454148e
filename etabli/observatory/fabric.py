"""What the craft fabric of a territory is made of: four sectors, and its trades."""

from etabli.facts import Answer, Row
from etabli.observatory.addresses import address
from etabli.observatory.questions import Asker
from etabli.observatory.screens import SectorLine, TradeLine
from etabli.ui import french
from maillage.reference.trades import Sector, trade
from maillage.territory import Territory, alphabetical

LEAST, TOO_FEW = 5, "trop peu"  # establishments under which a specialisation means nothing
TOP = 12  # trades on the portrait; the others are one tap away


def sector_lines(asker: Asker, where: Territory, firms: Answer) -> tuple[SectorLine, ...]:
    """The four sectors in the order of the law; bars are relative to the largest, shares to the sum."""
    balances = asker.by("balance", where, "sector") if asker.moves else None
    counts = {row.key: int(row.value or 0) for row in firms.rows}
    total, largest = sum(counts.values()) or 1, max(counts.values(), default=0) or 1
    return tuple(
        SectorLine(
            code=sector.value,
            label=sector.label,
            count=french.number(counts.get(sector, 0)),
            share=french.percent(100 * counts.get(sector, 0) / total, 0),
            balance=french.ABSENT if balances is None else french.number(balances.get(sector, 0), signed=True),
            bar=f"{100 * counts.get(sector, 0) / largest:.1f}",
        )
        for sector in Sector
    )


def trade_lines(asker: Asker, where: Territory, firms: Answer) -> tuple[TradeLine, ...]:
    """The most numerous trades, with what moved in twelve months and how special they are to the place."""
    creations = asker.by("creations", where, "trade") if asker.moves else None
    closures = asker.by("closures", where, "trade") if asker.moves else None
    special = {row.key: specialised(row) for row in asker.ask("specialisation", where, by="trade").rows}
    query = asker.reading.query()
    return tuple(
        TradeLine(
            label=found.short,
            href=address(where, "trade", metier=found.code) + query,
            sector=found.sector.value,
            sector_label=found.sector.label,
            count=french.number(row.value),
            creations=_moved(creations, found.code),
            closures=_moved(closures, found.code),
            specialisation=special.get(found.code, french.ABSENT),
        )
        for row, found in ((row, trade(row.key)) for row in present(firms.rows)[:TOP])
    )


def _moved(counts: dict[str, float] | None, code: str) -> str:
    return french.ABSENT if counts is None else french.number(counts.get(code, 0))


def specialised(row: Row) -> str:
    """« 1,4 »; « trop peu » under five establishments: one more or one less would change everything."""
    return french.number(row.value, 1) if int(row.extra.get("count") or 0) >= LEAST else TOO_FEW


def present(rows: tuple[Row, ...]) -> list[Row]:
    """Lines that count something, most numerous first."""
    return sorted((row for row in rows if row.value), key=lambda row: (-(row.value or 0), alphabetical(row.label)))
