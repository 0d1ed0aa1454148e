import csv
import hashlib
import io
import json
import math
import zipfile
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from pyproj import Transformer
from stdnum.fr import siret as siret_rules

from maillage.reference.bands import BANDS
from maillage.sources import etablissement, historique, succession, unite_legale
from maillage.synthetic.export import write
from maillage.synthetic.places import centres
from maillage.synthetic.population import Population
from tests.maillage.synthetic.conftest import CALL, OCTOBER

STOCK = "StockEtablissement_utf8.parquet"
UNITS = "StockUniteLegale_utf8.parquet"
HISTORY = "StockEtablissementHistorique_utf8.parquet"
LINKS = "StockEtablissementLiensSuccession_utf8.zip"
PERIOD = "siret, dateDebut, etatAdministratifEtablissement, activitePrincipaleEtablissement"


def ask(folder: Path, sql: str) -> list[tuple]:
    """Rows of a query in which {stock}, {units} and {history} stand for the files of a folder."""
    names = {"stock": STOCK, "units": UNITS, "history": HISTORY}
    return duckdb.sql(sql.format(**{key: f"'{folder / name}'" for key, name in names.items()})).fetchall()


def links(folder: Path) -> list[dict[str, str]]:
    with zipfile.ZipFile(folder / LINKS) as archive:
        (name,) = archive.namelist()
        return list(csv.DictReader(io.TextIOWrapper(archive.open(name), encoding="utf-8")))


def test_same_population_gives_the_same_bytes(call: Population, months: tuple[Path, Path], tmp_path: Path):
    again = write(call, tmp_path, OCTOBER, [CALL])
    for name in (STOCK, UNITS, HISTORY, LINKS, "etabli.json"):
        one, other = ((folder / name).read_bytes() for folder in (months[0], again))
        assert hashlib.sha256(one).digest() == hashlib.sha256(other).digest(), name


@pytest.mark.parametrize(
    ("name", "dataset"),
    [(STOCK, etablissement.DATASET), (UNITS, unite_legale.DATASET), (HISTORY, historique.DATASET)],
)
def test_columns_stand_in_official_order(months, name, dataset):
    header = tuple(row[0] for row in duckdb.sql(f"DESCRIBE FROM '{months[0] / name}'").fetchall())
    assert header == tuple(dataset.layouts.values())[-1]
    assert tuple(links(months[0])[0]) == tuple(succession.DATASET.layouts.values())[-1]


@pytest.mark.real_data
def test_columns_are_those_published_by_insee(months, real_data: Path):
    with (real_data / "sirene" / "description_colonnes_2026-08.csv").open(encoding="utf-8") as file:
        official = list(csv.DictReader(file))
    for name in (STOCK, UNITS, HISTORY):
        published = [row["colonne"] for row in official if f"{row['fichier']}_utf8.parquet" == name]
        assert [row[0] for row in duckdb.sql(f"DESCRIBE FROM '{months[0] / name}'").fetchall()] == published


@pytest.mark.real_data
def test_no_invented_siren_is_a_known_real_one(months, real_data: Path):
    real = f"'{real_data / 'sirene' / 'StockUniteLegale_utf8_extrait_2020-06.csv'}'"
    query = f"SELECT siren FROM {{units}} SEMI JOIN read_csv({real}, all_varchar = true) USING (siren)"
    assert ask(months[0], query) == []


def test_every_siret_is_valid_and_plainly_fictitious(months):
    numbers = [row[0] for row in ask(months[0], "SELECT siret FROM {stock}")]
    assert len(numbers) == len(set(numbers)) > 5_000
    assert all(number.startswith("000") and siret_rules.is_valid(number) for number in numbers)


def test_folder_says_that_its_firms_are_fictitious(months):
    said = json.loads((months[0] / "etabli.json").read_text(encoding="utf-8"))
    assert said == {"fictitious": True, "covers": [CALL], "stock_date": "2026-10-01"}


def test_files_agree_with_one_another(months):
    folder = months[1]
    assert ask(folder, "SELECT count(*) FROM {stock} ANTI JOIN {units} USING (siren)") == [(0,)]
    assert ask(folder, "SELECT count(*) FROM {history} ANTI JOIN {stock} USING (siret)") == [(0,)]
    differing = ask(
        folder,
        f"SELECT {PERIOD} FROM {{history}} WHERE dateFin IS NULL EXCEPT SELECT {PERIOD} FROM {{stock}}",
    )
    assert differing == []
    known = {row[0] for row in ask(folder, "SELECT siret FROM {stock}")}
    ends = ("siretEtablissementPredecesseur", "siretEtablissementSuccesseur")
    assert all(row[end] in known for row in links(folder) for end in ends)


def test_each_unit_has_one_seat(months):
    seats = "SELECT siren FROM {stock} WHERE etablissementSiege GROUP BY siren HAVING count(*) = 1"
    assert len(ask(months[0], seats)) == ask(months[0], "SELECT count(*) FROM {units}")[0][0]


def test_a_month_later_no_past_is_rewritten(months):
    before, after = (str(folder / HISTORY) for folder in months)
    ended = duckdb.sql(
        f"SELECT {PERIOD}, dateFin FROM '{before}' WHERE dateFin IS NOT NULL "
        f"EXCEPT SELECT {PERIOD}, dateFin FROM '{after}'"
    ).fetchall()
    begun = duckdb.sql(f"SELECT {PERIOD} FROM '{before}' EXCEPT SELECT {PERIOD} FROM '{after}'").fetchall()
    assert ended == begun == []


def test_a_month_later_there_is_something_to_see(months):
    before, after = (str(folder / HISTORY) for folder in months)
    news = "SELECT siret, dateDebut, etatAdministratifEtablissement"
    new = duckdb.sql(f"{news} FROM '{after}' EXCEPT {news} FROM '{before}'").fetchall()
    rows = [(day, state) for _, day, state in new if day is not None]
    assert all(OCTOBER <= day <= OCTOBER + timedelta(days=31) for day, _ in rows)
    assert sum(state == "A" for _, state in rows) > 10
    assert sum(state == "F" for _, state in rows) > 5


def test_headcount_bands_are_those_of_insee_and_of_two_years_before(months):
    bands = ask(months[0], "SELECT DISTINCT trancheEffectifsUniteLegale, anneeEffectifsUniteLegale FROM {units}")
    assert {band for band, _ in bands if band} <= {band.code for band in BANDS}
    assert {year for band, year in bands if band} == {2024}


def test_partially_diffusible_persons_show_neither_name_nor_address(months):
    hidden = ask(
        months[0],
        "SELECT DISTINCT nomUniteLegale, libelleVoieEtablissement, codePostalEtablissement "
        "FROM {stock} JOIN {units} USING (siren) "
        "WHERE statutDiffusionEtablissement = 'P' AND categorieJuridiqueUniteLegale = 1000",
    )
    assert hidden == [("[ND]", "[ND]", "[ND]")]


def test_median_position_of_a_commune_is_its_centre(months):
    rows = ask(
        months[0],
        "SELECT codeCommuneEtablissement, median(TRY_CAST(coordonneeLambertAbscisseEtablissement AS DOUBLE)), "
        "median(TRY_CAST(coordonneeLambertOrdonneeEtablissement AS DOUBLE)) "
        "FROM {stock} GROUP BY 1 HAVING count(*) > 60",
    )
    to_metres = Transformer.from_crs(4326, 2154, always_xy=True)
    assert len(rows) > 25
    for code, x, y in rows:
        east, north = to_metres.transform(*centres()[code])
        assert math.hypot(x - east, y - north) < 300, code


def test_thirty_six_communes_all_with_their_names_and_postcodes(months):
    rows = ask(
        months[0],
        "SELECT DISTINCT codeCommuneEtablissement, libelleCommuneEtablissement, codePostalEtablissement FROM {stock} "
        "WHERE statutDiffusionEtablissement = 'O'",
    )
    assert len(rows) == 36
    assert ("62510", "LIEVIN", "62800") in rows
