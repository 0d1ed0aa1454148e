"""Places as a visitor names and finds them."""

from functools import lru_cache

from etabli import facts
from etabli.observatory.addresses import address
from etabli.observatory.screens import Link, Place
from etabli.ui import french
from maillage.errors import NoStore
from maillage.territory import Level, Territory, departement_of, epci_of, parents, parse, region_of, search

KINDS = {
    "CA": "communauté d’agglomération",
    "CC": "communauté de communes",
    "CU": "communauté urbaine",
    "Métropole": "métropole",
}
INFERRED_EXAMPLES = 12


def kind(where: Territory) -> str:
    """« communauté d’agglomération », « commune », « région »…"""
    if where.level is Level.EPCI:
        first = where.name.split(" ", 1)[0]
        return KINDS.get(first, "métropole" if "étropole" in where.name else where.level.label)
    return where.level.label


def found(text: str, limit: int = 12) -> tuple[Place, ...]:
    """Places for what a visitor typed, best first; those that this edition lacks are marked."""
    return tuple(place(where) for where in search(text, limit)) if text.strip() else ()


def is_held(where: Territory) -> bool:
    """May the store in force be asked about this place? Before any store nothing is known to be missing."""
    try:
        return facts.store().covers(where).complete
    except NoStore:
        return True


def place(where: Territory) -> Place:
    """One line of a list of places."""
    people = "" if where.population is None else french.counted(where.population, "habitant")
    size = french.counted(where.count, "commune") if where.level is not Level.COMMUNE else _inside(where)
    note = "\u00a0· ".join(part for part in (size, people) if part)
    return Place(where.short_name, kind(where), address(where), note, outside=not is_held(where))


def _inside(where: Territory) -> str:
    """The département of a commune, which tells homonyms apart."""
    return next((other.name for other in parents(where) if other.level is Level.DEPARTEMENT), "")


def covered() -> tuple[Place, ...]:
    """Territories the data was declared to cover, or the largest it holds whole; largest first."""
    store = facts.store()
    return _covered(store.version, store.manifest.covers)


@lru_cache(maxsize=4)
def _covered(_version: str, declared: tuple[str, ...] | None) -> tuple[Place, ...]:
    keys = declared if declared is not None else _held_whole()
    found = sorted((parse(key) for key in keys), key=lambda where: -(where.population or 0))
    return tuple(place(where) for where in (found if declared is not None else found[:INFERRED_EXAMPLES]))


def _held_whole() -> list[str]:
    """Keys of the EPCI, départements and régions of which every commune is in the data."""
    store = facts.store()
    levels = (("epci", epci_of), ("departement", departement_of), ("region", region_of))
    keys = {f"{level}:{code}" for commune in store.communes_present for level, of in levels if (code := of(commune))}
    return [key for key in keys if store.covers(parse(key)).share == 1.0]


def trail(where: Territory) -> tuple[Link, ...]:
    """Breadcrumb: Hauts-de-France › Pas-de-Calais › Lens-Liévin; what the data does not hold is named, not linked."""
    wider = [other for other in reversed(parents(where)) if other.level is not Level.FRANCE]
    return tuple(Link(other.short_name, address(other) if is_held(other) else "") for other in wider)
