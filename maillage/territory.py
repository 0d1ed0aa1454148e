"""Territory: a commune, EPCI, département, région, France or a dated list of communes, as a value.

Geography is constant: today's members are applied to all years. `parse` reads what the command line and
the addresses of pages write; the official tables are in `maillage.reference.places`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from maillage.errors import UnknownTerritory
from maillage.reference.places import finder, lists, tables, words
from maillage.reference.places.links import (
    arrondissements_by_commune,
    communes_by_departement,
    current_commune,
    departement_of,
    epci_of,
    is_overseas_collectivity,
    leaf_codes,
    region_of,
    whole_commune,
    with_arrondissements,
)
from maillage.reference.places.words import alphabetical

__all__ = [
    "Level",
    "Territory",
    "alphabetical",
    "commune_name",
    "current_commune",
    "departement_of",
    "epci_of",
    "is_arrondissement",
    "leaf_codes",
    "members",
    "parents",
    "parse",
    "population",
    "region_of",
    "search",
]


class Level(StrEnum):
    """The kinds of territory, from the smallest official level up; a list has no rank."""

    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"
    FRANCE = "france"
    LISTE = "liste"

    @property
    def label(self) -> str:
        """French word for the level: « département »."""
        return _LABELS[self]


_LABELS = {
    Level.COMMUNE: "commune",
    Level.EPCI: "intercommunalité",
    Level.DEPARTEMENT: "département",
    Level.REGION: "région",
    Level.FRANCE: "France",
    Level.LISTE: "liste de communes",
}
_RANK = (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION, Level.FRANCE)


@dataclass(frozen=True)
class Territory:
    """A dated set of communes with its official name; two territories with the same fields are equal."""

    level: Level
    code: str
    name: str
    communes: frozenset[str] = field(repr=False)
    population: int | None = None
    as_of: date | None = None

    @property
    def key(self) -> str:
        """What `parse` reads back: "epci:246200364", "france", "liste:62498,62510"."""
        return "france" if self.level is Level.FRANCE else f"{self.level}:{self.code}"

    @property
    def short_name(self) -> str:
        """What people say: "CA de Lens - Liévin" → "Lens-Liévin", "Lyon 4e Arrondissement" → "Lyon 4e"."""
        return words.short_epci(self.name) if self.level is Level.EPCI else self.name.removesuffix(" Arrondissement")

    @property
    def count(self) -> int:
        """Number of communes; Lyon with its arrondissements is one, and so is an arrondissement alone."""
        return len(_displayed(self.communes))

    @property
    def of(self) -> str:
        """The name after « de »: « de Lens », « du Pas-de-Calais », « de la CA de Lens - Liévin »."""
        return _of(self)

    @property
    def at(self) -> str:
        """The name after « dans » or « à »: « à Lens », « dans le Pas-de-Calais », « en Bretagne »."""
        return _at(self)


def _article(where: Territory) -> str:
    if where.level is Level.COMMUNE:
        commune = tables.communes().get(where.code)
        return commune.article if commune else ""
    if where.level is Level.DEPARTEMENT:
        return tables.departements()[where.code].article
    return tables.regions()[where.code].article


def _of(where: Territory) -> str:
    match where.level:
        case Level.FRANCE:
            return "de la France"
        case Level.LISTE:
            return f"de la liste « {where.name} »"
        case Level.EPCI:
            return words.of_epci(where.name)
    return words.of_place(where.short_name, _article(where))


def _at(where: Territory) -> str:
    match where.level:
        case Level.FRANCE:
            return "en France"
        case Level.LISTE:
            return f"dans la liste « {where.name} »"
        case Level.EPCI:
            return words.in_epci(where.name)
        case Level.COMMUNE:
            return words.at_place(where.short_name)
        case Level.REGION:
            return words.in_region(where.name, _article(where))
    return words.in_departement(where.name, _article(where))


def is_arrondissement(where: Territory) -> bool:
    """Whether this is an arrondissement of Paris, Lyon or Marseille: a part of a commune."""
    return where.level is Level.COMMUNE and where.code != whole_commune(where.code)


def commune_name(code: str) -> str:
    """Name of a commune, arrondissement or former commune; a vanished code without a name gives today's commune.

    Raises UnknownTerritory.
    """
    current = current_commune(code)
    if current is None:
        raise UnknownTerritory(f"Aucune commune ne porte le code {code}.")
    if current != code:
        names = [row.name for row in tables.former() if row.code == code and row.name]
        return names[0] if names else tables.communes()[current].name
    arrondissement = tables.arrondissements().get(code)
    return arrondissement.name if arrondissement else tables.communes()[code].name


def population(code: str) -> int | None:
    """Inhabitants (municipal population) of an actual commune or arrondissement; None when unknown."""
    row = tables.communes().get(code) or tables.arrondissements().get(code)
    return row.population if row else None


def _people(communes: Iterable[str]) -> int | None:
    known = [inhabitants for code in communes if (inhabitants := population(code)) is not None]
    return sum(known) if known else None


def _official(level: Level, code: str, name: str, communes: Iterable[str]) -> Territory:
    whole = tuple(communes)
    return Territory(level, code, name, with_arrondissements(whole), _people(whole), tables.edition().geography)


@lru_cache(maxsize=4096)
def parse(where: str) -> Territory:
    """Read "epci:246200364", "commune:62498", "departement:62", "region:32", "france" or "liste:62498,62510".

    A former commune code gives today's commune. Raises UnknownTerritory, whose French message proposes
    near names.
    """
    text = where.strip()
    level, _, code = text.partition(":")
    level, code = words.fold(level), code.strip()
    if level == Level.FRANCE and code in ("", Level.FRANCE):
        return _france()
    reader = _READERS.get(level)
    if reader is None or not code:
        raise _unreadable(text)
    found = reader(code if level == Level.LISTE else code.upper())
    if found is None:
        raise _unknown(Level(level), code)
    return found


def _france() -> Territory:
    communes = (code for codes in communes_by_departement().values() for code in codes)
    return _official(Level.FRANCE, "france", "France", (c for c in communes if not is_overseas_collectivity(c)))


def _commune(code: str) -> Territory | None:
    current = current_commune(code)
    if current is None:
        return None
    _refuse_overseas(current)
    if current in tables.arrondissements():
        name, people = commune_name(current), population(current)
        return Territory(Level.COMMUNE, current, name, frozenset({current}), people, tables.edition().geography)
    return _official(Level.COMMUNE, current, commune_name(current), [current])


def _epci(code: str) -> Territory | None:
    row = tables.epcis().get(code)
    return row and _official(Level.EPCI, code, row.name, row.communes)


def _departement(code: str) -> Territory | None:
    row = tables.departements().get(code.zfill(2))
    if row is None:
        return None
    _refuse_overseas(row.code)
    return _official(Level.DEPARTEMENT, row.code, row.name, communes_by_departement()[row.code])


def _region(code: str) -> Territory | None:
    row = tables.regions().get(code.zfill(2))
    if row is None:
        return None
    _refuse_overseas(row.code)
    inside = [d.code for d in tables.departements().values() if d.region == row.code]
    communes = (commune for departement in inside for commune in communes_by_departement()[departement])
    return _official(Level.REGION, row.code, row.name, communes)


def _refuse_overseas(code: str) -> None:
    if is_overseas_collectivity(code):
        raise UnknownTerritory(
            f"Le code {code} est celui d’une collectivité d’outre-mer : Établi couvre la France métropolitaine "
            "et les cinq départements d’outre-mer."
        )


def _liste(text: str) -> Territory | None:
    row = lists.named_lists().get(text.lower())
    if row:
        people = _people(row.communes)
        return Territory(Level.LISTE, row.code, row.name, with_arrondissements(row.communes), people, row.as_of)
    codes = sorted({code.strip().upper() for code in text.split(",") if code.strip()})
    unknown = [code for code in codes if current_commune(code) is None]
    if len(unknown) == len(codes):
        if refusal := lists.refusal(text.lower()):
            raise UnknownTerritory(refusal, plain=f"La liste «\u00a0{text}\u00a0» est mal écrite dans les données.")
        return None
    if unknown:
        raise UnknownTerritory(f"Codes de commune inconnus dans la liste : {', '.join(unknown)}.")
    whole = _settled(codes)
    communes = with_arrondissements(whole)
    counted = _displayed(communes)
    return Territory(
        Level.LISTE, ",".join(codes), _list_name(counted), communes, _people(counted), tables.edition().geography
    )


def _settled(codes: Iterable[str]) -> set[str]:
    """Today's communes of a list. A former commune alone does not bring in the whole that swallowed it.

    Raises UnknownTerritory, which names the commune to decide.
    """
    given = set(codes)
    for code in sorted(given):
        current = str(current_commune(code))
        _refuse_overseas(current)
        if current not in given:
            raise UnknownTerritory(
                f"{commune_name(code)} ({code}) fait aujourd’hui partie de {commune_name(current)} ({current}), "
                f"qui n’est pas dans la liste : remplacez {code} par {current} ou retirez ce code."
            )
    return {str(current_commune(code)) for code in given}


def _list_name(codes: Iterable[str]) -> str:
    names = sorted((commune_name(code) for code in codes), key=alphabetical)
    return ", ".join(names) if len(names) <= 3 else f"{names[0]}, {names[1]} et {len(names) - 2} autres communes"


_READERS: dict[str, Callable[[str], Territory | None]] = {
    Level.COMMUNE: _commune,
    Level.EPCI: _epci,
    Level.DEPARTEMENT: _departement,
    Level.REGION: _region,
    Level.LISTE: _liste,
}


def _proposals(keys: Iterable[str]) -> str:
    named = [f"{key} ({parse(key).name})" for key in keys]
    return f" Voulez-vous dire : {', '.join(named)} ?" if named else ""


def _unreadable(text: str) -> UnknownTerritory:
    near = tuple(finder.nearest(text.partition(":")[2] or text))
    said = f"« {text} » n’est pas un territoire"
    written = "commune:62498, epci:246200364, departement:62, region:32, france ou liste:62498,62510"
    return UnknownTerritory(
        f"{said}. Écrivez {written}.{_proposals(near)}",
        plain=f"{said} : cherchez-le par son nom ou son code postal.",
        near=near,
    )


def _unknown(level: Level, code: str) -> UnknownTerritory:
    near = tuple(finder.nearest(code, level=level))
    said = f"Aucun territoire de niveau « {level.label} » ne porte le code {code}."
    return UnknownTerritory(said + _proposals(near), plain=said, near=near)


def parents(where: Territory) -> tuple[Territory, ...]:
    """The territories that contain this one, smallest first: commune of an arrondissement, EPCI … France."""
    sample = next(iter(where.communes))
    keys = [
        ("commune", whole_commune(sample)),
        ("epci", epci_of(sample)),
        ("departement", departement_of(sample)),
        ("region", region_of(sample)),
    ]
    candidates = [parse(f"{level}:{code}") for level, code in keys if code] + [parse("france")]
    return tuple([other for other in candidates if _may_contain(other, where) and where.communes <= other.communes])


def _may_contain(other: Territory, where: Territory) -> bool:
    if other.level is Level.COMMUNE:
        return where.communes < other.communes
    return where.level is Level.LISTE or _RANK.index(other.level) > _RANK.index(where.level)


def _displayed(communes: frozenset[str]) -> frozenset[str]:
    """Without the arrondissements of the communes that are there whole."""
    hidden = {part for commune, parts in arrondissements_by_commune().items() if commune in communes for part in parts}
    return communes - hidden


def members(where: Territory) -> tuple[str, ...]:
    """Communes for display, by name: Lyon and not its arrondissements, an arrondissement when it stands alone."""
    return tuple(sorted(_displayed(where.communes), key=lambda code: (alphabetical(commune_name(code)), code)))


def search(text: str, limit: int = 10) -> tuple[Territory, ...]:
    """Territories for a name, postcode or code, best first; accents, hyphens and case do not matter.

    Exact names come first, then names that start so, then names with a word that starts so, each by
    population. The name of a merged commune leads to today's commune. Nothing found: near names.
    """
    return tuple([parse(key) for key in finder.find(text, limit)])
