"""Puts the real extracts of Lyon 4e and Metz in the official layout, so that they go through the build like any file.

Nothing is invented: what an extract lacks stays empty, except where a rule is written below.
"""

import csv
import gzip
import json
from pathlib import Path

import duckdb
from pyproj import Transformer

from maillage.sources import etablissement, historique, unite_legale

STOCK_COLUMNS = etablissement.DATASET.layouts["2026"]
HISTORY_COLUMNS = historique.DATASET.layouts["2020"]
UNIT_COLUMNS = unite_legale.DATASET.layouts["2026"]
LYON = "sirene/periodes_etablissements_69384_lyon4_2026.parquet"
LYON_STOCK_DATE = "2026-07-31"
METZ = "sirene/etablissements_57463_metz_vers_2015.csv.gz"
METZ_STOCK_DATE = "2015-12-31"
# Forms of the codes tell the nomenclature; NAF 1993 and NAF rév. 1 share theirs, INSEE went over in 2003.
NOMENCLATURE = """
    CASE WHEN code_ape IS NULL THEN NULL
         WHEN regexp_full_match(code_ape, '[0-9]{2}\\.[0-9]{2}[A-Z]') THEN 'NAFRev2'
         WHEN regexp_full_match(code_ape, '[0-9]{2}\\.[0-9][A-Z]')
              THEN CASE WHEN dateDebut < DATE '2003-01-01' THEN 'NAF1993' ELSE 'NAFRev1' END
         ELSE 'NAP' END
"""


def lyon_source(real_data: Path, folder: Path) -> Path:
    """Write the stock and the history of Lyon 4e (69384) into `folder`, as Parquet, 2026 layout; returns `folder`.

    The extract has periods only: today's period makes the stock row, the first one gives the day of creation
    (1900-01-01 and empty days, which mean « unknown », stay so). Diffusion status: « O », the extract keeps no other.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(
            f"CREATE TABLE period AS SELECT *, {NOMENCLATURE} AS nomenclature FROM read_parquet(?)",
            [str(real_data / LYON)],
        )
        known = {
            "siren": "siret[:9]",
            "nic": "siret[10:]",
            "siret": "siret",
            "dateDebut": '"dateDebut"',
            "dateFin": '"dateFin"',
            "etatAdministratifEtablissement": "etat",
            "activitePrincipaleEtablissement": "code_ape",
            "nomenclatureActivitePrincipaleEtablissement": "nomenclature",
        }
        _write(connection, folder / "historique.parquet", HISTORY_COLUMNS, known, "period")
        stock = known | {
            "statutDiffusionEtablissement": "'O'",
            "dateCreationEtablissement": 'min("dateDebut") OVER (PARTITION BY siret)',
            "trancheEffectifsEtablissement": "code_tranche",
            "nombrePeriodesEtablissement": "count(*) OVER (PARTITION BY siret)",
            "libelleCommuneEtablissement": "libelle_commune",
            "codeCommuneEtablissement": "code_commune",
        }
        _write(connection, folder / "etablissements.parquet", STOCK_COLUMNS, stock, 'period QUALIFY "dateFin" IS NULL')
    return _settings(folder, "commune:69384", LYON_STOCK_DATE)


def metz_source(real_data: Path, folder: Path) -> Path:
    """Write the stocks of Metz (57463, about 2015) into `folder`, as CSV, 2026 layout; returns `folder`.

    Every establishment is active since an unknown day; longitudes and latitudes become Lambert-93 metres again; the
    band « 99 », which is none of INSEE's, is left out. Legal units have their name, and nothing else is known of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(real_data / METZ, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    to_lambert = Transformer.from_crs(4326, 2154, always_xy=True)
    stock = [_metz_establishment(row, to_lambert) for row in rows]
    units = {row["siret"][:9]: row["raisonsociale"] for row in rows}
    named = [
        {"siren": siren, "denominationUniteLegale": name, "statutDiffusionUniteLegale": "O"}
        for siren, name in units.items()
    ]
    _write_csv(folder / "etablissements.csv", STOCK_COLUMNS, stock)
    _write_csv(folder / "unites.csv", UNIT_COLUMNS, named)
    return _settings(folder, "commune:57463", METZ_STOCK_DATE)


def _metz_establishment(row: dict[str, str], to_lambert: Transformer) -> dict[str, str]:
    lon, lat = float(row["coordinates_x"]), float(row["coordinates_y"])
    x, y = to_lambert.transform(lon, lat) if lon else ("[ND]", "[ND]")
    return {
        "siren": row["siret"][:9],
        "nic": row["siret"][9:],
        "siret": row["siret"],
        "statutDiffusionEtablissement": "O",
        "trancheEffectifsEtablissement": "" if row["trancheeffectif"] == "99" else row["trancheeffectif"],
        "numeroVoieEtablissement": row["numerorue"],
        "libelleVoieEtablissement": row["libellerue"],
        "codePostalEtablissement": row["codepostal"],
        "codeCommuneEtablissement": row["codecommune"],
        "coordonneeLambertAbscisseEtablissement": str(x),
        "coordonneeLambertOrdonneeEtablissement": str(y),
        "etatAdministratifEtablissement": "A",
        "enseigne1Etablissement": row["enseigne"],
        "activitePrincipaleEtablissement": f"{row['codenaf'][:2]}.{row['codenaf'][2:]}",
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
    }


def _write_csv(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _write(
    connection: duckdb.DuckDBPyConnection, path: Path, columns: tuple[str, ...], known: dict[str, str], rows: str
) -> None:
    """Every official column in its order, NULL where the extract says nothing."""
    listed = ", ".join(f'{known.get(name, "NULL::VARCHAR")} AS "{name}"' for name in columns)
    connection.execute(f"COPY (SELECT {listed} FROM {rows}) TO '{path}' (FORMAT parquet)")


def _settings(folder: Path, covers: str, stock_date: str) -> Path:
    settings = {"covers": [covers], "stock_date": stock_date}
    (folder / "etabli.json").write_text(json.dumps(settings), encoding="utf-8")
    return folder
