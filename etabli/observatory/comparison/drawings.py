"""The pictures of the comparison: density, creation rates, survival, each at its own address."""

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse

from etabli.observatory.addresses import IMAGE_FORMATS
from etabli.observatory.comparison.chosen import Chosen
from etabli.observatory.drawings import drawn
from etabli.observatory.pictures.blank import blank
from etabli.observatory.pictures.comparison import comparison as bars
from etabli.observatory.pictures.creations import creations
from etabli.observatory.pictures.picture import Picture
from etabli.observatory.pictures.survival import survival
from etabli.observatory.questions import NO_HISTORY, Asker
from etabli.observatory.screens import Drawing, Link
from etabli.ui import french
from maillage.territory import Territory

NAMES = ("densite", "creations", "survie-3-ans", "survie")
MOVING = {"creations": "Taux de création", "survie-3-ans": "Survie à 3\u00a0ans", "survie": "Survie"}
THREE_YEARS = 36


def picture(name: str, asker: Asker, compared: Sequence[Territory]) -> Picture:
    """One picture by its name in addresses. Raises KeyError for a name outside `NAMES`."""
    if not asker.moves and name in MOVING:
        title = f"{MOVING[name]}\u00a0: pas de courbe dans ce périmètre"
        return blank(name, title, french.capitalised(NO_HISTORY), asker.ask("stock_firms", compared[0]))
    match name:
        case "densite":
            return _named(bars([asker.ask("density", where) for where in compared]), name)
        case "creations":
            own, *others = (asker.ask("creation_rate", where, by="year") for where in compared)
            return creations(own, others, equals=True)
        case "survie-3-ans":
            return _named(bars([asker.ask("survival", where) for where in compared], month=THREE_YEARS), name)
        case "survie":
            own, *others = (asker.ask("survival", where) for where in compared)
            return survival(own, others, equals=True)
    raise KeyError(name)


def _named(shown: Picture, name: str) -> Picture:
    return replace(shown, name=name)


def drawings(asker: Asker, chosen: Chosen) -> tuple[Drawing, ...]:
    """All of them, with their tables and their files."""
    return tuple(_drawing(name, picture(name, asker, chosen.places), chosen) for name in NAMES)


def _drawing(name: str, shown: Picture, chosen: Chosen) -> Drawing:
    return drawn(
        shown,
        (
            Link(kind.upper(), reverse("observatory:comparison_image", args=[name, kind]) + chosen.query())
            for kind in IMAGE_FORMATS
        ),
        decimals=0 if name == "densite" else 1,
    )
