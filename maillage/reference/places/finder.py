"""Search in the names, postcodes and codes of places; answers are keys such as "epci:246200364"."""

import difflib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from maillage.reference.places import tables
from maillage.reference.places.links import (
    arrondissements_by_commune,
    communes_by_departement,
    current_commune,
    is_overseas_collectivity,
)
from maillage.reference.places.lists import named_lists
from maillage.reference.places.words import fold, short_epci

# At equal quality and equal population (Paris, La Réunion) the smaller level comes first.
_ORDER = {"commune": 0, "epci": 1, "departement": 2, "region": 3, "liste": 4, "france": 5}
_CODE = re.compile(r"\b(?:\d{2,9}|2[ab]\d{0,3})\b")
_KEY = re.compile(r"^(?:commune|epci|departement|region|liste):\S+$")
# What people write before a name, and the level that they mean.
_KINDS = {
    "epci": r"communaute d agglo(?:meration)?|communaute de communes|communaute urbaine|agglo(?:meration)?|"
    r"intercommunalite|interco|metropole|epci|ca|cc|cu",
    "departement": r"departement|conseil departemental",
    "region": r"region|conseil regional",
    "commune": r"mairie|hotel de ville|ville|village|commune|municipalite",
}
_MEANT = re.compile(
    r"^(?:la |le |les |l )?(?:" + "|".join(f"(?P<{level}>{kinds})" for level, kinds in _KINDS.items()) + ") "
    r"(?:(?:de la|de l|de|du|des|d) )?"
)
_ARTICLE = re.compile(r"^(?:le|la|les|l) ")
_SMALL_WORDS = frozenset(["de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "sur", "sous", "a", "au", "aux"])


FRANCE = ("France", "La France", "France entière")
LEAST_ACRONYM = 3  # letters: PACA is said, GE and HF are not
BY_A_WORD = 3  # worst quality of a match by consecutive words: see `_quality`


class Name(NamedTuple):
    """One folded name leading to a place; `size` is its population, `old` says the name is a former one."""

    text: str
    key: str
    size: int
    old: bool


@lru_cache(maxsize=1)
def _sizes() -> dict[str, int]:
    """Population by key, overseas collectivities left out."""
    communes = {c.code: c.population or 0 for c in tables.communes().values() if not is_overseas_collectivity(c.code)}
    sizes = {f"commune:{code}": size for code, size in communes.items()}
    sizes |= {f"commune:{a.code}": a.population or 0 for a in tables.arrondissements().values()}
    sizes |= {f"epci:{e.code}": sum(communes[c] for c in e.communes) for e in tables.epcis().values()}
    for departement in tables.departements().values():
        if not is_overseas_collectivity(departement.code):
            inside = sum(communes[code] for code in communes_by_departement()[departement.code])
            sizes[f"departement:{departement.code}"] = inside
            sizes[f"region:{departement.region}"] = sizes.get(f"region:{departement.region}", 0) + inside
    return (
        sizes
        | {"france": sum(communes.values())}
        | {f"liste:{row.code}": sum(communes.get(code, 0) for code in row.communes) for row in named_lists().values()}
    )


def _acronym(name: str) -> str:
    """ "CA de Lens - Liévin" → "call", "Métropole Européenne de Lille" → "mel"."""
    first, *others = [word for word in fold(name).split() if word not in _SMALL_WORDS]
    return (first if first in ("ca", "cc", "cu") else first[0]) + "".join([word[0] for word in others])


def _named() -> Iterator[tuple[str, str, bool]]:
    for commune in tables.communes().values():
        yield commune.name, f"commune:{commune.code}", False
    for arrondissement in tables.arrondissements().values():
        yield arrondissement.name, f"commune:{arrondissement.code}", False
    for former in tables.former():
        if former.name:
            yield former.name, f"commune:{former.commune}", True
    for epci in tables.epcis().values():
        yield epci.name, f"epci:{epci.code}", False
        yield short_epci(epci.name), f"epci:{epci.code}", False
        yield _acronym(epci.name), f"epci:{epci.code}", True
    for departement in tables.departements().values():
        yield departement.name, f"departement:{departement.code}", False
    yield from _widest()
    for row in named_lists().values():
        yield row.name, f"liste:{row.code}", False


def _widest() -> Iterator[tuple[str, str, bool]]:
    for region in tables.regions().values():
        yield region.name, f"region:{region.code}", False
        if len(acronym := _acronym(region.name)) >= LEAST_ACRONYM:
            yield acronym, f"region:{region.code}", True
    for name in FRANCE:
        yield name, "france", False


@lru_cache(maxsize=1)
def _names() -> tuple[Name, ...]:
    sizes = _sizes()
    return tuple([Name(fold(name), key, sizes[key], old) for name, key, old in _named() if key in sizes])


@lru_cache(maxsize=1)
def _postcodes_by_key() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for postcode, keys in _postcodes().items():
        for key in keys:
            found.setdefault(key, []).append(postcode)
    return {key: tuple(postcodes) for key, postcodes in found.items()}


def postcodes(commune: str) -> tuple[str, ...]:
    """The postcodes of a commune."""
    return _postcodes_by_key().get(f"commune:{commune}", ())


@lru_cache(maxsize=1)
def _postcodes() -> dict[str, tuple[str, ...]]:
    """Postcode → keys; Lyon's own postcodes stand at its arrondissements as well."""
    found: dict[str, list[str]] = {}
    rows = [(row.code, row.postcodes) for row in tables.communes().values()]
    rows += [(row.code, row.postcodes) for row in tables.arrondissements().values()]
    for code, postcodes in rows:
        if f"commune:{code}" in _sizes():
            for postcode in postcodes.split():
                found.setdefault(postcode, []).append(f"commune:{code}")
    return {postcode: tuple(keys) for postcode, keys in found.items()}


def _quality(name: Name, needle: str) -> int | None:
    """0 exact, 1 former name or acronym exact, 2 starts so, 3 a word starts so; None = no match."""
    bare = _ARTICLE.sub("", name.text)
    if needle in (name.text, bare):
        return 1 if name.old else 0
    if name.text.startswith(needle) or bare.startswith(needle):
        return 2
    return 3 if f" {needle}" in name.text else None


def _by_name(needle: str) -> Iterator[tuple[int, int, int, str]]:
    """Rank and key of every place whose name matches: (quality, -population, level, key)."""
    wanted = sorted(needle.split(), key=len, reverse=True)
    for name in _names():
        if wanted[0] not in name.text:
            continue
        if needle in name.text:
            quality = _quality(name, needle)
        elif all(f" {word}" in f" {name.text}" for word in wanted):
            quality = 4
        else:
            continue
        if quality is not None:
            yield quality, -name.size, _ORDER[name.key.partition(":")[0]], name.key


def _named_so(needle: str) -> list[str]:
    """Keys of the places of that name, best first; « mairie de Liévin » is Liévin unless a place is called so."""
    ranked = sorted(_by_name(needle))
    level, name = _meant(needle)
    bare = []
    if level and name and (not ranked or ranked[0][0] > BY_A_WORD):
        bare = sorted(_by_name(name), key=lambda match: (not match[3].startswith(f"{level}:"), match))
    return [key for *_, key in [*bare, *ranked]]


def _meant(needle: str) -> tuple[str, str]:
    """Level and name in « communauté d’agglomération de Lens-Liévin »; no level when no kind is written."""
    kind = _MEANT.match(needle)
    return (str(kind.lastgroup), needle[kind.end() :]) if kind else ("", needle)


def _with_code(code: str) -> list[str]:
    """Keys for a run of digits: a département or EPCI, then a postcode, then a commune's own code."""
    code = code.upper()
    exact = [f"{level}:{code}" for level in ("departement", "epci") if f"{level}:{code}" in _sizes()]
    posted = _postcodes().get(code, ())
    if not posted and 3 <= len(code) <= 4:
        posted = tuple([key for postcode, keys in _postcodes().items() if postcode.startswith(code) for key in keys])
    current = f"commune:{current_commune(code)}"
    return exact + sorted(posted, key=_finest_first) + [current] * (current in _sizes())


def _finest_first(key: str) -> tuple[bool, int, str]:
    """Lyon 4e before Lyon for 69004, else by population."""
    return key.partition(":")[2] in arrondissements_by_commune(), -_sizes()[key], key


def _lies_in(key: str, code: str) -> bool:
    """Whether a place carries this code or postcode, or lies in the département of that number."""
    level, _, own = key.partition(":")
    if level == "epci":
        return any(_lies_in(f"commune:{commune}", code) for commune in tables.epcis()[own].communes)
    return own.startswith(code.upper()) or any(
        postcode.startswith(code) for postcode in _postcodes_by_key().get(key, ())
    )


def _unique(keys: Iterable[str], limit: int) -> list[str]:
    return list(dict.fromkeys(keys))[:limit]


def find(text: str, limit: int = 10) -> list[str]:
    """Keys of the places that a visitor means, best first: "lens", "62300", "lens (62)", "call"."""
    if _KEY.match(text.strip()) and text.strip() in _sizes():
        return [text.strip()]
    folded = fold(text)
    code = _CODE.search(folded)
    needle = " ".join(_CODE.sub(" ", folded).split())
    if not needle:
        return _unique(_with_code(code[0]), limit) if code else []
    found = _named_so(folded)  # « paris 15 », « 1000 étangs »: digits may be a name's
    if code and not found:
        named = _named_so(needle)
        found = [key for key in named[:200] if _lies_in(key, code[0])] or named
    return _unique(found or _alike(_meant(needle)[1], limit), limit)


def _alike(needle: str, limit: int) -> list[str]:
    """Keys of names spelt nearly so; same first letter and close length, which spares nine names out of ten."""
    near = [name for name in _names() if name.text[:1] == needle[:1] and abs(len(name.text) - len(needle)) <= 3]
    texts = difflib.get_close_matches(needle, {name.text for name in near}, n=limit, cutoff=0.75)
    place = {text: rank for rank, text in enumerate(texts)}
    kept = sorted((place[name.text], -name.size, name.key) for name in near if name.text in place)
    return [key for *_, key in kept]


def nearest(text: str, level: str | None = None, limit: int = 3) -> list[str]:
    """Keys to propose when `text` is no known place: alike by name, or by code within a level."""
    found = [key for key in find(text, 50) if level is None or key.startswith(f"{level}:")]
    if not found and level and any(character.isdigit() for character in text):
        codes = {key.partition(":")[2]: key for key in _sizes() if key.startswith(f"{level}:{text[:2].upper()}")}
        found = [codes[code] for code in difflib.get_close_matches(text.upper(), codes, n=limit, cutoff=0.7)]
    return found[:limit]
