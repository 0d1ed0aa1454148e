"""The pictures of a portrait, made from answers, with their tables and files."""

from etabli import facts
from etabli.observatory.addresses import image_files
from etabli.observatory.comparisons import Beside
from etabli.observatory.pictures.commune_map import commune_map
from etabli.observatory.pictures.creations import creations
from etabli.observatory.pictures.movement import movement
from etabli.observatory.pictures.picture import Picture
from etabli.observatory.pictures.sectors import sectors
from etabli.observatory.pictures.survival import survival
from etabli.observatory.questions import Asker
from etabli.observatory.screens import Drawing
from etabli.papers.sheets import Cell
from etabli.ui import french
from maillage.territory import Territory

NAMES = ("carte", "creations", "mouvement", "survie")


def picture(name: str, asker: Asker, where: Territory, compared: tuple[Beside, ...]) -> Picture:
    """One picture of a territory by its name in addresses. Raises KeyError for a name outside `NAMES`."""
    others = [one.where for one in compared]
    match name:
        case "carte":
            return commune_map(asker.ask("density", where, by="commune"), facts.store().outline, facts.store().centre)
        case "creations":
            return creations(
                asker.ask("creation_rate", where, by="year"),
                [asker.ask("creation_rate", other, by="year") for other in others],
            )
        case "mouvement":
            return movement(asker.ask("creations", where, by="year"), asker.ask("closures", where, by="year"))
        case "secteurs":
            return sectors(asker.ask("stock_firms", where, by="sector"), asker.ask("balance", where, by="sector"))
        case "survie":
            return survival(asker.ask("survival", where), [asker.ask("survival", other) for other in others])
    raise KeyError(name)


def drawing(shown: Picture, asker: Asker, where: Territory) -> Drawing:
    """The picture as a page prints it."""
    return Drawing(
        picture=shown,
        columns=tuple(column.heading for column in shown.sheet.columns),
        rows=tuple(tuple(printed(cell) for cell in row) for row in shown.sheet.rows),
        exports=image_files(where, asker.reading, shown.name),
    )


def printed(cell: Cell) -> str:
    """A cell of a table in a page."""
    match cell:
        case float():
            return french.number(cell, 1)
        case int():
            return french.number(cell)
        case None:
            return french.ABSENT
    return str(cell)
