"""The comparison as a table: one column a territory, numbers as numbers, bounds on their own lines."""

from etabli.observatory.comparison.chosen import Chosen
from etabli.observatory.comparison.measures import measures, sectors, why_absent
from etabli.observatory.comparison.screens import Measure
from etabli.observatory.pictures import links
from etabli.observatory.pictures.picture import mention_of, scope_of, source_line
from etabli.observatory.questions import Asker
from etabli.observatory.scopes import apart_words
from etabli.papers.sheets import Cell, Column, Sheet
from etabli.ui import french

Line = tuple[Cell, ...]


def sheet(chosen: Chosen) -> Sheet:
    """The table of the page. Raises BadQuestion when there is nothing to compare."""
    asker, compared = Asker(chosen.reading), chosen.enough().places
    found = measures(asker, compared)
    stock, flows = (asker.ask(name, compared[0]) for name in ("stock_firms", "creations"))
    cards = dict.fromkeys(measure.card for measure in found)
    names = [where.short_name for where in compared]
    shares: list[Line] = [(f"Part du secteur {share.label}", "%", *share.numbers) for share in sectors(asker, compared)]
    return Sheet(
        title=f"Comparaison\u00a0: {french.enumeration(names)}",
        columns=(Column("Indicateur"), Column("Unité"), *(Column(name) for name in names)),
        rows=(*(line for measure in found for line in _lines(measure)), *shares),
        notes=(
            f"Champ\u00a0: {scope_of(stock)}\u202f; {apart_words(chosen.reading, stock.stock_date)}.",
            *filter(None, [why_absent(asker)]),
            *([links.MEANING if links.linked(flows) else links.NOT_LOADED] if asker.moves else []),
            *(f"{card.label}\u00a0: {card.exact}" for card in cards),
            source_line(stock),
            *([f"{flows.card.label}. {source_line(flows)}"] if asker.moves else []),
        ),
        source=mention_of(stock),
        fictitious=stock.fictitious,
    )


def _lines(measure: Measure) -> list[Line]:
    unit = f"% {measure.unit}" if any("%" in cell.value for cell in measure.cells) else measure.unit
    values: Line = tuple(_plain(cell.value, cell.number) for cell in measure.cells)
    lines: list[Line] = [(measure.label, unit, *values)]
    if any(cell.low is not None for cell in measure.cells):
        lines.append((f"{measure.label}, borne basse", unit, *(cell.low for cell in measure.cells)))
        lines.append((f"{measure.label}, borne haute", unit, *(cell.high for cell in measure.cells)))
    if any(cell.gross is not None for cell in measure.cells):
        lines.append((f"{measure.label}, {links.WITHOUT}", unit, *(cell.gross for cell in measure.cells)))
    return lines


def _plain(shown: str, number: float | None) -> Cell:
    """The number; the words when there is none but a reason (« secret statistique »)."""
    return shown if number is None and shown != french.ABSENT else number
