"""BPE (base permanente des équipements, INSEE): number of facilities per commune and kind.

Official layout: one row per commune and kind (`DEPCOM` or `CODGEO`…, `TYPEQU`, `NB_EQUIP`), or one row per facility.
Pivoted layout: one row per commune, one column per kind, as some producers publish it; an empty cell is 0.
"""

import csv
import re
from collections import Counter
from pathlib import Path

from maillage.errors import BadSource
from maillage.sources.container import Container, Sniffed, split_header
from maillage.sources.text import open_text

COMMUNE_COLUMNS = ("DEPCOM", "CODGEO", "INSEECOM", "GEO")
KIND_COLUMN = "TYPEQU"
COUNT_COLUMN = "NB_EQUIP"
YEAR_COLUMNS = ("AN", "ANNEE")
TOTAL_COLUMN = "Total de NB_EQUIP"

Counts = Counter[tuple[str, str]]


def is_bpe(sniffed: Sniffed) -> bool:
    """Does a header announce counts of facilities?"""
    if sniffed.container not in {Container.CSV, Container.GZIP}:
        return False
    header = split_header(sniffed.first_line, separator_of(sniffed.first_line))
    return _commune_column(header) is not None and (KIND_COLUMN in header or TOTAL_COLUMN in header)


def separator_of(line: str) -> str:
    """INSEE publishes the BPE with « ; » or « , » according to the year."""
    return ";" if line.count(";") > line.count(",") else ","


def load(path: Path) -> tuple[Counts, int | None]:
    """(commune as written, kind) → facilities, and their year if the file or its name says it.

    Raises BadSource when a row is cut or a count is no number.
    """
    counts: Counts = Counter()
    years: Counter[str] = Counter()
    with open_text(path) as file:
        first_line = file.readline().rstrip("\r\n")
        separator = separator_of(first_line)
        header = split_header(first_line, separator)
        commune = _commune_column(header) or header[0]
        year = next((name for name in YEAR_COLUMNS if name in header), None)
        reader = csv.DictReader(file, fieldnames=header, delimiter=separator)
        try:
            for row in reader:
                years.update([row[year]] if year else [])
                counts.update(_official(row, commune) if KIND_COLUMN in header else _pivoted(row, commune))
            return counts, _year(years, path.name)
        except UnicodeDecodeError:  # a ValueError too, which `open_text` tells better
            raise
        except (ValueError, TypeError) as error:  # a word for a number, a row without all its cells
            message = (
                f"Le fichier d’équipements « {path.name} » est mal formé à la ligne {reader.line_num + 1} : "
                "un nombre était attendu. Téléchargez-le de nouveau."
            )
            raise BadSource(message) from error


def _official(row: dict[str, str], commune: str) -> Counts:
    return Counter({(row[commune], row[KIND_COLUMN]): _number(row.get(COUNT_COLUMN, "1"))})


def _pivoted(row: dict[str, str], commune: str) -> Counts:
    kinds = (name for name in row if name not in (commune, TOTAL_COLUMN))
    return Counter({(row[commune], kind): _number(row[kind]) for kind in kinds if row[kind]})


def _number(text: str) -> int:
    return int(float(text or 0))


def _year(years: Counter[str], name: str) -> int | None:
    if years:
        return int(years.most_common(1)[0][0])
    found = re.search(r"(19|20)\d\d", name)
    return int(found.group()) if found else None


def _commune_column(header: tuple[str, ...]) -> str | None:
    return next((name for name in COMMUNE_COLUMNS if name in header), None)
