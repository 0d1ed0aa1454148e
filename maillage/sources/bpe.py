"""BPE (base permanente des équipements, INSEE): number of facilities per commune and kind.

Official layout: one row per commune and kind (`DEPCOM` or `CODGEO`…, `TYPEQU`, `NB_EQUIP`), or one row per facility.
Pivoted layout: one row per commune, one column per kind, as some producers publish it; an empty cell is 0.
"""

import re
from collections import Counter
from pathlib import Path

from maillage.sources.container import Container, Sniffed
from maillage.sources.rows import header_of, open_rows
from maillage.sources.settings import FIRST_YEAR, LAST_YEAR

COMMUNE_COLUMNS = ("DEPCOM", "CODGEO", "INSEECOM", "GEO")
KIND_COLUMN = "TYPEQU"
COUNT_COLUMN = "NB_EQUIP"
YEAR_COLUMNS = ("AN", "ANNEE")
TOTAL_COLUMN = "Total de NB_EQUIP"
MOST = 10**6  # facilities of one kind in one commune: Paris has some 20 000 of the commonest

Counts = Counter[tuple[str, str]]


def is_bpe(sniffed: Sniffed) -> bool:
    """Does a header announce counts of facilities?"""
    if sniffed.container not in {Container.CSV, Container.GZIP}:
        return False
    header = header_of(sniffed.first_line)
    return _commune_column(header) is not None and (KIND_COLUMN in header or TOTAL_COLUMN in header)


def load(path: Path) -> tuple[Counts, int | None]:
    """(commune as written, kind) → facilities, and their year if the file or its name says it.

    Raises BadSource when a row is cut, a count is no number or a year none of the calendar.
    """
    counts: Counts = Counter()
    years: Counter[int] = Counter()
    with open_rows(path, "d’équipements") as (header, rows):
        commune = _commune_column(header) or header[0]
        year = next((name for name in YEAR_COLUMNS if name in header), None)
        for row in rows:
            years.update([_whole(row[year], FIRST_YEAR, LAST_YEAR)] if year else [])
            counts.update(_official(row, commune) if KIND_COLUMN in header else _pivoted(row, commune))
    return counts, years.most_common(1)[0][0] if years else _year_of(path.name)


def _official(row: dict[str, str], commune: str) -> Counts:
    return Counter({(row[commune], row[KIND_COLUMN]): _whole(row.get(COUNT_COLUMN, "1"), 0, MOST)})


def _pivoted(row: dict[str, str], commune: str) -> Counts:
    kinds = (name for name in row if name not in (commune, TOTAL_COLUMN))
    return Counter({(row[commune], kind): _whole(row[kind], 0, MOST) for kind in kinds if row[kind]})


def _whole(text: str, least: int, most: int) -> int:
    """A whole number between bounds; some producers write 2.0. Raises ValueError."""
    value = float(text or 0)
    if not value.is_integer() or not least <= value <= most:
        raise ValueError(text)
    return int(value)


def _year_of(name: str) -> int | None:
    found = re.search(r"(19|20)\d\d", name)
    return int(found.group()) if found else None


def _commune_column(header: tuple[str, ...]) -> str | None:
    return next((name for name in COMMUNE_COLUMNS if name in header), None)
