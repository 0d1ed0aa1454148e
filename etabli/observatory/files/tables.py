"""The tables of a territory: its trades, its communes, its years, its legal forms, its zonings."""

from collections.abc import Callable

from etabli.facts import Answer
from etabli.observatory import zonings
from etabli.observatory.legal import HEADS, form_cells, indicators
from etabli.observatory.pictures import links
from etabli.observatory.pictures.picture import mention_of, notes_of, source_line
from etabli.observatory.questions import Asker, values
from etabli.papers.sheets import Cell, Column, Sheet
from maillage.reference.trades import trades
from maillage.territory import Territory, alphabetical, commune_name, members, population

FLOWS = ("creations", "closures")


def trades_table(asker: Asker, where: Territory) -> Sheet:
    """Every trade of the list, present or not: firms, what moved in twelve months, specialisation."""
    firms = asker.ask("stock_firms", where, by="trade")
    counts = asker.by("stock_firms", where, "trade")
    moved = _moved(asker, where, "trade")
    flows = [values(answer) for answer in moved]
    special = asker.by("specialisation", where, "trade")
    rows: list[tuple[Cell, ...]] = [
        (
            one.code, one.label, one.sector.label, _whole(counts.get(one.code, 0)), *_cells(flows, one.code),
            _rounded(special.get(one.code)),
        )
        for one in trades()
    ]  # fmt: skip
    rows.sort(key=lambda row: (-int(str(row[3])), alphabetical(str(row[1]))))
    names = (
        "Code",
        "Métier",
        "Secteur",
        "Entreprises",
        "Créations (12 mois)",
        "Fermetures (12 mois)",
        "Spécialisation",
    )
    all_of_them = f"Les {len(rows)} métiers de la liste, présents ou non sur le territoire."
    return _sheet(f"Métiers de l’artisanat\u00a0: {where.name}", names, rows, firms, *moved, first=all_of_them)


def communes_table(asker: Asker, where: Territory) -> Sheet:
    """Every commune: inhabitants, firms, density, what moved in twelve months."""
    firms = asker.ask("stock_firms", where, by="commune")
    counts = asker.by("stock_firms", where, "commune")
    moved = _moved(asker, where, "commune")
    flows = [values(answer) for answer in moved]
    densities = asker.by("density", where, "commune")
    rows: list[tuple[Cell, ...]] = [
        (
            code, commune_name(code), population(code), _whole(counts.get(code, 0)), _rounded(densities.get(code), 1),
            *_cells(flows, code),
        )
        for code in members(where)
    ]  # fmt: skip
    names = ("Code", "Commune", "Habitants", "Entreprises", "Pour 10 000 habitants", "Créations (12 mois)",
             "Fermetures (12 mois)")  # fmt: skip
    return _sheet(f"Communes\u00a0: {where.name}", names, rows, firms, *moved)


def years_table(asker: Asker, where: Territory) -> Sheet:
    """Ten years: firms at the start, creations, closures, balance."""
    creations = asker.ask("creations", where, by="year")
    closures = {row.key: row for row in asker.ask("closures", where, by="year").rows}
    rates = {row.key: row for row in asker.ask("creation_rate", where, by="year").rows}
    rows: list[tuple[Cell, ...]] = []
    for row in creations.rows:
        closed, rate = closures.get(row.key), rates.get(row.key)
        born, dead = int(row.value or 0), int(closed.value or 0) if closed else 0
        base = None if rate is None else rate.extra.get("denominator")
        percent = None if rate is None else _rounded(rate.value)
        gross = (*links.cells([row, closed]), *links.cells([rate], 2))
        rows.append((row.label, None if base is None else int(base), born, dead, born - dead, percent, *gross))
    names = ("Année", "Entreprises au début", "Créations", "Fermetures", "Solde", "Taux de création (%)")
    bounds = (*(links.column(name).heading for name in ("Créations", "Fermetures")),
              links.column("Taux de création", "%").heading)  # fmt: skip
    title = f"Dix ans de mouvements\u00a0: {where.name}"
    return _sheet(title, (*names, *bounds), rows, creations, first=links.MEANING)


def forms_table(asker: Asker, where: Territory) -> Sheet:
    """Sole traders and companies: firms, density, median age, creation rate, survival at 1, 3 and 5 years."""
    firms, *others = (asker.ask(name, where, by="legal") for name in indicators(asker))
    title = f"Entreprises individuelles et sociétés\u00a0: {where.name}"
    return _sheet(title, HEADS, form_cells(asker, where), firms, *others, first=links.MEANING)


def zones_table(asker: Asker, where: Territory) -> Sheet:
    """Every level of the zonings loaded: communes, establishments, creations. Raises BadQuestion when there is none."""
    by = [f"zone:{one.code}" for one in zonings.loaded()] or ["zone"]
    stock = asker.ask("stock", where, by=by[0])
    moved = (asker.ask("creations", where, by=by[0]),) if asker.moves else ()
    said = " ".join(f"{one.label}\u00a0: {one.caveat}" for one in zonings.loaded()[1:])
    title = f"Zonages\u00a0: {where.name}"
    return _sheet(title, zonings.HEADS, zonings.zone_cells(asker, where), stock, *moved, first=said)


TABLES: dict[str, Callable[[Asker, Territory], Sheet]] = {
    "metiers": trades_table,
    "communes": communes_table,
    "annees": years_table,
    "formes": forms_table,
    "zonages": zones_table,
}


def _moved(asker: Asker, where: Territory, by: str) -> tuple[Answer, ...]:
    """Creations and closures; none in a scope without history."""
    return tuple(asker.ask(name, where, by=by) for name in FLOWS) if asker.moves else ()


def _cells(flows: list[dict[str, float]], code: str) -> list[Cell]:
    return [_whole(found.get(code, 0)) for found in flows] or [None for _ in FLOWS]


def _sheet(
    title: str, names: tuple[str, ...], rows: list[tuple[Cell, ...]], *answers: Answer, first: str = ""
) -> Sheet:
    """The first answer is the one that counts; the others may be of another moment, which their line says.

    `first` is a note before theirs.
    """
    answer, *others = answers
    columns = tuple(Column(name) for name in names)
    lines = (f"{one.card.label}. {source_line(one)}" for one in others)
    notes = (*filter(None, [first]), *notes_of(answer), *lines)
    return Sheet(title, columns, tuple(rows), notes, mention_of(answer), answer.fictitious)


def _whole(value: float) -> int:
    return round(value)


def _rounded(value: float | None, decimals: int = 2) -> float | None:
    return None if value is None else round(value, decimals)
