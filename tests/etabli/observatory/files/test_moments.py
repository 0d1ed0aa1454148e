"""A file that is sent says the day and the scope of its figures: a past day, a period, the day of the data."""

import html
import io
import json
import re
import zipfile

import pypdfium2
import pytest

from tests.etabli.conftest import LENS_LIEVIN

PAST, DATA = "situation au 1er janvier 2021", "données au 1er novembre 2026"
STATES = (
    *(f"{LENS_LIEVIN}images/{name}" for name in ("carte.svg", "secteurs.svg", "secteurs.csv", "carte.json")),
    *(f"{LENS_LIEVIN}tableaux/{name}" for name in ("metiers.csv", "communes.xlsx", "metiers.ods", "communes.json")),
    f"{LENS_LIEVIN}metiers/boulangerie/images/carte.svg",
    *(f"{LENS_LIEVIN}tableaux/etablissements.{kind}" for kind in ("csv", "xlsx", "ods", "json")),
    *(f"/comparer.{kind}" for kind in ("csv", "xlsx", "ods", "json")),
    "/comparer/images/densite.svg",
    f"{LENS_LIEVIN}portrait.pdf",
)
SERIES = (
    *(f"{LENS_LIEVIN}images/{name}" for name in ("creations.svg", "mouvement.csv", "survie.json")),
    *(f"{LENS_LIEVIN}tableaux/annees.{kind}" for kind in ("csv", "xlsx", "ods", "json")),
    "/comparer/images/survie.svg",
)
TWO = "t=epci:246200364&t=epci:245901160"


def words(content: bytes) -> str:
    """All that a file says, on one line with ordinary spaces."""
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        content = b" ".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    if content.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(content)
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    text = content.decode("utf-8-sig")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", re.sub("</?tspan[^>]*>", "", text))).split())


@pytest.mark.parametrize("address", STATES)
def test_a_file_of_a_past_day_says_that_day(demo, client, address):
    told = words(client.get(f"{address}?le=2021-01-01&{TWO}").content)
    assert PAST in told or "au 1er janvier 2021" in told
    assert DATA in told
    assert "activité entièrement artisanale, toutes tailles" in told, "the past has no sizes"
    apart = re.compile(r"(toujours|périmètre fixe :) activité entièrement artisanale, 10 salariés au plus")
    assert "10 salariés au plus" not in apart.sub("", told), "but for employees, counted in one scope"


@pytest.mark.parametrize("address", SERIES)
def test_a_file_of_a_series_says_its_period(demo, client, address):
    told = words(client.get(f"{address}?{TWO}").content)
    assert re.search(r"· du 1er janvier 20\d\d au 3\d \w+ 20\d\d · activité entièrement artisanale, toutes", told)


@pytest.mark.parametrize("address", [f"{LENS_LIEVIN}tableaux/metiers.csv", f"{LENS_LIEVIN}tableaux/communes.csv"])
def test_twelve_months_before_a_past_day_are_dated(demo, client, address):
    assert "du 1er janvier 2020 au 31 décembre 2020" in words(client.get(f"{address}?le=2021-01-01").content)


def test_each_row_of_machines_says_the_day(demo, client):
    rows = client.get(f"{LENS_LIEVIN}tableaux/metiers.csv?le=2021-01-01&separateur=virgule").content.decode()
    assert all('"Insee, Sirene, 2026-11-01, situation au 2021-01-01"' in row for row in rows.splitlines()[1:])


def test_a_scope_without_history_exports_no_movement(demo, client):
    document = json.loads(client.get(f"{LENS_LIEVIN}tableaux/metiers.json?perimetre=certain").content)
    assert {row["Créations (12 mois)"] for row in document["rows"]} == {None}
    assert sum(row["Entreprises"] for row in document["rows"]) > 0


@pytest.mark.parametrize("address", [f"{LENS_LIEVIN}metiers/boulangerie/", f"{LENS_LIEVIN}metiers/", "/comparer/"])
def test_a_page_of_a_past_day_says_the_scope_that_was_applied(demo, visit, address):
    told = " ".join(visit(f"{address}?le=2021-01-01&{TWO}").text.split())
    assert f"Chiffres affichés : {PAST}, activité entièrement artisanale, toutes tailles" in told
