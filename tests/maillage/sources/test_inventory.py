"""Files are recognised by their header, never by their name; near misses are refused, strangers are listed."""

import gzip
import zipfile

import duckdb
import pytest

from maillage.errors import BadSource
from maillage.sources import etablissement, historique, succession, unite_legale
from maillage.sources.container import Container, sniff
from maillage.sources.inventory import DATASETS, recognise, take_inventory
from tests.maillage.messages import said

STOCK = etablissement.DATASET


def header(dataset, layout=None):
    return ",".join(dataset.layouts[layout or max(dataset.layouts)])


def put(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
def test_each_dataset_is_recognised_under_any_name(tmp_path, dataset):
    for layout in dataset.layouts:
        found = recognise(sniff(put(tmp_path, "anything.txt", header(dataset, layout) + "\n")))
        assert (found.dataset.name, found.layout) == (dataset.name, layout)


def test_a_byte_order_mark_and_quotes_change_nothing(tmp_path):
    quoted = ",".join(f'"{name}"' for name in STOCK.layouts["2020"])
    assert recognise(sniff(put(tmp_path, "a", "\ufeff" + quoted))).dataset is STOCK


def test_an_extract_with_the_required_columns_alone_is_accepted(tmp_path):
    assert recognise(sniff(put(tmp_path, "a", ",".join(sorted(STOCK.required))))).layout == "2020"


@pytest.mark.parametrize(
    ("dataset", "column"),
    [
        (STOCK, "siret"),
        (unite_legale.DATASET, "categorieJuridiqueUniteLegale"),
        (historique.DATASET, "dateFin"),
        (succession.DATASET, "dateLienSuccession"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_missing_column_is_named(tmp_path, dataset, column):
    text = header(dataset).replace(f"{column},", "", 1)
    with pytest.raises(BadSource, match=said(f"ressemble à {dataset.name} mais il y manque : {column}")):
        recognise(sniff(put(tmp_path, "a.csv", text)))


def test_history_of_legal_units_is_a_stranger(tmp_path):
    assert recognise(sniff(put(tmp_path, "a", "siren,dateFin,dateDebut,etatAdministratifUniteLegale"))) is None


@pytest.mark.parametrize("text", ["siren,nom\n1,a", '{"etablissements": []}', "# Title\n\nhello", "a\tb\n"])
def test_other_files_are_strangers(tmp_path, text):
    assert recognise(sniff(put(tmp_path, "a", text))) is None


def test_what_a_file_is_made_of_is_seen_in_its_first_bytes(tmp_path):
    (tmp_path / "g").write_bytes(gzip.compress(b"a,b"))
    with zipfile.ZipFile(tmp_path / "z", "w") as archive:
        archive.writestr("readme.txt", "no table here")
    assert sniff(tmp_path / "g").container is Container.GZIP
    assert sniff(tmp_path / "z").container is Container.OTHER
    assert sniff(put(tmp_path, "j", " [1]")).container is Container.JSON


def test_hidden_files_settings_and_unfinished_downloads_are_not_looked_at(tmp_path):
    put(tmp_path, "stock.csv", header(STOCK))
    (tmp_path / ".git").mkdir()
    put(tmp_path / ".git", "x", "")
    for name in (".gitkeep", "StockUniteLegale.part"):
        put(tmp_path, name, "")
    put(tmp_path, "etabli.json", "{}")
    assert take_inventory(tmp_path).unknown == ()


def test_sub_folders_are_looked_into(tmp_path):
    (tmp_path / "sirene" / "2026-11").mkdir(parents=True)
    put(tmp_path / "sirene" / "2026-11", "stock.csv", header(STOCK))
    put(tmp_path / "sirene", "notes.md", "hello")
    found = take_inventory(tmp_path)
    assert set(found.tables) == {"StockEtablissement"}
    assert found.unknown == ("sirene/notes.md",)


def test_cut_outlines_are_told(tmp_path):
    put(tmp_path, "stock.csv", header(STOCK))
    put(tmp_path, "contours.geojson", '{"type":"FeatureCollection","features":[{"type":"Feature","prop')
    with pytest.raises(BadSource, match=said("« contours.geojson » est tronqué ou mal formé")):
        take_inventory(tmp_path)


def test_outlines_of_departements_are_strangers(tmp_path):
    put(tmp_path, "stock.csv", header(STOCK))
    shape = '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}'
    feature = f'{{"type":"Feature","properties":{{"code":"62"}},"geometry":{shape}}}'
    put(tmp_path, "departements.geojson", f'{{"type":"FeatureCollection","features":[{feature}]}}')
    assert take_inventory(tmp_path).unknown == ("departements.geojson",)


def test_parquet_of_another_world_is_a_stranger(tmp_path):
    put(tmp_path, "stock.csv", header(STOCK))
    with duckdb.connect() as connection:
        connection.sql("SELECT 1 AS siren, 'a' AS nom").write_parquet(str(tmp_path / "other.parquet"))
    assert take_inventory(tmp_path).unknown == ("other.parquet",)
