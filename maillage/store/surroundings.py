"""Writes what a version knows of communes beside firms: outlines, centres, facilities (BPE), zonings."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from maillage.reference.zonings import NEIGHBOURHOOD, zoning
from maillage.sources import bpe, outlines, zonings
from maillage.sources.geojson import polygons
from maillage.sources.inventory import Inventory, sha256
from maillage.store.columns import Establishments
from maillage.store.manifest import SourceFile
from maillage.store.neighbourhoods import by_establishment
from maillage.store.places import (
    AREAS_NAME,
    BPE_NAME,
    CENTRES_NAME,
    NEIGHBOURHOODS_NAME,
    OUTLINE_BOUNDS_NAME,
    OUTLINES_NAME,
    ZONES_NAME,
    Geometry,
)
from maillage.store.reasons import Reason
from maillage.store.writing import save_array, save_bytes, save_json
from maillage.territory import current_commune

ELLIPSOID = Geod(ellps="GRS80")
Points = NDArray[np.float32]  # one (longitude, latitude) per commune, NaN unknown


@dataclass(frozen=True)
class Surroundings:
    """What the manifest must say of these files."""

    sources: tuple[SourceFile, ...]
    bpe_year: int | None


def write_surroundings(
    folder: Path, inventory: Inventory, communes: tuple[str, ...], facts: Establishments
) -> Surroundings:
    """Write outlines, centres, facilities and zonings into a version."""
    shapes, sources = _outlines(inventory, set(communes))
    if shapes:
        _write_outlines(folder, shapes, communes)
        areas = [area(shapes[code]) if code in shapes else np.nan for code in communes]
        save_array(folder / AREAS_NAME, np.array(areas, dtype=np.float32))
    save_array(folder / CENTRES_NAME, _centres(shapes, communes, facts))
    bpe_year, bpe_sources = _write_bpe(folder, inventory)
    return Surroundings((*sources, *bpe_sources, *_write_zones(folder, inventory, communes, facts)), bpe_year)


def _source(path: Path, kind: str, read: int, kept: int) -> SourceFile:
    aside = {Reason.UNKNOWN_COMMUNE.label: read - kept} if read > kept else {}
    return SourceFile(path.name, kind, "", sha256(path), read, kept, aside)


def _outlines(inventory: Inventory, communes: set[str]) -> tuple[dict[str, Geometry], list[SourceFile]]:
    """Outline of each commune of today; those of merged communes are put together. The last file wins."""
    shapes: dict[str, Geometry] = {}
    sources = []
    for path in inventory.outlines:
        parts: dict[str, list[Geometry]] = {}
        given = outlines.load(path)
        for code, geometry in given.items():
            current = current_commune(code)
            if current in communes:
                parts.setdefault(current, []).append(geometry)
        shapes |= {code: _together(pieces) for code, pieces in parts.items()}
        sources.append(_source(path, "Contours des communes", len(given), sum(map(len, parts.values()))))
    return shapes, sources


def _together(pieces: list[Geometry]) -> Geometry:
    if len(pieces) == 1:
        return pieces[0]
    return {"type": "MultiPolygon", "coordinates": [polygon for piece in pieces for polygon in polygons(piece)]}


def _write_outlines(folder: Path, shapes: dict[str, Geometry], communes: tuple[str, ...]) -> None:
    """One blob of GeoJSON geometries and where each commune's starts: a page reads only those it draws."""
    texts = [json.dumps(shapes[code], separators=(",", ":")).encode() if code in shapes else b"" for code in communes]
    save_bytes(folder / OUTLINES_NAME, b"".join(texts))
    save_array(folder / OUTLINE_BOUNDS_NAME, np.cumsum([0, *map(len, texts)], dtype=np.int64))


def _centres(shapes: dict[str, Geometry], communes: tuple[str, ...], facts: Establishments) -> Points:
    """Centre of the outline when there is one, else median position of the establishments of the commune."""
    centres = np.full((len(communes), 2), np.nan, dtype=np.float32)
    placed = np.flatnonzero(np.isfinite(facts.lon))
    commune = facts.commune[placed]  # ascending: establishments are numbered by commune
    bounds = np.searchsorted(commune, np.arange(len(communes) + 1))
    for number in np.unique(commune):
        rows = placed[bounds[number] : bounds[number + 1]]
        centres[number] = np.median(facts.lon[rows]), np.median(facts.lat[rows])
    for number, code in enumerate(communes):
        if code in shapes:
            centres[number] = centroid(shapes[code])
    return centres


def centroid(geometry: Geometry) -> tuple[float, float]:
    """Centre of mass (longitude, latitude) of the outer rings, whichever way they turn; degrees taken as plane."""
    mass = x = y = 0.0
    for rings in polygons(geometry):
        ring = np.asarray(rings[0], dtype=np.float64)[:, :2]
        origin = ring[0]
        (ax, ay), (bx, by) = (ring - origin).T, (np.roll(ring, -1, axis=0) - origin).T
        cross = ax * by - bx * ay
        area = cross.sum() / 2
        if area:
            weight = abs(area)
            x += weight * (origin[0] + ((ax + bx) * cross).sum() / (6 * area))
            y += weight * (origin[1] + ((ay + by) * cross).sum() / (6 * area))
            mass += weight
    if not mass:
        first = polygons(geometry)[0][0][0]
        return float(first[0]), float(first[1])
    return float(x / mass), float(y / mass)


def area(geometry: Geometry) -> float:
    """Square kilometres on the GRS 80 ellipsoid, holes taken out, whichever way the rings turn."""
    found = 0.0
    for outer, *holes in polygons(geometry):
        found += _ring_area(outer) - sum(_ring_area(hole) for hole in holes)
    return found / 1e6


def _ring_area(ring: list[list[float]]) -> float:
    longitudes, latitudes = zip(*(point[:2] for point in ring), strict=True)
    square_metres, _ = ELLIPSOID.polygon_area_perimeter(longitudes, latitudes)
    return abs(float(square_metres))


def _write_bpe(folder: Path, inventory: Inventory) -> tuple[int | None, list[SourceFile]]:
    """Counts by today's commune; the latest file wins when there are several years."""
    year: int | None = None
    sources = []
    for path in inventory.bpe:
        written, found = bpe.load(path)
        counts: Counter[tuple[str, str]] = Counter()
        kept = 0
        for (code, kind), number in written.items():
            current = current_commune(code)
            if current is not None:
                kept += 1
                counts[current, kind] += number
        sources.append(_source(path, "BPE", len(written), kept))
        if year is None or (found or 0) >= year:
            year = found
            save_json(folder / BPE_NAME, [[*key, number] for key, number in sorted(counts.items()) if number])
    return inventory.settings.bpe_year or year, sources


def _write_zones(
    folder: Path, inventory: Inventory, communes: tuple[str, ...], facts: Establishments
) -> list[SourceFile]:
    zones: dict[str, dict[str, str]] = {}
    shapes: list[Geometry] = []
    sources = []
    for path in inventory.zonings:
        name, levels = zonings.load(path)
        known = {current: level for code, level in levels.items() if (current := current_commune(code))}
        outlined = zonings.outlines_of(path)
        shapes += outlined
        if known or not outlined:
            zones.setdefault(name, {}).update(known)
        read, kept = len(levels), sum(current_commune(code) is not None for code in levels)
        if outlined:
            name, read, kept = NEIGHBOURHOOD, len(outlined), len(outlined)
        sources.append(_source(path, f"Zonage\u00a0: {zoning(name).label}", read, kept))
    if zones:
        save_json(folder / ZONES_NAME, zones)
    if shapes:
        named = zones.get(zonings.QPV, {})
        save_array(folder / NEIGHBOURHOODS_NAME, by_establishment(shapes, named, facts, communes))
    return sources
