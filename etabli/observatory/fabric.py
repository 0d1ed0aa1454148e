"""What the craft fabric of a territory is made of: four sectors, and its trades."""

from etabli.facts import Answer, Row
from etabli.observatory.addresses import address
from etabli.observatory.questions import Asker
from etabli.observatory.screens import SectorLine, TradeLine
from etabli.ui import french
from maillage.reference.trades import Sector, trade
from maillage.territory import Territory

TOP = 12  # trades on the portrait; the others are one tap away


def sector_lines(asker: Asker, where: Territory, firms: Answer) -> tuple[SectorLine, ...]:
    """The four sectors in the order of the law; bars are relative to the largest, shares to the sum."""
    balances = asker.by("balance", where, "sector")
    counts = {row.key: int(row.value or 0) for row in firms.rows}
    total, largest = sum(counts.values()) or 1, max(counts.values(), default=0) or 1
    return tuple(
        SectorLine(
            code=sector.value,
            label=sector.label,
            count=french.number(counts.get(sector, 0)),
            share=french.percent(100 * counts.get(sector, 0) / total, 0),
            balance=french.number(balances.get(sector, 0), signed=True),
            bar=f"{100 * counts.get(sector, 0) / largest:.1f}",
        )
        for sector in Sector
    )


def trade_lines(asker: Asker, where: Territory, firms: Answer) -> tuple[TradeLine, ...]:
    """The most numerous trades, with what moved in twelve months and how special they are to the place."""
    creations = asker.by("creations", where, "trade")
    closures = asker.by("closures", where, "trade")
    special = asker.by("specialisation", where, "trade")
    query = asker.reading.query()
    return tuple(
        TradeLine(
            label=found.label,
            href=address(where, "trade", metier=found.code) + query,
            sector=found.sector.value,
            sector_label=found.sector.label,
            count=french.number(row.value),
            creations=french.number(creations.get(found.code, 0)),
            closures=french.number(closures.get(found.code, 0)),
            specialisation=french.number(special.get(found.code), 1),
        )
        for row, found in ((row, trade(row.key)) for row in present(firms.rows)[:TOP])
    )


def present(rows: tuple[Row, ...]) -> list[Row]:
    """Lines that count something, most numerous first."""
    return sorted((row for row in rows if row.value), key=lambda row: (-(row.value or 0), row.label))
