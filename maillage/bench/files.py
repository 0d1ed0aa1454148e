"""How long it takes to invent and write official files, and to build a store from them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import duckdb

from maillage.bench.figure import Figure, figure, seconds
from maillage.bench.scene import Scene, Set

SAMPLE = 20_000
"""Rows written by the peer, one at a time; its time is scaled to the whole file."""


def generate(scene: Scene) -> Iterator[Figure]:
    """Invent and write a million establishments, beside Python's csv writing the same rows one at a time."""
    large = scene.large
    ours = large.generate + large.write
    yield figure(
        "generate",
        ours,
        "s",
        f"inventer et écrire {large.shops} établissements, leurs unités légales et leurs périodes",
        peer=("csv de Python, ligne par ligne, extrapolé (les lignes étant déjà inventées)", _row_by_row(large)),
        limit=_copy(large),
    )


def build(scene: Scene) -> Iterator[Figure]:
    """Build a store, beside DuckDB filtering and sorting the same rows into one Parquet file."""
    large = scene.large
    yield figure(
        "build",
        large.build,
        "s",
        f"importer {large.shops} établissements, périodes et liens, avec contrôles et rapport",
        peer=("DuckDB\u00a0: joindre, filtrer, trier vers un Parquet, sans interprétation", _filter_and_sort(large)),
        limit=_read(large),
    )


def _row_by_row(large: Set) -> float:
    """Seconds to write every row of the three tables with Python's csv, from a sample."""
    total = 0.0
    for dataset in ("StockEtablissement", "StockUniteLegale", "StockEtablissementHistorique"):
        with duckdb.connect() as connection:
            source = connection.sql(f"FROM {large.file(dataset)}")
            rows = source.limit(SAMPLE).fetchall()
            (count,) = source.count("*").fetchall()[0]
        total += seconds(partial(_write_csv, rows, large.folder)) * count / max(len(rows), 1)
    return total


def _write_csv(rows: list[tuple[object, ...]], folder: Path) -> None:
    path = folder / "peer.csv.tmp"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for row in rows:
            writer.writerow(["" if value is None else str(value) for value in row])
    path.unlink()


def _copy(large: Set) -> float:
    """Floor of writing: DuckDB copying the same three files, values already made."""

    def work() -> None:
        for dataset in ("StockEtablissement", "StockUniteLegale", "StockEtablissementHistorique"):
            path = large.folder / "peer.parquet.tmp"
            with duckdb.connect() as connection:
                connection.sql(f"FROM {large.file(dataset)}").write_parquet(str(path), compression="zstd")
            path.unlink()

    return seconds(work)


def _filter_and_sort(large: Set) -> float:
    def work() -> None:
        path = large.folder / "peer.parquet.tmp"
        with duckdb.connect() as connection:
            stock = connection.sql(f"FROM {large.file('StockEtablissement')}").set_alias("stock")
            history = connection.sql(f"FROM {large.file('StockEtablissementHistorique')}").set_alias("history")
            joined = stock.join(history, "stock.siret = history.siret").project(
                "stock.siret, codeCommuneEtablissement, history.activitePrincipaleEtablissement, history.dateDebut, "
                "history.dateFin, trancheEffectifsEtablissement, stock.enseigne1Etablissement, libelleVoieEtablissement"
            )
            kept = joined.filter("activitePrincipaleEtablissement IS NOT NULL").order("2, 3, 4")
            kept.write_parquet(str(path), compression="zstd")
        path.unlink()

    return seconds(work)


def _read(large: Set) -> float:
    """Floor of importing: decoding the columns of the three files that a store needs."""

    def work() -> None:
        with duckdb.connect() as connection:
            for dataset, columns in _NEEDED.items():
                sums = ", ".join(f"max({column}::VARCHAR)" for column in columns)
                connection.sql(f"FROM {large.file(dataset)}").aggregate(sums).fetchall()

    return seconds(work)


_NEEDED = {
    "StockEtablissement": (
        "siret",
        "dateCreationEtablissement",
        "codeCommuneEtablissement",
        "trancheEffectifsEtablissement",
        "activitePrincipaleRegistreMetiersEtablissement",
        "coordonneeLambertAbscisseEtablissement",
        "coordonneeLambertOrdonneeEtablissement",
        "enseigne1Etablissement",
        "libelleVoieEtablissement",
    ),
    "StockUniteLegale": (
        "siren",
        "trancheEffectifsUniteLegale",
        "categorieJuridiqueUniteLegale",
        "denominationUniteLegale",
        "nomUniteLegale",
    ),
    "StockEtablissementHistorique": (
        "siret",
        "dateDebut",
        "dateFin",
        "etatAdministratifEtablissement",
        "activitePrincipaleEtablissement",
    ),
}
