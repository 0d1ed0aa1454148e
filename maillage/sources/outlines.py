"""Commune outlines: a GeoJSON FeatureCollection of (multi)polygons whose property `code` is the commune."""

import re
from pathlib import Path

from maillage.errors import BadSource
from maillage.sources.container import Container, Sniffed
from maillage.sources.geojson import SURFACES, Geometry, features, is_on_the_globe

COMMUNE_CODE = re.compile(r"(\d\d|2[AB])\d{3}")


def is_outlines(sniffed: Sniffed) -> bool:
    """Is this a collection of surfaces carrying commune codes? Looks at the whole file: outlines are small."""
    if sniffed.container is not Container.JSON or '"FeatureCollection"' not in sniffed.start[:4096]:
        return False
    return bool(load(sniffed.path))


def load(path: Path) -> dict[str, Geometry]:
    """Commune code as written → geometry, untouched. Raises BadSource when the file or an outline is malformed."""
    found = {
        str(properties.get("code", "")): geometry
        for properties, geometry in features(path)
        if geometry is not None and geometry.get("type") in SURFACES
    }
    outlines = {code: geometry for code, geometry in found.items() if COMMUNE_CODE.fullmatch(code)}
    for code, geometry in outlines.items():
        if not is_on_the_globe(geometry):
            message = (
                f"Le contour de la commune {code} du fichier «\u00a0{path.name}\u00a0» n’est pas une surface en "
                "degrés de longitude et de latitude. Prenez-en la version WGS 84, ou téléchargez-le de nouveau."
            )
            raise BadSource(message)
    return outlines
