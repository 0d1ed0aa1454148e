"""Names with signs that XML refuses, stores without places, places without firms, requests that no page can read."""

import json
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from django.test import Client

from etabli.observatory.establishments import listing
from etabli.observatory.files import responses
from etabli.observatory.watch import lines
from maillage.store import Store
from tests.etabli.conftest import LENS_LIEVIN

HOSTILE = "L’ate\x00lier\x0b\x1b d’Ana"


@pytest.fixture
def hostile(monkeypatch, demo):
    genuine = Store.describe

    def describe(self, *args, **kwargs):
        rows = genuine(self, *args, **kwargs)
        for row in rows:
            object.__setattr__(row, "sign", HOSTILE)
            object.__setattr__(row, "name", HOSTILE)
        return rows

    monkeypatch.setattr(Store, "describe", describe)


def test_the_feed_is_valid_whatever_a_sign_holds(hostile, client):
    assert "L’atelier d’Ana" in client.get(f"{LENS_LIEVIN}veille.atom").content.decode()
    ET.fromstring(client.get(f"{LENS_LIEVIN}veille.atom").content)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "json"])
def test_files_are_given_whatever_a_sign_holds(hostile, client, kind):
    for address in ("veille", "tableaux/etablissements"):
        answer = client.get(f"{LENS_LIEVIN}{address}.{kind}")
        assert answer.status_code == 200
        if kind == "json":
            assert HOSTILE[:7] not in json.dumps(json.loads(answer.content), ensure_ascii=False)


@pytest.fixture
def placeless(monkeypatch, demo):
    """The layout of 2020 has no coordinates, and no outlines were loaded."""
    monkeypatch.setattr(Store, "outline", lambda self, code: None)
    monkeypatch.setattr(Store, "centre", lambda self, code: None)
    monkeypatch.setattr(Store, "areas", property(lambda self: {}))


NO_MAP = "la place des communes n’est pas dans ces données"


def test_without_places_the_pages_say_that_there_is_no_map(placeless, visit):
    for address in (LENS_LIEVIN, f"{LENS_LIEVIN}metiers/boulangerie/"):
        assert NO_MAP in visit(address).text
    visit("/territoires/commune/62510/")
    visit("/territoires/commune/62510/metiers/boulangerie/")


def test_without_places_the_document_says_that_there_is_no_map(placeless, client):
    pages = pypdfium2.PdfDocument(client.get(f"{LENS_LIEVIN}portrait.pdf").content)
    assert len(pages) == 2
    assert NO_MAP in " ".join(pages[0].get_textpage().get_text_range().split())


@pytest.mark.parametrize("kind", ["svg", "png", "csv", "json"])
def test_without_places_the_files_of_a_map_are_given(placeless, client, kind):
    for address in ("images/carte", "metiers/boulangerie/images/carte"):
        assert client.get(f"{LENS_LIEVIN}{address}.{kind}").status_code == 200


def test_a_place_without_a_firm_has_its_page_and_its_document(demo, client, visit):
    empty = "/territoires/commune/62003/"
    assert "aucune entreprise artisanale" in visit(f"{empty}?le=1973-01-01").text
    pages = pypdfium2.PdfDocument(client.get(f"{empty}portrait.pdf?le=1973-01-01").content)
    assert len(pages) == 2


@pytest.mark.parametrize("address", ["/territoires/departement/59/", "/territoires/region/32/"])
@pytest.mark.parametrize(
    "page", ["", "portrait.pdf", "metiers/", "veille/", "images/carte.svg", "tableaux/metiers.csv"]
)
def test_a_wide_territory_that_is_not_held_is_refused_everywhere(demo, client, address, page):
    assert client.get(address + page).status_code == 409


def test_a_workbook_refuses_what_it_cannot_hold(demo, visit, client, monkeypatch):
    monkeypatch.setattr(responses, "MOST_ROWS", 3)
    for kind in ("xlsx", "ods"):
        assert "prenez le CSV" in visit(f"{LENS_LIEVIN}tableaux/metiers.{kind}", status=400).text
    assert client.get(f"{LENS_LIEVIN}tableaux/metiers.csv").status_code == 200


STRANGE = {
    "/\x00": 404, "/territoires/epci/%00/": 404, "/static/%00": 404, "/static/../etc/passwd": 404, "/%ff%fe/": 404,
    f"{LENS_LIEVIN}images/carte.gif": 404, f"{LENS_LIEVIN}portrait.docx": 404, "/" + "a" * 20_000: 404,
    f"{LENS_LIEVIN}?" + "x=1&" * 2000: 400, "/territoires/?" + "q=a&" * 2000: 400,
    f"{LENS_LIEVIN}?taille=10&taille=49&taille=249": 200, f"{LENS_LIEVIN}?taille=249&taille=x": 400,
    f"{LENS_LIEVIN}?x=" + "y" * 60_000: 200,
}  # fmt: skip


@pytest.mark.parametrize("address", STRANGE)
def test_a_strange_request_has_a_french_answer_with_a_way_out(demo, client, address):
    answer = client.get(address)
    assert answer.status_code == STRANGE[address]
    if answer.status_code >= 400 and not address.startswith("/static"):
        told = answer.content.decode()
        assert '<html lang="fr">' in told
        assert 'href="/"' in told
        assert len(told) < 20_000


def test_a_foreign_host_is_told_in_french(demo):
    answer = Client(headers={"Host": "autre.example"}).get("/")
    assert answer.status_code == 400
    assert "Cette demande n’a pas pu être lue" in answer.content.decode()
    assert "autre.example" not in answer.content.decode()


def test_a_failure_is_told_in_french_without_what_was_typed(demo, monkeypatch):
    def fail(*_args):
        raise RuntimeError(HOSTILE)

    monkeypatch.setattr(listing, "listing", fail)
    answer = Client(raise_request_exception=False).get(f"{LENS_LIEVIN}etablissements/?q=Ana+Petit")
    assert answer.status_code == 500
    told = answer.content.decode()
    assert "La page n’a pas pu être préparée" in told
    assert not [word for word in ("Petit", HOSTILE, "Traceback") if word in told]


HEADS = (
    "/",
    LENS_LIEVIN,
    f"{LENS_LIEVIN}images/carte.svg",
    f"{LENS_LIEVIN}portrait.pdf",
    "/rien/",
    f"{LENS_LIEVIN}?taille=x",
)


@pytest.mark.parametrize("address", HEADS)
def test_a_head_request_answers_as_a_get_without_its_body(demo, client, address):
    whole, head = client.get(address), client.head(address)
    assert head.status_code == whole.status_code
    assert not head.content
    assert head.headers.get("ETag") == whole.headers.get("ETag")


@pytest.mark.parametrize("tag", ['"x"', "x", "*", 'W/"x"', ",,,", '"' * 9, "é", '"x", ' * 3000])
def test_any_if_none_match_is_answered(demo, client, tag):
    assert client.get(LENS_LIEVIN, headers={"If-None-Match": tag}).status_code == (304 if tag == "*" else 200)


def test_lines_are_where_hostile_names_come_through(hostile, demo):
    assert lines.facts.store().describe([0])[0].sign == HOSTILE
