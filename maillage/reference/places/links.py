"""How places hang together: old code → commune, arrondissement → commune, commune → EPCI, département, région."""

from collections.abc import Iterable
from functools import lru_cache

from maillage.reference.places import tables


def is_overseas_collectivity(code: str) -> bool:
    """Saint-Pierre-et-Miquelon (975), Saint-Barthélemy (977), Saint-Martin (978), 984 to 989: not départements."""
    return code[:2] == "98" or code[:3] in ("975", "977", "978")


def departement_of(code: str) -> str | None:
    """Département of an actual commune or arrondissement, or of a former code's commune: "69384" → "69"."""
    current = current_commune(code)
    if current is None:
        return None
    return current[:3] if current[:2] in ("97", "98") else current[:2]


def region_of(code: str) -> str | None:
    """Région of a commune, arrondissement or former code: "62498" → "32"."""
    departement = departement_of(code)
    return None if departement is None else tables.departements()[departement].region


@lru_cache(maxsize=1)
def _epci_by_commune() -> dict[str, str]:
    return {commune: epci.code for epci in tables.epcis().values() for commune in epci.communes}


def epci_of(code: str) -> str | None:
    """SIREN of the EPCI of a commune, arrondissement or former code; None for the four islands outside any."""
    current = current_commune(code)
    return None if current is None else _epci_by_commune().get(whole_commune(current))


@lru_cache(maxsize=1)
def _former_codes() -> dict[str, str]:
    return {row.code: row.commune for row in tables.former() if row.code not in tables.communes()}


def current_commune(code: str) -> str | None:
    """Today's commune for any code: itself, its commune when merged since; an arrondissement stays itself.

    None when the code is unknown. Overseas collectivities are known here though they are no leaf.
    """
    if code in tables.communes() or code in tables.arrondissements():
        return code
    return _former_codes().get(code)


def whole_commune(code: str) -> str:
    """The commune of an arrondissement ("69384" → "69123"), any other code unchanged."""
    arrondissement = tables.arrondissements().get(code)
    return arrondissement.commune if arrondissement else code


@lru_cache(maxsize=1)
def arrondissements_by_commune() -> dict[str, tuple[str, ...]]:
    """ "69123" → its nine arrondissements, for Paris, Lyon and Marseille."""
    found: dict[str, list[str]] = {}
    for row in tables.arrondissements().values():
        found.setdefault(row.commune, []).append(row.code)
    return {commune: tuple(codes) for commune, codes in found.items()}


def with_arrondissements(communes: Iterable[str]) -> frozenset[str]:
    """Leaf codes of some communes: themselves, and their arrondissements where they have some."""
    codes = set(communes)
    for commune, parts in arrondissements_by_commune().items():
        if commune in codes:
            codes.update(parts)
    return frozenset(codes)


@lru_cache(maxsize=1)
def communes_by_departement() -> dict[str, tuple[str, ...]]:
    """Actual communes of each département, arrondissements not repeated."""
    found: dict[str, list[str]] = {}
    for code in tables.communes():
        found.setdefault(code[:3] if code[:2] in ("97", "98") else code[:2], []).append(code)
    return {departement: tuple(codes) for departement, codes in found.items()}


@lru_cache(maxsize=1)
def leaf_codes() -> tuple[str, ...]:
    """Communes and arrondissements of the 101 départements, ordered by région, département, EPCI, code.

    The order makes almost every territory a few intervals of positions. Overseas collectivities are left
    out: they are no part of INSEE's « France ».
    """
    region_by_departement = {row.code: row.region for row in tables.departements().values()}
    epci_by_commune = _epci_by_commune()
    keyed = []
    for code in (*tables.communes(), *tables.arrondissements()):
        if is_overseas_collectivity(code):
            continue
        departement = code[:3] if code[:2] == "97" else code[:2]
        epci = epci_by_commune.get(whole_commune(code), "")
        keyed.append((region_by_departement[departement], departement, epci, code))
    return tuple([code for *_, code in sorted(keyed)])
