"""Survival and flows with and without succession links: two values that make a bound, told in words and in columns."""

from collections.abc import Sequence

from etabli.papers.sheets import Cell, Column
from etabli.ui.french import counted, percent
from maillage.indicators import Answer, Row
from maillage.indicators.notes import NO_LINKS

WITHOUT = "sans liens de succession"
MEANING = (
    "Sans liens de succession\u00a0: une entreprise reprise compte comme une fermeture, puis comme une création\u202f; "
    "les deux valeurs forment une fourchette."
)
NOT_LOADED = "Liens de succession non chargés\u00a0: les reprises comptent comme des fermetures et des créations."


def linked(answer: Answer) -> bool:
    """Whether the store that answered holds succession links."""
    return NO_LINKS not in answer.notes


def without(row: Row | None) -> float | None:
    """The value that ignores links, of a row of a flow, a rate or a survival curve; None when it is unknown."""
    value = None if row is None else row.extra.get("without_links")
    return float(value) if isinstance(value, int | float) else None


def survival_bound(answer: Answer, row: Row | None, decimals: int = 1) -> str:
    """« À trois ans, de 80,9 % à 81,1 % selon que… », of a row of the curve; empty when one of the two is unknown."""
    if not linked(answer):
        return NOT_LOADED
    other = without(row)
    if row is None or row.value is None or other is None:
        return ""
    low, high = (percent(value, decimals) for value in sorted((float(row.value), other)))
    after = counted(int(row.extra.get("month") or 0) // 12, "an")
    if low == high:
        return f"À {after}, {low}, que l’on compte ou non les reprises comme des fermetures."
    return f"À {after}, de {low} à {high} selon que l’on compte ou non les reprises comme des fermetures."


def flows_bound(creations: Answer, closures: Answer, born: float | None, dead: float | None) -> str:
    """What the bars count of takeovers; `born` and `dead` count them, over the years that the title sums."""
    if not (linked(creations) and linked(closures)):
        return f"Les changements d’activité ne sont ni des créations ni des fermetures. {NOT_LOADED}"
    told = "Les changements d’activité et les reprises ne sont ni des créations ni des fermetures"
    if born is None or dead is None:
        return f"{told}."
    return f"{told}\u202f; reprises comptées, {counted(born, 'création')} et {counted(dead, 'fermeture')}."


def survival_notes(answer: Answer, row: Row | None) -> tuple[str, ...]:
    """The notes of a figure of survival: its bound first. That links are not loaded is already one of them."""
    bound = survival_bound(answer, row) if linked(answer) else ""
    return tuple(filter(None, [bound, *answer.notes]))


def flow_notes(answer: Answer, noun: str) -> tuple[str, ...]:
    """The notes of a count or a rate of creations or closures: what it is when takeovers count, first."""
    row = answer.rows[0] if answer.rows else None
    other = without(row)
    if not linked(answer) or row is None or row.value is None or other is None:
        return answer.notes
    own, gross = (percent(value) if answer.unit == "%" else counted(value, noun) for value in (row.value, other))
    if own == gross:
        return (f"Reprises comptées ou non\u00a0: {own}.", *answer.notes)
    return (f"Reprises comptées comme des {noun}s\u00a0: {gross} au lieu de {own}.", *answer.notes)


def column(of: str, unit: str = "") -> Column:
    """The column of a table that holds the values without links."""
    return Column(f"{of}, {WITHOUT}", unit)


def cells(rows: Sequence[Row | None], decimals: int | None = None) -> tuple[Cell, ...]:
    """Its cells: rounded to `decimals`, whole numbers without."""
    values = [without(row) for row in rows]
    return tuple(
        None if value is None else int(value) if decimals is None else round(value, decimals) for value in values
    )
