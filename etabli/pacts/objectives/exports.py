"""Rows behind a figure as a file: exactly what the page shows to this reader, with the definition."""

from etabli.pacts.models import Objective
from etabli.pacts.objectives import wording
from etabli.pacts.objectives.breakdowns import Breakdown
from etabli.pacts.objectives.ground import Ground
from etabli.pacts.objectives.narrowing import Part
from etabli.pacts.objectives.progress import Progress
from etabli.pacts.objectives.queries import Line
from etabli.papers.sheets import Cell, Column, Sheet
from etabli.ui import french

COLUMNS = (
    Column("Jour"), Column("Nature"), Column("Bénéficiaire"), Column("Commune"), Column("Métier"), Column("Agent"),
    Column("Organisation"), Column("Minutes"), Column("Montant", "€"), Column("Quantité"),
)  # fmt: skip


def row(one: Line) -> tuple[Cell, ...]:
    """The cells of `COLUMNS`."""
    return (
        one.day, one.kind, one.who, one.commune, one.trade, one.adviser, one.organisation, one.minutes,
        one.amount / 100, one.quantity,
    )  # fmt: skip


def rows_sheet(
    progress: Progress, lines: list[Line], notes: list[str], *, fictitious: bool, part: Part | None = None
) -> Sheet:
    """One line per act that the reader may open, of the whole figure or of one part of it."""
    rows = tuple(row(one) for one in lines)
    title = f"{_title(progress)}, {part.name}" if part else _title(progress)
    return Sheet(title, COLUMNS, rows, _mentions(progress, notes), _source(progress.objective), fictitious)


def parts_sheet(progress: Progress, tables: list[Breakdown], *, fictitious: bool) -> Sheet:
    """One line per part, for a reader who sees no rows; hidden parts say so."""
    columns = (Column("Répartition"), Column("Partie"), Column(progress.objective.unit))
    rows: list[tuple[Cell, ...]] = [
        (table.title, part.name, part.shown if part.hidden else float(part.value))
        for table in tables for part in table.parts
    ]  # fmt: skip
    notes = [table.note for table in tables if table.note]
    return Sheet(
        _title(progress), columns, tuple(rows), _mentions(progress, notes), _source(progress.objective), fictitious
    )


def territory_sheet(progress: Progress, ground: Ground | None, *, fictitious: bool) -> Sheet:
    """One line per year begun of a figure of the territory, with its source, the edition and the place."""
    columns = (Column("Année"), Column(progress.objective.unit), Column("Cible"))
    rows: list[tuple[Cell, ...]] = []
    for year, count in sorted(progress.by_year.items()):
        wanted = progress.wanted.get(year)
        value = None if count.value is None else float(count.value)
        rows.append((year, value, float(wanted.value) if wanted else None))
    notes = [] if ground is None else [
        f"{ground.indicator}, {ground.moment}\u00a0: {ground.place}.",
        f"{ground.source}, fichier du {french.long_date(ground.edition)}.", *ground.notes,
    ]  # fmt: skip
    source = ground.source if ground else "moteur d’indicateurs"
    return Sheet(_title(progress), columns, tuple(rows), _mentions(progress, notes), source, fictitious)


def _title(progress: Progress) -> str:
    first, last = french.long_date(progress.period.start), french.long_date(progress.period.last)
    return f"{progress.title}, du {first} au {last}"


def _mentions(progress: Progress, notes: list[str]) -> tuple[str, ...]:
    defined = [f"{term}\u00a0: {text}." for term, text in wording.definition(progress.objective)]
    return (progress.gauge.sentence, *defined, *(note for note in notes if note))


def _source(objective: Objective) -> str:
    return f"{objective.axis.convention.title}, registre des actes"
