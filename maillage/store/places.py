"""What a store knows of the communes beside firms: outlines, centres, counts of facilities (BPE), zonings."""

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.store.damage import load_array, told

CENTRES_NAME = "centres.npy"
AREAS_NAME = "areas.npy"
OUTLINES_NAME = "outlines.bin"
OUTLINE_BOUNDS_NAME = "outlines.npy"
BPE_NAME = "bpe.json"
ZONES_NAME = "zones.json"
NEIGHBOURHOODS_NAME = "neighbourhoods.npy"

Geometry = dict[str, Any]


class Places:
    """Read side of the commune files of one version; every file is optional but the centres."""

    def __init__(self, folder: Path, numbers: dict[str, int]) -> None:
        self._folder = folder
        self._numbers = numbers
        self._centres = load_array(folder / CENTRES_NAME, np.float32)

    @property
    def count(self) -> int:
        """How many communes the centres are of."""
        return len(self._centres)

    def centre(self, code: str) -> tuple[float, float] | None:
        """(longitude, latitude) of a commune in degrees: of its outline, else the median of its establishments."""
        number = self._numbers.get(code)
        if number is None or np.isnan(self._centres[number, 0]):
            return None
        return float(self._centres[number, 0]), float(self._centres[number, 1])

    @cached_property
    def areas(self) -> dict[str, float]:
        """Commune → square kilometres of its outline; empty when no outline was loaded."""
        path = self._folder / AREAS_NAME
        if not path.exists():
            return {}
        areas = load_array(path, np.float32)
        with told(path):
            return {code: float(areas[number]) for code, number in self._numbers.items() if np.isfinite(areas[number])}

    @cached_property
    def has_outlines(self) -> bool:
        """Were commune outlines loaded?"""
        return (self._folder / OUTLINE_BOUNDS_NAME).exists()

    def outline(self, code: str) -> Geometry | None:
        """GeoJSON geometry of a commune as it was given (any winding), or None."""
        number = self._numbers.get(code)
        if number is None or not self.has_outlines:
            return None
        with told(self._folder / OUTLINE_BOUNDS_NAME):
            start, end = self._bounds[number : number + 2]
        if start == end:
            return None
        path = self._folder / OUTLINES_NAME
        with told(path), path.open("rb") as file:
            file.seek(start)
            geometry: Geometry = {**json.loads(file.read(end - start))}
        return geometry

    @cached_property
    def _bounds(self) -> list[int]:
        bounds: list[int] = load_array(self._folder / OUTLINE_BOUNDS_NAME, np.int64).tolist()
        return bounds

    @cached_property
    def bpe(self) -> dict[tuple[str, str], int]:
        """(commune, facility label or TYPEQU code) → number of facilities; empty when no BPE was loaded."""
        with told(self._folder / BPE_NAME):
            return {(commune, label): count for commune, label, count in self._read(BPE_NAME, [])}

    @cached_property
    def zones(self) -> dict[str, dict[str, str]]:
        """Zoning → commune → level; zonings: density, rurality, centrality, mountain, zrr, qpv… when loaded."""
        with told(self._folder / ZONES_NAME):
            return {zoning: dict(levels) for zoning, levels in self._read(ZONES_NAME, {}).items()}

    @cached_property
    def neighbourhoods(self) -> NDArray[np.uint8] | None:
        """Of each establishment, the number of its level in NEIGHBOURHOOD_LEVELS; None when no outline was loaded."""
        path = self._folder / NEIGHBOURHOODS_NAME
        return load_array(path, np.uint8) if path.exists() else None

    def _read(self, name: str, default: Any) -> Any:
        path = self._folder / name
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else default
