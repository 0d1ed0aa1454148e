"""The EPCI that resemble one another most: a documented distance, the same answer every time."""

from collections.abc import Mapping
from functools import lru_cache
from math import log, sqrt
from statistics import pstdev
from typing import NamedTuple

from maillage.errors import UnknownTerritory
from maillage.reference.places import tables
from maillage.territory import Territory, parse, population, region_of

TOWN = 5_000  # inhabitants from which a commune counts as a town
PARIS_REGION = "11"
OVERSEAS = ("01", "02", "03", "04", "06")
NATURES = {"CC": 0, "CA": 1, "CU": 2, "METRO": 3, "MET69": 3}
# Around Paris and overseas, a town of the same size is another world for shops and workshops.
ELSEWHERE = 4.0
# Population decides first: the counts of two territories are read side by side.
WEIGHTS = {"people": 2.0, "crowding": 1.5, "centre": 1.0, "towns": 1.0, "nature": 1.0}

RULE = (
    "Les huit intercommunalités qui ressemblent le plus à celle-ci : d’abord par le nombre d’habitants, puis par la "
    "densité, puis par la place de la plus grande commune, la part des habitants qui vivent dans une commune d’au "
    "moins 5\u202f000 habitants, et le statut (communauté de communes, d’agglomération, urbaine, ou métropole). "
    "L’Île-de-France, l’outre-mer et le reste du pays ne se mêlent que si rien d’autre ne ressemble."
)
FORMULA = (
    "Cinq écarts au carré s’ajoutent, avec leur poids : population (2), densité (1,5), part de la plus grande commune, "
    "part des habitants des communes d’au moins 5\u202f000 habitants et statut (1 chacun). Population et densité sont "
    "prises en logarithme, et chaque écart est rapporté à l’écart type national. Sans superficies chargées, la "
    "population moyenne par commune tient lieu de densité. Passer de l’Île-de-France, de l’outre-mer ou du reste du "
    "pays à un autre ajoute 4 au total. Les huit totaux les plus petits sont retenus."
)


class Traits(NamedTuple):
    """What is compared: logs of inhabitants and of density (or inhabitants per commune), shares, nature, setting."""

    people: float
    crowding: float
    centre: float
    towns: float
    nature: float
    setting: str


def _setting(epci: tables.Epci) -> str:
    region = region_of(epci.communes[0])
    return "overseas" if region in OVERSEAS else "paris" if region == PARIS_REGION else "elsewhere"


def _traits(epci: tables.Epci, area: float | None) -> Traits:
    inhabitants = [population(code) or 0 for code in epci.communes]
    total = sum(inhabitants)
    return Traits(
        people=log(total),
        crowding=log(total / (area or len(inhabitants))),
        centre=max(inhabitants) / total,
        towns=sum(people for people in inhabitants if people >= TOWN) / total,
        nature=float(NATURES.get(epci.nature, 0)),
        setting=_setting(epci),
    )


def _area(epci: tables.Epci, areas: Mapping[str, float]) -> float | None:
    """Square kilometres of an EPCI, None when one of its communes has no known area."""
    known = [areas[code] for code in epci.communes if code in areas]
    return sum(known) if len(known) == len(epci.communes) else None


@lru_cache(maxsize=1)
def _traits_without_areas() -> dict[str, Traits]:
    return {code: _traits(epci, None) for code, epci in tables.epcis().items()}


def _traits_with(areas: Mapping[str, float]) -> dict[str, Traits]:
    measured = ((code, epci, _area(epci, areas)) for code, epci in tables.epcis().items())
    return {code: _traits(epci, area) for code, epci, area in measured if area}


def _distance(one: Traits, other: Traits, spread: Mapping[str, float]) -> float:
    apart = ELSEWHERE if one.setting != other.setting else 0.0
    for name, weight in WEIGHTS.items():
        apart += weight * ((getattr(one, name) - getattr(other, name)) / spread[name]) ** 2
    return sqrt(apart)


def similar_epci(code: str, n: int = 8, areas: Mapping[str, float] | None = None) -> tuple[Territory, ...]:
    """The `n` EPCI nearest to one, nearest first, equal distances by code; see RULE and FORMULA.

    `areas` gives square kilometres by commune code. EPCI that it does not cover whole are left out, unless the
    asked one is among them: the rule then falls back on inhabitants per commune for all. Raises UnknownTerritory.
    """
    if code not in tables.epcis():
        raise UnknownTerritory(f"Aucune intercommunalité ne porte le code {code}.")
    traits = _traits_with(areas) if areas else {}
    if code not in traits:
        traits = _traits_without_areas()
    spread = {name: pstdev([getattr(one, name) for one in traits.values()]) or 1.0 for name in WEIGHTS}
    ranked = sorted((_distance(traits[code], other, spread), key) for key, other in traits.items() if key != code)
    return tuple([parse(f"epci:{key}") for _, key in ranked[:n]])
