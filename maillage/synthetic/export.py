"""Writes a population as the four official files, as they would be published at a date."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import duckdb

from maillage.synthetic import expressions
from maillage.synthetic.layouts import ETABLISSEMENT, HISTORIQUE, SUCCESSION, UNITE_LEGALE, projection
from maillage.synthetic.population import Population
from maillage.synthetic.snapshot import Columns, snapshot
from maillage.synthetic.zonings import write_zonings

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""Date written in the archive: always the same, so that the same population gives the same bytes."""


def write(population: Population, folder: Path, on: date, covers: Iterable[str] = ()) -> Path:
    """Write the official files of the stock of ``on``, zonings, and ``etabli.json`` that says they are fictitious.

    ``covers``: keys of the territories generated whole (« epci:246200364 »). Existing files are replaced. Raises
    OSError when the disk refuses.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = snapshot(population, on)
    with duckdb.connect(config={"preserve_insertion_order": "true"}) as connection:
        connection.execute(expressions.macros(population.places))
        _parquet(connection, known.shops, ETABLISSEMENT, expressions.etablissement(on), folder / _NAMES[0])
        _parquet(connection, known.firms, UNITE_LEGALE, expressions.unite_legale(on), folder / _NAMES[1])
        _parquet(connection, known.periods, HISTORIQUE, expressions.historique(), folder / _NAMES[2])
        _zipped(connection, known.links, folder / _NAMES[3])
    write_zonings(population.places.codes, folder)
    said = {"fictitious": True, "covers": sorted(covers), "stock_date": on.isoformat()}
    (folder / "etabli.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    return folder


_NAMES = (
    "StockEtablissement_utf8.parquet",
    "StockUniteLegale_utf8.parquet",
    "StockEtablissementHistorique_utf8.parquet",
    "StockEtablissementLiensSuccession_utf8.zip",
)


def _parquet(
    connection: duckdb.DuckDBPyConnection,
    rows: Columns,
    columns: tuple[str, ...],
    values: Mapping[str, str],
    path: Path,
) -> None:
    connection.register("snapshot_rows", rows)
    chosen = connection.view("snapshot_rows").project(projection(columns, values))
    chosen.write_parquet(str(path), compression="zstd")
    connection.unregister("snapshot_rows")


def _zipped(connection: duckdb.DuckDBPyConnection, rows: Columns, path: Path) -> None:
    """The succession links, which INSEE publishes as one CSV in an archive."""
    text = path.with_suffix(".csv")
    connection.register("snapshot_rows", rows)
    chosen = connection.view("snapshot_rows").project(projection(SUCCESSION, expressions.succession()))
    chosen.order("1, 2").write_csv(str(text), header=True)
    connection.unregister("snapshot_rows")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(text.name, _LONG_AGO), text.read_bytes(), zipfile.ZIP_DEFLATED)
    text.unlink()
