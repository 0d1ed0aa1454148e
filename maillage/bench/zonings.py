"""Invented zonings of every commune of a set: what the portrait splits by, at the weight of the official files."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Iterable
from pathlib import Path

from maillage.reference.zonings import zoning
from maillage.synthetic.places import centres

_DENSITIES = [level for level, _ in zoning("density").levels]
_LEVELS: dict[str, tuple[str, Callable[[int], str]]] = {
    "niveau_densite": ("insee_com", lambda rank: _DENSITIES[rank % len(_DENSITIES)]),
    "frr": ("codgeo", lambda rank: ("NC", "FRR", "FRR+")[rank % 3]),
    "status": ("insee_code", lambda rank: ("NC", "C", "PC")[rank % 3]),
}
_POINTS, _RADIUS = 60, 0.006
"""Points of an outline, about as many as an official one has, and its radius in degrees."""


def write(communes: Iterable[str], folder: Path) -> None:
    """Write density, FRR and ZRR of every commune, and one neighbourhood around each centre that is known.

    They take the place of the files of the demonstration, which know its communes alone.
    """
    codes = sorted(communes)
    for path in folder.glob("*.csv"):
        path.unlink()
    for head, (column, level) in _LEVELS.items():
        with (folder / f"{head}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([(column, head), *((code, level(rank)) for rank, code in enumerate(codes))])
    quarters = [_quarter(code, *centres()[code]) for code in codes if code in centres()]
    collection = {"type": "FeatureCollection", "features": quarters}
    (folder / "quartiers.geojson").write_text(json.dumps(collection), encoding="utf-8")


def _quarter(code: str, lon: float, lat: float) -> dict[str, object]:
    angles = (2 * math.pi * rank / _POINTS for rank in range(_POINTS))
    ring = [[lon + _RADIUS * math.cos(angle), lat + _RADIUS * math.sin(angle)] for angle in angles]
    return {
        "type": "Feature",
        "properties": {"code_qp": f"QN{code}M", "insee_com": code},
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
    }
