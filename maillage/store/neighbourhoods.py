"""Which establishments lie inside the outlines of priority neighbourhoods (QPV), by their own position."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from maillage.reference.places.links import region_of
from maillage.reference.zonings import NEIGHBOURHOOD_LEVELS
from maillage.sources.geojson import Geometry, polygons
from maillage.store.columns import U8, Establishments, Status

INSIDE, OUTSIDE, UNKNOWN = range(len(NEIGHBOURHOOD_LEVELS))


def by_establishment(
    shapes: Sequence[Geometry], named: Iterable[str], facts: Establishments, codes: Sequence[str]
) -> U8:
    """INSIDE, OUTSIDE or UNKNOWN, for each establishment; `named` are communes that the file says have one.

    Unknown: no position, a région in which the file has no neighbourhood at all, since every région has some, or an
    establishment whose address may not be told: its neighbourhood would say more than its commune.
    """
    found = np.full(len(facts), UNKNOWN, dtype=np.uint8)
    inside = _inside_any(shapes, facts.lon, facts.lat)
    touched = {region_of(code) for code in (*named, *(codes[n] for n in np.unique(facts.commune[inside])))} - {None}
    described = np.array([region_of(code) in touched for code in codes])
    found[np.isfinite(facts.lon) & described[facts.commune]] = OUTSIDE
    found[inside] = INSIDE
    found[facts.status == Status.PARTIAL] = UNKNOWN
    return found


def _inside_any(shapes: Sequence[Geometry], lon: NDArray[np.float32], lat: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Positions inside one of the surfaces; those near each are found in the order of their longitude."""
    placed = np.flatnonzero(np.isfinite(lon))
    order = placed[np.argsort(lon[placed], kind="stable")]
    x, y = lon[order].astype(np.float64), lat[order].astype(np.float64)
    hit = np.zeros(len(lon), dtype=bool)
    for polygon in (polygon for shape in shapes for polygon in polygons(shape)):
        rings = [np.asarray([point[:2] for point in ring], dtype=np.float64) for ring in polygon]
        (west, south), (east, north) = rings[0].min(axis=0), rings[0].max(axis=0)
        near = np.arange(np.searchsorted(x, west), np.searchsorted(x, east, side="right"))
        near = near[(y[near] >= south) & (y[near] <= north)]
        if len(near):
            crossed = sum(_crossings(ring, x[near], y[near]) for ring in rings)
            hit[order[near[crossed % 2 == 1]]] = True
    return hit


def _crossings(ring: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
    """How many edges of a ring lie east of each point, on its parallel: odd inside (holes count as well)."""
    count = np.zeros(len(x), dtype=np.int64)
    for (ax, ay), (bx, by) in pairwise(ring):
        if ay != by:
            straddles = (ay > y) != (by > y)
            count += straddles & (x < ax + (y - ay) * (bx - ax) / (by - ay))
    return count
