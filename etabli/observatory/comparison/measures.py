"""The lines of the comparison: the same questions to each territory, in the order they were asked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from etabli import facts
from etabli.facts import Answer, Moment, Row
from etabli.observatory.addresses import establishments
from etabli.observatory.comparison.screens import Cell, Measure, Share
from etabli.observatory.pictures import links
from etabli.observatory.questions import NO_HISTORY, Asker
from etabli.ui import french
from maillage.reference.trades import Sector
from maillage.scope import EMPLOYEES
from maillage.territory import Territory

YEARS = {"12": "un an", "36": "trois ans", "60": "cinq ans"}
MOVING = frozenset({"creations", "closures", "creation_rate", "closure_rate", "survival", "age"})
UNKNOWN = Cell(french.ABSENT, "non calculable")
Shown = Callable[[float | None], str]


def _years(value: float | None) -> str:
    return french.number(value, 1)


@dataclass(frozen=True)
class _Line:
    """An indicator, how it is named and printed here, and the list that its figures open onto."""

    indicator: str
    label: str
    unit: str
    shown: Shown = french.number
    rows: str = ""


BEFORE = (
    _Line("stock_firms", "Entreprises artisanales", "", rows="stock_firms"),
    _Line("density", "Densité artisanale", "pour 10\u202f000\u00a0habitants"),
    _Line("stock", "Établissements artisanaux", "", rows="stock"),
    _Line("employees", "Emplois salariés", f"milieu des bornes, périmètre fixe\u00a0: {EMPLOYEES.label}"),
    _Line("creations", "Créations", "{year}", rows="creations"),
    _Line("closures", "Fermetures", "{year}", rows="closures"),
    _Line("creation_rate", "Taux de création", "des entreprises présentes, {year}", french.percent),
    _Line("closure_rate", "Taux de fermeture", "des entreprises présentes, {year}", french.percent),
)
AFTER = (
    _Line("age", "Âge médian", "en années", _years),
    _Line("ess_share", "Économie sociale et solidaire", "des entreprises", french.percent),
)


def measures(asker: Asker, compared: Sequence[Territory]) -> tuple[Measure, ...]:
    """Stocks, flows, survival, age and social economy."""
    before, after = ([_measure(line, asker, compared) for line in lines] for lines in (BEFORE, AFTER))
    return (*before, *_survivals(asker, compared), *after)


def _measure(line: _Line, asker: Asker, compared: Sequence[Territory]) -> Measure:
    on = asker.reading.on
    year = "12 derniers mois" if on is None else f"12 mois avant le {french.long_date(on)}"
    unit = line.unit.format(year=year)
    card = facts.card(line.indicator)
    if line.indicator in MOVING and not asker.moves and card.moment is not Moment.DAY:
        return Measure(line.indicator, line.label, unit, card, card.plain, _of(compared, (UNKNOWN for _ in compared)))
    answers = [asker.ask(line.indicator, where) for where in compared]
    cells = _of(compared, (_cell(line, answer, asker) for answer in answers))
    return Measure(line.indicator, line.label, unit, card, card.plain, cells)


def _of(compared: Sequence[Territory], cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Each figure with the name of its territory."""
    return tuple(replace(cell, of=where.short_name) for where, cell in zip(compared, cells, strict=True))


def _cell(line: _Line, answer: Answer, asker: Asker) -> Cell:
    extra = answer.rows[0].extra if answer.rows else {}
    if answer.total is None and extra.get("secret"):
        return Cell("secret statistique")
    low, high = _number(extra.get("low")), _number(extra.get("high"))
    where = answer.question.where
    opens = establishments(where, asker.reading, line.rows) if line.rows and answer.total else ""
    note = "" if low is None or high is None else f"{french.number(low)}\u00a0–\u00a0{french.number(high)}"
    gross = links.without(answer.rows[0] if answer.rows else None)
    shown = _takeovers(line.shown, answer, answer.total, gross)
    number = None if gross is None else int(gross) if isinstance(answer.total, int) else _rounded(gross)
    return Cell(line.shown(answer.total), note, opens, _rounded(answer.total), low, high, number, shown)


def _takeovers(shown: Shown, answer: Answer, value: float | None, gross: float | None) -> str:
    """« reprises comptées : 343 »; empty when it would say the same, or when links are not loaded."""
    if value is None or gross is None or not links.linked(answer) or shown(gross) == shown(value):
        return ""
    return f"reprises comptées\u00a0: {shown(gross)}"


def _survivals(asker: Asker, compared: Sequence[Territory]) -> list[Measure]:
    answers = [asker.ask("survival", where) for where in compared] if asker.moves else []
    return [_survival(answers, month, compared) for month in YEARS]


def _survival(answers: Sequence[Answer], month: str, compared: Sequence[Territory]) -> Measure:
    found = [(answer, next((row for row in answer.rows if row.key == month), None)) for answer in answers]
    cells = _of(compared, [_survival_cell(*one) for one in found] or [UNKNOWN] * len(compared))
    label = f"Encore actives à {french.counted(int(month) // 12, 'an')}"
    card = facts.card("survival")
    plain = card.plain.replace(YEARS["36"], YEARS[month])
    return Measure(f"survival-{month}", label, "des entreprises créées", card, plain, cells)


def _survival_cell(answer: Answer, row: Row | None) -> Cell:
    if row is None or row.value is None:
        return Cell(french.ABSENT, "moins de 10 créations")
    low, high = _number(row.extra.get("low")), _number(row.extra.get("high"))
    note = f"{french.number(low, 1)}\u00a0–\u00a0{french.number(high, 1)}"
    gross = links.without(row)
    shown = _takeovers(french.percent, answer, row.value, gross)
    number = _rounded(row.value)
    return Cell(french.percent(row.value), note, "", number, _rounded(low), _rounded(high), _rounded(gross), shown)


def sectors(asker: Asker, compared: Sequence[Territory]) -> tuple[Share, ...]:
    """Each sector's share of the firms of each territory; a firm of two sectors counts in both."""
    counts = [asker.by("stock_firms", where, "sector") for where in compared]
    found = []
    for sector in Sector:
        numbers = tuple(100 * one.get(sector.value, 0) / (sum(one.values()) or 1) for one in counts)
        shown = _of(compared, (Cell(french.percent(number, 0)) for number in numbers))
        found.append(Share(sector.value, sector.label, shown, tuple(round(number, 2) for number in numbers)))
    return tuple(found)


def why_absent(asker: Asker) -> str:
    """Why some lines have no figure; empty when all of them have."""
    return "" if asker.moves else f"Ce qui bouge est {NO_HISTORY}."


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _rounded(value: float | None) -> float | int | None:
    return value if value is None or isinstance(value, int) else round(value, 2)
