"""Zonings by commune: density grid, rurality, centrality, mountain (INSEE, ANCT), ZRR, FRR, neighbourhoods (QPV).

A zoning file has one column of commune codes and one column whose name says the zoning.
"""

from collections.abc import Iterable
from pathlib import Path

from maillage.errors import BadSource
from maillage.sources.container import Container, Sniffed, sniff
from maillage.sources.geojson import SURFACES, Geometry, features, is_on_the_globe, malformed
from maillage.sources.rows import header_of, open_rows

COMMUNE_COLUMNS = ("insee_com", "insee_code", "codgeo", "code_commune")
LEVEL_COLUMNS = {
    "niveau_densite": "density",
    "niveau_ruralite": "rurality",
    "niveau_centralite": "centrality",
    "niveau_montagne": "mountain",
    "libdens": "density",
    "frr": "frr",
    "zrr": "zrr",
    "zrr_simp": "zrr",
    "status": "zrr",
    "code_zone_emploi": "employment_zone",
}
QPV = "qpv"
QPV_LEVEL = "Commune avec quartier prioritaire"
QPV_CODE = "code_qp"
CLASSED = frozenset({"zrr", "frr"})  # « C - Classée en zone de revitalisation rurale »: the first word is the level

Levels = dict[str, str]  # commune as written → level


def is_zoning(sniffed: Sniffed) -> bool:
    """Does a header (or the first feature of a GeoJSON) announce a zoning?"""
    if sniffed.container is Container.JSON:
        return f'"{QPV_CODE}"' in sniffed.start[:4096]
    if sniffed.container not in {Container.CSV, Container.GZIP}:
        return False
    return _columns(header_of(sniffed.first_line)) is not None


def load(path: Path) -> tuple[str, Levels]:
    """The name of the zoning and the level of each commune. Raises BadSource when the file is malformed."""
    if sniff(path).container is Container.JSON:
        return QPV, _priority_neighbourhoods(path)
    with open_rows(path, "de zonage") as (header, rows):
        commune, level = _columns(header) or (header[0], header[-1])
        if level.lower() == QPV_CODE:
            return QPV, _listed(row[commune] for row in rows if row[level])
        name = LEVEL_COLUMNS[level.lower()]
        written = {row[commune]: row[level].strip() for row in rows if row[level].strip()}
    return name, {code: found.split()[0] for code, found in written.items()} if name in CLASSED else written


def outlines_of(path: Path) -> list[Geometry]:
    """The outlines of priority neighbourhoods that a zoning file holds, none for a list. Raises BadSource."""
    if sniff(path).container is not Container.JSON:
        return []
    known = [geometry for properties, geometry in features(path) if properties.get(QPV_CODE) and geometry]
    surfaces = [geometry for geometry in known if geometry.get("type") in SURFACES]
    if not all(is_on_the_globe(surface) for surface in surfaces):
        message = (
            f"Un quartier du fichier «\u00a0{path.name}\u00a0» n’est pas une surface en degrés de longitude et de "
            "latitude. Prenez-en la version WGS 84, ou téléchargez-le de nouveau."
        )
        raise BadSource(message)
    return surfaces


def _priority_neighbourhoods(path: Path) -> Levels:
    written = [
        next((properties[name] for name in COMMUNE_COLUMNS if properties.get(name)), "")
        for properties, _ in features(path)
        if properties.get(QPV_CODE)
    ]
    if not all(isinstance(communes, str) for communes in written):
        raise BadSource(malformed(path))
    return _listed(written)


def _listed(written: Iterable[str]) -> Levels:
    """Communes, several in one text with commas between them."""
    return {commune.strip(): QPV_LEVEL for communes in written for commune in communes.split(",") if commune.strip()}


def _columns(header: tuple[str, ...]) -> tuple[str, str] | None:
    names = {name.lower(): name for name in header}
    commune = next((names[name] for name in COMMUNE_COLUMNS if name in names), None)
    level = next((names[name] for name in (*LEVEL_COLUMNS, QPV_CODE) if name in names), None)
    if commune is None or level is None or (level == "status" and commune != "insee_code"):
        return None
    return commune, level
