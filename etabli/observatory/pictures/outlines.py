"""Outlines and centres of communes, projected to px of the drawing.

Coordinates are projected here (plate carrée at the middle latitude: right to a few thousandths over a département)
and drawn as they are. Vega's own projections want exterior rings clockwise, the contrary of RFC 7946, and fill the
whole frame otherwise: with flat coordinates the winding of a file does not matter.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

Geometry = Mapping[str, Any]
Ring = list[list[float]]
LEAST = 0.01  # degrees: a single place is not drawn larger than a commune


@dataclass(frozen=True)
class Projection:
    """From degrees to px: `x = (lon·k - west)·scale`, `y = (north - lat)·scale`."""

    k: float
    west: float
    north: float
    scale: float
    width: float
    height: float

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Px of a place."""
        return (longitude * self.k - self.west) * self.scale, (self.north - latitude) * self.scale


def fitted(places: Iterable[Sequence[float]], width: float, tallest: float, margin: float = 0) -> Projection:
    """The projection that fits all `places` (longitude, latitude) into `width` × `tallest` px at most, centred."""
    points = list(places)
    middle = (min(place[1] for place in points) + max(place[1] for place in points)) / 2
    k = cos(radians(middle))
    west, east = min(place[0] for place in points) * k, max(place[0] for place in points) * k
    south, north = min(place[1] for place in points), max(place[1] for place in points)
    scale = min((width - 2 * margin) / max(east - west, LEAST), (tallest - 2 * margin) / max(north - south, LEAST))
    aside = (width - (east - west) * scale) / 2
    height = (north - south) * scale + 2 * margin
    return Projection(k, west - aside / scale, north + margin / scale, scale, width, height)


def rings_of(geometry: Geometry) -> list[list[Sequence[Sequence[float]]]]:
    """Polygons of a GeoJSON geometry, each a list of rings. Raises ValueError for points and lines."""
    match geometry["type"]:
        case "Polygon":
            return [geometry["coordinates"]]
        case "MultiPolygon":
            return list(geometry["coordinates"])
        case "GeometryCollection":
            return [polygon for part in geometry["geometries"] for polygon in rings_of(part)]
    raise ValueError(f"not an outline: {geometry['type']}")


def corners(geometry: Geometry) -> Iterable[Sequence[float]]:
    """All points of an outline, in degrees."""
    return (point for polygon in rings_of(geometry) for ring in polygon for point in ring)


def flat(geometry: Geometry, projection: Projection, grain: float = 0.4) -> dict[str, Any]:
    """The outline in px as a GeoJSON MultiPolygon; points nearer than `grain` px to the one before are dropped."""
    polygons = []
    for polygon in rings_of(geometry):
        rings = [ring for ring in (_thin(ring, projection, grain) for ring in polygon) if len(ring) >= 4]
        if rings:
            polygons.append(rings)
    return {"type": "MultiPolygon", "coordinates": polygons}


def _thin(ring: Sequence[Sequence[float]], projection: Projection, grain: float) -> Ring:
    kept: Ring = []
    for place in ring:
        x, y = projection.point(place[0], place[1])
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= grain:
            kept.append([round(x, 1), round(y, 1)])
    if kept and kept[0] != kept[-1]:
        kept.append(kept[0])
    return kept


def middle_of(geometry: Geometry) -> tuple[float, float]:
    """(longitude, latitude) of the centre of gravity of the largest polygon of an outline."""
    best, place = -1.0, (0.0, 0.0)
    for polygon in rings_of(geometry):
        area, x, y = _gravity(polygon[0])
        if abs(area) > best:
            best, place = abs(area), (x, y)
    return place


def _gravity(ring: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Signed area (doubled) and centre of gravity of a ring, whatever its winding."""
    total = x = y = 0.0
    for one, two in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = one[0] * two[1] - two[0] * one[1]
        total += cross
        x += (one[0] + two[0]) * cross
        y += (one[1] + two[1]) * cross
    if abs(total) < 1e-12:
        return 0.0, ring[0][0], ring[0][1]
    return total, x / (3 * total), y / (3 * total)
