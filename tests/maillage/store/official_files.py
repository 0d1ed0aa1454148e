"""Small official files for tests: rows are dictionaries, absent columns are empty.

A build refuses a file of which more than 1 % of the rows are bad: `crowd` makes the good ones around a bad one.
"""

import csv
from pathlib import Path

import duckdb

from maillage.sources import etablissement, historique, succession, unite_legale
from maillage.sources.inventory import DATASETS

STOCK = etablissement.DATASET
UNITS = unite_legale.DATASET
HISTORY = historique.DATASET
LINKS = succession.DATASET
LENS, LIEVIN, LYON_4 = "62498", "62510", "69384"
BAKERY, BUTCHER, OFFICE = "10.71C", "47.22Z", "70.22Z"
TYPES = {"dateCreationEtablissement": "DATE", "dateDebut": "DATE", "dateFin": "DATE"}


def siret(number):
    """A SIRET of the 000 block."""
    return f"{number:09d}00011"


def establishment(number, **facts):
    """A bakery of Lens, open since 2015; `facts` are short names of columns: naf, commune, created, begun…"""
    row = {
        "siren": siret(number)[:9],
        "nic": "00011",
        "siret": siret(number),
        "statutDiffusionEtablissement": facts.pop("diffusion", "O"),
        "dateCreationEtablissement": facts.pop("created", "2015-03-01"),
        "dateDernierTraitementEtablissement": facts.pop("treated", "2026-09-30T10:00:00"),
        "etablissementSiege": "true",
        "codeCommuneEtablissement": facts.pop("commune", LENS),
        "dateDebut": facts.pop("begun", "2015-03-01"),
        "etatAdministratifEtablissement": facts.pop("state", "A"),
        "activitePrincipaleEtablissement": facts.pop("naf", BAKERY),
        "nomenclatureActivitePrincipaleEtablissement": facts.pop("nomenclature", "NAFRev2"),
    }
    return row | facts


def crowd(size=200, first=1000, **facts):
    """Many like it."""
    return [establishment(first + number, **facts) for number in range(size)]


def period(number, start, end="", state="A", naf=BAKERY, nomenclature="NAFRev2"):
    """A row of the history; both days are inside the period."""
    return {
        "siren": siret(number)[:9],
        "nic": "00011",
        "siret": siret(number),
        "dateDebut": start,
        "dateFin": end,
        "etatAdministratifEtablissement": state,
        "activitePrincipaleEtablissement": naf,
        "nomenclatureActivitePrincipaleEtablissement": nomenclature,
    }


def unit(number, **facts):
    """A company."""
    return {
        "siren": siret(number)[:9],
        "statutDiffusionUniteLegale": "O",
        "trancheEffectifsUniteLegale": "02",
        "anneeEffectifsUniteLegale": "2024",
        "denominationUniteLegale": f"ESSAI {number}",
        "categorieJuridiqueUniteLegale": "5499",
        "economieSocialeSolidaireUniteLegale": "N",
        "caractereEmployeurUniteLegale": "O",
    } | facts


def link(before, after, day="2020-01-01"):
    """A succession."""
    return {
        "siretEtablissementPredecesseur": siret(before),
        "siretEtablissementSuccesseur": siret(after),
        "dateLienSuccession": day,
    }


def write_csv(path: Path, dataset, rows, layout=None, separator=",", encoding="utf-8", without=()):
    """An official CSV, newest layout by default."""
    columns = [name for name in dataset.layouts[layout or max(dataset.layouts)] if name not in without]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", delimiter=separator, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_parquet(path: Path, dataset, rows, *, dates=True):
    """The same as Parquet; INSEE writes dates as DATE or as text."""
    text = write_csv(path.with_suffix(".tmp"), dataset, rows)
    assert dataset in DATASETS
    columns = [
        f'CAST("{name}" AS {TYPES[name]}) AS "{name}"' if dates and name in TYPES else f'"{name}"'
        for name in dataset.layouts[max(dataset.layouts)]
    ]
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT {', '.join(columns)} FROM read_csv('{text}', all_varchar=true)) TO '{path}' (FORMAT parquet)"
        )
    text.unlink()
    return path
