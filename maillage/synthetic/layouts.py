"""Columns of the official files in INSEE’s newest order, with the types of its Parquet files (2026).

The order is that of `maillage.sources`; types: « Dessin des fichiers stock Sirene », INSEE, 2026.
"""

from __future__ import annotations

from collections.abc import Mapping

from maillage.sources import etablissement, historique, succession, unite_legale
from maillage.sources.dataset import Dataset

_TYPES = {
    "BOOLEAN": ("etablissementSiege", "unitePurgeeUniteLegale", "transfertSiege", "continuiteEconomique"),
    "DATE": (
        "dateCreationEtablissement",
        "dateCreationUniteLegale",
        "dateDebut",
        "dateFin",
        "dateLienSuccession",
    ),
    "TIMESTAMP": (
        "dateDernierTraitementEtablissement",
        "dateDernierTraitementUniteLegale",
        "dateDernierTraitementLienSuccession",
    ),
    "BIGINT": (
        "anneeEffectifsEtablissement",
        "anneeEffectifsUniteLegale",
        "anneeCategorieEntreprise",
        "categorieJuridiqueUniteLegale",
        "nombrePeriodesEtablissement",
        "nombrePeriodesUniteLegale",
    ),
}


def newest(dataset: Dataset) -> tuple[str, ...]:
    """Columns of the newest layout of a dataset."""
    return tuple(dataset.layouts.values())[-1]


ETABLISSEMENT = newest(etablissement.DATASET)
UNITE_LEGALE = newest(unite_legale.DATASET)
HISTORIQUE = newest(historique.DATASET)
SUCCESSION = newest(succession.DATASET)


def sql_type(column: str) -> str:
    """Type of a column in the official Parquet files, as DuckDB names it."""
    if column.startswith("changement"):
        return "BOOLEAN"
    return next((kind for kind, names in _TYPES.items() if column in names), "VARCHAR")


def projection(columns: tuple[str, ...], values: Mapping[str, str]) -> str:
    """Select list with every column in official order; those without a SQL expression in ``values`` are NULL."""
    unknown = set(values).difference(columns)
    if unknown:
        raise KeyError(*sorted(unknown))
    parts = (f"CAST({values.get(name, 'NULL')} AS {sql_type(name)}) AS {name}" for name in columns)
    return ",\n  ".join(parts)
