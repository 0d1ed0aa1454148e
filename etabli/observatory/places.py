"""Places as a visitor names and finds them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from etabli import facts
from etabli.observatory.addresses import address
from etabli.observatory.screens import Link, Place
from etabli.ui import french
from maillage.errors import NoStore
from maillage.reference.cited import cited_about
from maillage.reference.places.finder import find, postcodes
from maillage.territory import (
    Level,
    Territory,
    commune_name,
    departement_of,
    epci_of,
    is_arrondissement,
    members,
    parents,
    parse,
    population,
    region_of,
)

KINDS = {
    "CA": "communauté d’agglomération",
    "CC": "communauté de communes",
    "CU": "communauté urbaine",
    "Métropole": "métropole",
}
INFERRED_EXAMPLES = 12
EVERY, LOOKED_AT = 100_000, 300  # names found are counted, the first are looked at
POSTCODE = re.compile(r"[0-9]{5}")


def kind(where: Territory) -> str:
    """« communauté d’agglomération », « commune », « région »…"""
    if where.level is Level.EPCI:
        first = where.name.split(" ", 1)[0]
        return KINDS.get(first, "métropole" if "étropole" in where.name else where.level.label)
    return "arrondissement municipal" if is_arrondissement(where) else where.level.label


@dataclass(frozen=True)
class Found:
    """The first places for what a visitor typed, and how many there are in all."""

    places: tuple[Place, ...]
    total: int

    @property
    def words(self) -> str:
        """« 3 lieux », « Les 12 premiers lieux sur 143 »."""
        if len(self.places) < self.total:
            return f"Les {len(self.places)} premiers lieux sur {french.number(self.total)}"
        return french.counted(self.total, "lieu", "lieux")


def found(text: str, limit: int = 12) -> Found:
    """Places for what a visitor typed: those of this edition, best first, then the others, which are marked."""
    keys = find(text, EVERY) if text.strip() else []
    if POSTCODE.fullmatch(text.strip()):
        around = [epci_of(key.partition(":")[2]) for key in keys if key.startswith("commune:")]
        keys = list(dict.fromkeys([*keys, *(f"epci:{code}" for code in around if code)]))
    known = [parse(key) for key in keys[:LOOKED_AT]]
    shown = sorted(known, key=lambda where: not is_held(where))[:limit]
    return Found(tuple(place(where) for where in shown), len(keys))


def hint() -> str:
    """« Un nom ou un code postal : Lens, 62300, Lens-Liévin… », with places that this edition holds."""
    start = "Un nom ou un code postal"
    try:
        manifest = facts.store().manifest
    except NoStore:
        return start
    return f"{start}\u00a0: {', '.join(_examples(manifest.version, manifest.covers))}…"


@lru_cache(maxsize=4)
def _examples(_version: str, declared: tuple[str, ...] | None) -> tuple[str, ...]:
    """The largest commune of the second largest EPCI (the largest is a big city), its postcode, the EPCI."""
    keys = [key for key in (_held_whole() if declared is None else declared) if key.startswith("epci:")]
    if not keys:
        return ()
    where = sorted((parse(key) for key in keys), key=lambda one: one.population or 0)[-2:][0]
    largest = max(members(where), key=lambda code: population(code) or 0)
    return (commune_name(largest), *postcodes(largest)[:1], where.short_name)


def membership(where: Territory) -> str:
    """The day on which a territory has these communes, and what that means for other years; empty when undated."""
    if where.as_of is None:
        return ""
    day = french.long_date(where.as_of)
    if where.level is Level.LISTE:
        return f"Communes de la liste au {day}, comptées dans leurs limites d’aujourd’hui."
    if where.level is Level.COMMUNE:
        return f"Limites de la commune au {day}, appliquées à toutes les années, communes réunies comprises."
    return f"Communes et limites au {day}, appliquées à toutes les années, même si le territoire a changé depuis."


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
    outside = not is_held(where)
    told = "chiffres cités" if outside and cited_about(where.key) else ""
    note = "\u00a0· ".join(part for part in (size, people, told) if part)
    return Place(where.short_name, kind(where), address(where), note, outside)


def _inside(where: Territory) -> str:
    """The département of a commune, which tells homonyms apart."""
    return next((other.name for other in parents(where) if other.level is Level.DEPARTEMENT), "")


def covered() -> tuple[Place, ...]:
    """Territories the data was declared to cover, or the largest it holds whole; largest first."""
    declared = facts.store().manifest.covers is not None
    return tuple(place(where) for where in covered_territories()[: None if declared else INFERRED_EXAMPLES])


def covered_territories() -> tuple[Territory, ...]:
    """Territories the data was declared to cover, or all those it holds whole; largest first."""
    store = facts.store()
    return _covered(store.version, store.manifest.covers)


@lru_cache(maxsize=4)
def _covered(_version: str, declared: tuple[str, ...] | None) -> tuple[Territory, ...]:
    keys = declared if declared is not None else _held_whole()
    return tuple(sorted((parse(key) for key in keys), key=lambda where: -(where.population or 0)))


def _held_whole() -> list[str]:
    """Keys of the EPCI, départements and régions of which every commune is in the data."""
    store = facts.store()
    levels = (("epci", epci_of), ("departement", departement_of), ("region", region_of))
    keys = {f"{level}:{code}" for commune in store.communes_present for level, of in levels if (code := of(commune))}
    return [key for key in keys if store.covers(parse(key)).share == 1.0]


def trail(where: Territory, query: str = "") -> tuple[Link, ...]:
    """Breadcrumb: Hauts-de-France › Pas-de-Calais › Lens-Liévin; what the data does not hold is named, not linked.

    France is there when the data holds it whole. `query` is that of the reading, which a step must not lose.
    """
    wider = [(other, is_held(other)) for other in reversed(parents(where))]
    shown = [(other, held) for other, held in wider if held or other.level is not Level.FRANCE]
    return tuple(Link(other.short_name, address(other) + query if held else "") for other, held in shown)
