"""Zonings by commune: density grid, rurality, centrality, mountain (INSEE, ANCT), ZRR, priority neighbourhoods (QPV).

A zoning file has one column of commune codes and one column whose name says the zoning.
"""

import csv
import json
from pathlib import Path

from maillage.sources.bpe import separator_of
from maillage.sources.container import Container, Sniffed, split_header
from maillage.sources.text import open_text

COMMUNE_COLUMNS = ("insee_com", "insee_code", "codgeo", "code_commune")
LEVEL_COLUMNS = {
    "niveau_densite": "density",
    "niveau_ruralite": "rurality",
    "niveau_centralite": "centrality",
    "niveau_montagne": "mountain",
    "status": "zrr",
    "code_zone_emploi": "employment_zone",
}
QPV = "qpv"
QPV_LEVEL = "Commune avec quartier prioritaire"
QPV_CODE = "code_qp"

Levels = dict[str, str]  # commune as written → level


def is_zoning(sniffed: Sniffed) -> bool:
    """Does a header (or the first feature of a GeoJSON) announce a zoning?"""
    if sniffed.container is Container.JSON:
        with open_text(sniffed.path) as file:
            start = file.read(4096)
        return f'"{QPV_CODE}"' in start and f'"{COMMUNE_COLUMNS[0]}"' in start
    if sniffed.container not in {Container.CSV, Container.GZIP}:
        return False
    return _columns(split_header(sniffed.first_line, separator_of(sniffed.first_line))) is not None


def load(path: Path) -> tuple[str, Levels]:
    """The name of the zoning and the level of each commune."""
    with open_text(path) as file:
        first_line = file.readline()
        if first_line.lstrip().startswith("{"):
            return QPV, _priority_neighbourhoods(first_line + file.read())
        separator = separator_of(first_line)
        header = split_header(first_line.rstrip("\r\n"), separator)
        commune, level = _columns(header) or (header[0], header[-1])
        rows = csv.DictReader(file, fieldnames=header, delimiter=separator)
        return LEVEL_COLUMNS[level], {row[commune]: row[level].strip() for row in rows if row[level]}


def _priority_neighbourhoods(text: str) -> Levels:
    properties = (feature["properties"] for feature in json.loads(text)["features"])
    return {
        commune.strip(): QPV_LEVEL
        for facts in properties
        if facts.get(QPV_CODE)
        for commune in (facts.get("insee_com") or "").split(",")
    }


def _columns(header: tuple[str, ...]) -> tuple[str, str] | None:
    names = {name.lower(): name for name in header}
    commune = next((names[name] for name in COMMUNE_COLUMNS if name in names), None)
    level = next((names[name] for name in LEVEL_COLUMNS if name in names), None)
    if commune is None or level is None or (level == "status" and commune != "insee_code"):
        return None
    return commune, level
