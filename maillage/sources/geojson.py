"""GeoJSON as producers publish it: its features, and whether a surface is one on the globe."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from maillage.errors import BadSource
from maillage.sources.text import open_text

SURFACES = ("Polygon", "MultiPolygon")
SMALLEST_RING = 4  # positions, the last one being the first again (RFC 7946)
GLOBE = (180, 90)  # degrees of longitude and latitude, either side of zero

Geometry = dict[str, Any]
Feature = tuple[dict[str, Any], Geometry | None]  # properties, geometry


def features(path: Path) -> list[Feature]:
    """Properties and geometry of each feature of a collection. Raises BadSource when it is not one, to its end."""
    try:
        with open_text(path) as file:
            return [_feature(each) for each in json.load(file)["features"]]
    except UnicodeDecodeError:  # a ValueError too, which `open_text` tells better
        raise
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise BadSource(malformed(path)) from error


def malformed(path: Path) -> str:
    """The refusal of a GeoJSON that is cut, or not made as it should."""
    return (
        f"Le fichier GeoJSON «\u00a0{path.name}\u00a0» est tronqué ou mal formé. "
        "Téléchargez-le de nouveau, ou retirez-le du dossier s’il n’y sert pas."
    )


def _feature(plain: Any) -> Feature:
    properties, geometry = plain.get("properties", {}), plain.get("geometry")
    if not isinstance(properties, dict | None) or not isinstance(geometry, dict | None):
        raise TypeError(plain)
    return properties or {}, geometry


def polygons(surface: Geometry) -> list[Any]:
    """The polygons of a Polygon or a MultiPolygon, each a list of rings."""
    coordinates: list[Any] = surface["coordinates"]
    return [coordinates] if surface["type"] == "Polygon" else coordinates


def is_on_the_globe(surface: Geometry) -> bool:
    """Is a Polygon or a MultiPolygon made of closed rings of longitudes and latitudes in degrees?"""
    try:
        return _filled(polygons(surface)) and all(
            _filled(rings) and all(_is_ring(ring) for ring in rings) for rings in polygons(surface)
        )
    except KeyError:
        return False


def _filled(value: Any) -> bool:
    return isinstance(value, list) and bool(value)


def _is_ring(ring: Any) -> bool:
    try:
        points = np.asarray(ring)
    except (ValueError, OverflowError):  # positions of unequal lengths; a whole number of 400 digits
        return False
    if points.dtype.kind not in "if" or points.ndim != 2 or len(points) < SMALLEST_RING or points.shape[1] < 2:
        return False
    inside = np.isfinite(points[:, :2]) & (np.abs(points[:, :2]) <= GLOBE)
    return bool(inside.all()) and bool((points[0] == points[-1]).all())
