"""The pictures of a portrait, made from answers, with their tables and files."""

from collections.abc import Callable, Iterable

from etabli import facts
from etabli.observatory.addresses import image_files
from etabli.observatory.comparisons import Beside
from etabli.observatory.pictures.blank import blank
from etabli.observatory.pictures.commune_map import commune_map
from etabli.observatory.pictures.creations import creations, few_creations
from etabli.observatory.pictures.movement import movement
from etabli.observatory.pictures.picture import Picture
from etabli.observatory.pictures.sectors import sectors
from etabli.observatory.pictures.survival import survival, too_few
from etabli.observatory.questions import NO_HISTORY, Asker
from etabli.observatory.screens import Drawing, DrawnCell, Link
from etabli.observatory.sentences import FEW
from etabli.papers.sheets import Cell
from etabli.ui import french
from maillage.territory import Level, Territory, epci_of, members, parse

NAMES = ("carte", "situation", "creations", "mouvement", "survie")
CODE = "Code"  # the first column of some files
MOVING = {"creations": "Taux de création", "mouvement": "Créations et fermetures", "survie": "Survie"}


def picture(name: str, asker: Asker, where: Territory, compared: tuple[Beside, ...]) -> Picture:
    """One picture of a territory by its name in addresses. Raises KeyError for a name outside `NAMES`."""
    if not asker.moves and name in MOVING:
        title = f"{MOVING[name]}\u00a0: pas de courbe dans ce périmètre"
        return blank(name, title, french.capitalised(NO_HISTORY), asker.ask("stock_firms", where))
    return _MADE[name](asker, where, [one.where for one in compared])


def _map(asker: Asker, where: Territory, _others: list[Territory]) -> Picture:
    store = facts.store()
    return commune_map(asker.ask("density", where, by="commune"), store.outline, store.centre)


def home_of(where: Territory) -> Territory | None:
    """The EPCI on whose map a commune is shown: its own, when the data holds it whole."""
    code = epci_of(where.code) if where.level is Level.COMMUNE else None
    if code is None:
        return None
    home = parse(f"epci:{code}")
    return home if where.code in members(home) and facts.store().covers(home).complete else None


def drawn_for(where: Territory) -> tuple[str, ...]:
    """What a portrait has of `NAMES`: a single commune has no map of its own, it is shown on its EPCI’s."""
    lacking = {"situation"} if where.count > 1 or home_of(where) is None else set()
    return tuple(name for name in NAMES if name not in lacking | ({"carte"} if where.count == 1 else set()))


def _situation(asker: Asker, where: Territory, _others: list[Territory]) -> Picture:
    home, store = home_of(where), facts.store()
    if home is None:
        raise KeyError("situation")
    answer = asker.ask("density", home, by="commune")
    return commune_map(answer, store.outline, store.centre, name="situation", marked=where)


def _creations(asker: Asker, where: Territory, others: list[Territory]) -> Picture:
    if (asker.total("stock_firms", where) or 0) < FEW:
        return few_creations(asker.ask("creations", where), asker.ask("creations", where, by="year"))
    own, *rates = (asker.ask("creation_rate", place, by="year") for place in (where, *others))
    return creations(own, rates)


def _movement(asker: Asker, where: Territory, _others: list[Territory]) -> Picture:
    return movement(*(asker.ask(name, where, by="year") for name in ("creations", "closures", "stock_firms")))


def _sectors(asker: Asker, where: Territory, _others: list[Territory]) -> Picture:
    balance = asker.ask("balance", where, by="sector") if asker.moves else None
    return sectors(asker.ask("stock_firms", where, by="sector"), balance)


def _survival(asker: Asker, where: Territory, others: list[Territory]) -> Picture:
    own = asker.ask("survival", where)
    if not own.rows:
        return too_few(own, int(asker.ask("creations", where, during=own.during).total or 0))
    return survival(own, [asker.ask("survival", other) for other in others])


_MADE: dict[str, Callable[[Asker, Territory, list[Territory]], Picture]] = {
    "carte": _map,
    "situation": _situation,
    "creations": _creations,
    "mouvement": _movement,
    "secteurs": _sectors,
    "survie": _survival,
}


def drawing(shown: Picture, asker: Asker, where: Territory) -> Drawing:
    """The picture as a page prints it."""
    return drawn(shown, image_files(where, asker.reading, shown.name))


def drawn(shown: Picture, exports: Iterable[Link], decimals: int = 1) -> Drawing:
    """A picture with its table (numbers to `decimals`) and its files; a column that holds a text is one of words.

    A code stays in the files: people read names.
    """
    coded = shown.sheet.columns[0].heading == CODE
    heads = [column.heading for column in shown.sheet.columns][coded:]
    rows = [row[coded:] for row in shown.sheet.rows]
    words = [any(isinstance(row[place], str) for row in rows) for place in range(len(heads))]
    return Drawing(
        picture=shown,
        columns=tuple(map(DrawnCell, heads, heads, words)),
        rows=tuple(tuple(map(DrawnCell, [printed(cell, decimals) for cell in row], heads, words)) for row in rows),
        exports=tuple(exports),
    )


def printed(cell: Cell, decimals: int = 1) -> str:
    """A cell of a table in a page."""
    match cell:
        case float():
            return french.number(cell, decimals)
        case int():
            return french.number(cell)
        case None:
            return french.ABSENT
    return str(cell)
