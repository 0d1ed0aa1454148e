"""The address of the printed portrait."""

import re

import pypdfium2
import pytest

from tests.etabli.conftest import LENS_LIEVIN


@pytest.mark.parametrize(
    "address",
    [
        LENS_LIEVIN,
        f"{LENS_LIEVIN}?le=2021-01-01",
        "/territoires/commune/62498/",
        "/territoires/commune/62854/",  # too few firms for any curve
        "/territoires/liste/62498,62510/",
    ],
)
def test_each_portrait_prints_on_two_pages(demo, client, address):
    response = client.get("portrait.pdf".join(re.split(r"(?<=/)(?=\?|$)", address)))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert len(pypdfium2.PdfDocument(response.content)) == 2


def test_it_is_made_from_the_screen_of_the_page(demo, client):
    pdf = pypdfium2.PdfDocument(client.get(f"{LENS_LIEVIN}portrait.pdf").content)
    text = pdf[0].get_textpage().get_text_range().replace("\u202f", " ").replace("\u00a0", " ")
    page = client.get(LENS_LIEVIN).content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    title = page.partition("<h1>")[2].partition("</h1>")[0].strip()
    assert title
    assert title in " ".join(text.split())


def test_it_follows_the_scope_of_its_address(demo, client):
    wide = client.get(f"{LENS_LIEVIN}portrait.pdf?perimetre=possible&taille=249")
    text = pypdfium2.PdfDocument(wide.content)[1].get_textpage().get_text_range()
    assert "249 salariés au plus" in " ".join(text.split())
    assert "perimetre=possible" in text


def test_it_is_asked_for_again_only_when_the_data_changed(demo, client):
    first = client.get(f"{LENS_LIEVIN}portrait.pdf")
    again = client.get(f"{LENS_LIEVIN}portrait.pdf", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_it_prints_where_nothing_can_be_kept(demo, client, tmp_path, monkeypatch):
    (tmp_path / "cache").write_text("not a folder")
    monkeypatch.setenv("ETABLI_DATA", str(tmp_path))
    for address in (f"{LENS_LIEVIN}portrait.pdf?taille=249", f"{LENS_LIEVIN}images/creations.png?taille=249"):
        assert client.get(address).status_code == 200
