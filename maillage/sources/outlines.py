"""Commune outlines: a GeoJSON FeatureCollection of (multi)polygons whose property `code` is the commune."""

import json
import re
from pathlib import Path
from typing import Any

from maillage.errors import BadSource
from maillage.sources.container import Container, Sniffed
from maillage.sources.text import open_text

COMMUNE_CODE = re.compile(r"(\d\d|2[AB])\d{3}")
SURFACES = ("Polygon", "MultiPolygon")

Geometry = dict[str, Any]


def is_outlines(sniffed: Sniffed) -> bool:
    """Is this a collection of surfaces carrying commune codes? Looks at the whole file: outlines are small."""
    if sniffed.container is not Container.JSON:
        return False
    with open_text(sniffed.path) as file:
        if '"FeatureCollection"' not in file.read(4096):
            return False
    return next(iter(load(sniffed.path)), None) is not None


def load(path: Path) -> dict[str, Geometry]:
    """Commune code as written → geometry, untouched. Raises BadSource when the file is not JSON to its end."""
    try:
        with open_text(path) as file:
            features = json.load(file).get("features", [])
    except ValueError as error:
        message = f"Le fichier de contours « {path.name} » est tronqué ou mal formé. Téléchargez-le de nouveau."
        raise BadSource(message) from error
    found = ((str((feature.get("properties") or {}).get("code", "")), feature.get("geometry")) for feature in features)
    return {
        code: geometry
        for code, geometry in found
        if COMMUNE_CODE.fullmatch(code) and geometry and geometry.get("type") in SURFACES
    }
