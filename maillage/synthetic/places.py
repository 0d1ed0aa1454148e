"""Where the invented firms are: the real communes, their names, populations and centres.

Centres come from a small table of facts (API Géo, 2021): to the thousandth of a degree in Lens-Liévin, to the
hundredth in the territories it is compared with. Elsewhere an establishment has no coordinates.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from pyproj import Transformer

from maillage import territory
from maillage.reference.places import tables
from maillage.synthetic.errors import NoInhabitants
from maillage.synthetic.profiles import Profile, profile

Floats = npt.NDArray[np.float64]

SPLIT_COMMUNES = frozenset({"75056", "69123", "13055"})
"""Paris, Lyon, Marseille: Sirene uses their arrondissements."""


@dataclass(frozen=True, eq=False)
class Places:
    """Communes of the generator, one position each; ``x`` and ``y`` in Lambert-93 metres, NaN when unknown."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    postcodes: tuple[str, ...]
    population: Floats
    x: Floats
    y: Floats
    group: npt.NDArray[np.int64]
    profiles: tuple[Profile, ...]

    def __len__(self) -> int:
        return len(self.codes)


def places(communes: Iterable[str], seed: int) -> Places:
    """Facts about each commune that has inhabitants, in the order of their codes.

    Raises NoInhabitants when none has a known population.
    """
    wanted = sorted(set(communes) - SPLIT_COMMUNES)
    codes = tuple(code for code in wanted if territory.population(code))
    if not codes:
        message = "Aucune des communes demandées n’a de population connue : rien à inventer. Vérifiez leurs codes."
        raise NoInhabitants(message)
    keys = [(territory.epci_of(code) or "", territory.region_of(code) or "") for code in codes]
    groups = sorted(set(keys))
    rank = {key: number for number, key in enumerate(groups)}
    lon, lat = _centres(codes)
    x, y = Transformer.from_crs(4326, 2154, always_xy=True).transform(lon, lat)
    return Places(
        codes=codes,
        names=tuple(territory.commune_name(code) for code in codes),
        postcodes=tuple(_postcode(code) for code in codes),
        population=np.array([territory.population(code) or 0 for code in codes], dtype=np.float64),
        x=np.where(np.isnan(lon), np.nan, x),
        y=np.where(np.isnan(lon), np.nan, y),
        group=np.array([rank[key] for key in keys], dtype=np.int64),
        profiles=tuple(profile(epci, region, seed) for epci, region in groups),
    )


@cache
def centres() -> dict[str, tuple[float, float]]:
    """Commune code → (longitude, latitude) of its centre, for the territories of the demonstration."""
    text = files("maillage.synthetic").joinpath("centres.csv").read_text(encoding="utf-8")
    return {row["commune"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(text.splitlines())}


def _centres(codes: tuple[str, ...]) -> tuple[Floats, Floats]:
    known = centres()
    unknown = (np.nan, np.nan)
    pairs = np.array([known.get(code, unknown) for code in codes], dtype=np.float64)
    return pairs[:, 0], pairs[:, 1]


def _postcode(code: str) -> str:
    row = tables.communes().get(code) or tables.arrondissements().get(code)
    return row.postcodes.partition(" ")[0] if row else ""
