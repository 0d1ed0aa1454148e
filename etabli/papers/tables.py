"""A table to hand over: columns, rows, and what must be read with it; what a spreadsheet must never run."""

from dataclasses import dataclass
from datetime import date

from etabli.papers.signs import valid

Cell = str | int | float | date | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|")
FICTITIOUS = "Données fictives\u00a0: elles ne décrivent aucune entreprise réelle."


@dataclass(frozen=True)
class Column:
    """Head of a column: `name`, then its unit (« pour 10 000 habitants ») when the name does not say it."""

    name: str
    unit: str | None = None

    @property
    def heading(self) -> str:
        """« Densité (pour 10 000 habitants) »."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True)
class Sheet:
    """A table and what must be read with it.

    `notes`: definition, source, date, scope, as French sentences. `source` is the short mention of each row of the
    plain CSV. `fictitious` stamps the whole.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    source: str = ""
    fictitious: bool = False

    @property
    def mentions(self) -> tuple[str, ...]:
        """The notes, after the warning when the data are fictitious."""
        return (FICTITIOUS, *self.notes) if self.fictitious else self.notes


def harmless(cell: Cell) -> Cell:
    """`cell` without the signs that XML refuses, with an apostrophe before a text that a spreadsheet would run
    (=, +, -, @, tabulation, return)."""
    if not isinstance(cell, str):
        return cell
    cell = valid(cell)
    if cell.lstrip(" \u00a0\u202f\ufeff").startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
