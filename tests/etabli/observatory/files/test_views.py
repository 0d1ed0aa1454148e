"""Pictures and tables at their own addresses: right type, stamped, kept by the reader until the store changes."""

import csv
import io
import json
import zipfile
from xml.etree import ElementTree as ET

import pytest

from tests.etabli.conftest import LENS_LIEVIN

PICTURES = ("carte", "creations", "mouvement", "secteurs", "survie")
TABLES = ("metiers", "communes", "annees", "formes")
TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


def rows_of(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("kind", ["svg", "png", "csv", "json"])
def test_each_picture_has_its_files(demo, client, name, kind):
    response = client.get(f"{LENS_LIEVIN}images/{name}.{kind}")
    assert response.status_code == 200
    assert response["Content-Type"] == TYPES[kind]
    assert f'filename="{name}-epci-246200364.{kind}"' in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment" if kind == "csv" else "inline")


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "json"])
def test_each_table_has_its_files(demo, client, name, kind):
    response = client.get(f"{LENS_LIEVIN}tableaux/{name}.{kind}")
    assert response.status_code == 200
    assert response["Content-Type"] == TYPES[kind]
    assert f'filename="{name}-epci-246200364.{kind}"' in response["Content-Disposition"]


@pytest.mark.parametrize("address", ["images/creations.svg", "tableaux/communes.csv", "images/carte.json"])
def test_a_file_is_asked_for_again_only_when_the_data_changed(demo, client, address):
    first = client.get(LENS_LIEVIN + address)
    again = client.get(LENS_LIEVIN + address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content
    other = client.get(f"{LENS_LIEVIN}{address}?taille=49", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_says_its_source_and_its_fiction(demo, client, name):
    root = ET.fromstring(client.get(f"{LENS_LIEVIN}images/{name}.svg").content)
    words = " ".join(text.text for text in root.iter("{http://www.w3.org/2000/svg}text") if text.text)
    assert "Source\u00a0: Insee" in words
    assert "Données fictives" in words
    assert root.get("aria-label")


def test_every_table_says_its_source_and_its_fiction(demo, client):
    for name in TABLES:
        assert "Données fictives" in client.get(f"{LENS_LIEVIN}tableaux/{name}.csv").content.decode()
        document = json.loads(client.get(f"{LENS_LIEVIN}tableaux/{name}.json").content)
        assert document["fictitious"] is True
        assert document["notes"]
        assert document["source"].startswith("Insee, Sirene, 20")
        archive = zipfile.ZipFile(io.BytesIO(client.get(f"{LENS_LIEVIN}tableaux/{name}.ods").content))
        assert "Données fictives" in archive.read("content.xml").decode()


def test_the_table_of_communes_has_every_commune_once(demo, client):
    document = json.loads(client.get(f"{LENS_LIEVIN}tableaux/communes.json").content)
    assert len(document["rows"]) == 36
    assert len({row["Code"] for row in document["rows"]}) == 36


def test_the_table_of_trades_adds_up_with_each_of_its_formats(demo, client):
    document = json.loads(client.get(f"{LENS_LIEVIN}tableaux/metiers.json").content)
    rows = rows_of(client.get(f"{LENS_LIEVIN}tableaux/metiers.csv").content)
    place = rows[0].index("Entreprises")
    printed = [int(row[place]) for row in rows[1 : 1 + len(document["rows"])]]
    assert printed == [row["Entreprises"] for row in document["rows"]]
    assert sum(printed) > 0


def test_years_are_creations_less_closures(demo, client):
    document = json.loads(client.get(f"{LENS_LIEVIN}tableaux/annees.json").content)
    assert document["rows"]
    assert all(row["Solde"] == row["Créations"] - row["Fermetures"] for row in document["rows"])


def test_the_csv_of_machines_has_commas_and_points(demo, client):
    content = client.get(f"{LENS_LIEVIN}tableaux/communes.csv?separateur=virgule").content.decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert len(rows) == 36
    assert {row["donnees_fictives"] for row in rows} == {"oui"}


@pytest.mark.parametrize(
    "address", ["images/lune.svg", "images/creations.gif", "tableaux/lune.csv", "tableaux/metiers.pdf"]
)
def test_what_does_not_exist_is_absent(demo, client, address):
    assert client.get(LENS_LIEVIN + address).status_code == 404


def test_a_territory_not_held_is_refused_with_its_reason(demo, client):
    response = client.get("/territoires/departement/62/images/creations.svg")
    assert response.status_code == 409


def test_a_trade_has_its_pictures(demo, client):
    response = client.get(f"{LENS_LIEVIN}metiers/boulangerie/images/carte.svg")
    assert response.status_code == 200
    assert "Boulangerie" in response.content.decode()
