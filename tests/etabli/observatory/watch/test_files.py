"""The watch as an Atom feed and as tables."""

import csv
import io
import json
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest

from etabli import facts
from etabli.observatory.watch import table
from maillage.territory import parse
from maillage.watch import Kind
from tests.etabli.conftest import LENS_LIEVIN

LENS = parse("epci:246200364")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def feed(demo, client):
    response = client.get(f"{LENS_LIEVIN}veille.atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def texts(element, name):
    return [found.text for found in element.iter(f"{ATOM}{name}")]


def test_the_feed_has_what_rfc_4287_asks(feed, demo):
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith("/territoires/epci/246200364/veille.atom")
    assert links["alternate"].endswith("/territoires/epci/246200364/veille/")
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Établi"
    assert feed.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated")).date() == facts.moved(LENS).daily
    assert "Données fictives" in feed.findtext(f"{ATOM}subtitle")


def test_each_entry_has_its_own_identifier_title_dates_and_link(feed):
    entries = feed.findall(f"{ATOM}entry")
    events = facts.moved(LENS).events
    assert len(entries) == len(events)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    days = [datetime.fromisoformat(entry.findtext(f"{ATOM}published")).date() for entry in entries]
    assert days == [event.day for event in reversed(events)]
    assert all(entry.findtext(f"{ATOM}title") and entry.findtext(f"{ATOM}updated") for entry in entries)
    assert all(entry.find(f"{ATOM}link").get("href").startswith("http://testserver/") for entry in entries)
    assert all("Données fictives" in entry.findtext(f"{ATOM}summary") for entry in entries)


def test_each_entry_leads_to_its_trade_in_its_commune(feed, client):
    links = [
        entry.find(f"{ATOM}link").get("href").removeprefix("http://testserver") for entry in feed.iter(f"{ATOM}entry")
    ]
    for link, event in zip(links, reversed(facts.moved(LENS).events), strict=True):
        commune = event.from_commune if event.kind is Kind.MOVED_OUT else event.commune
        assert link == f"/territoires/commune/{commune}/metiers/{event.trade or event.old_trade}/"
    edition = [event for event in reversed(facts.moved(LENS).events) if event not in facts.moved(LENS).fresh]
    opened = next(event for event in edition if event.kind is Kind.OPENED)
    page = client.get(f"/territoires/commune/{opened.commune}/metiers/{opened.trade}/?taille=249&perimetre=possible")
    assert opened.siret in page.content.decode()


def test_identifiers_do_not_depend_on_the_name_of_the_site(demo, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    one, other = (
        ET.fromstring(client.get(f"{LENS_LIEVIN}veille.atom", headers={"host": host}).content)
        for host in ("etabli.fr", "example.org")
    )
    assert texts(one, "id") == texts(other, "id")


def test_an_empty_feed_is_dated_by_the_data(demo, client):
    answer = client.get("/territoires/commune/62003/veille.atom?evenement=reprise")
    found = ET.fromstring(answer.content)
    assert found.findall(f"{ATOM}entry") == []
    assert datetime.fromisoformat(found.findtext(f"{ATOM}updated")).date() == facts.moved(LENS).daily


def test_a_name_with_marks_stays_a_text_in_a_summary_of_html(demo, client, monkeypatch):
    describe = type(demo).describe

    def renamed(store, numbers, *, public=True):
        rows = describe(store, numbers, public=public)
        return [type(row)(**{**vars(row), "sign": "Pain & <Levain>", "status": 0}) for row in rows]

    monkeypatch.setattr(type(demo), "describe", renamed)
    found = ET.fromstring(client.get(f"{LENS_LIEVIN}veille.atom").content)
    assert any("Pain &amp; &lt;Levain&gt;" in text for text in texts(found, "summary"))


def test_the_csv_has_a_line_an_event_its_source_and_the_warning(demo, client):
    response = client.get(f"{LENS_LIEVIN}veille.csv")
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert lines[0] == list(table.HEADS)
    assert lines[1 : lines.index([])]
    assert len(lines[1 : lines.index([])]) == len(facts.moved(LENS).events)
    assert "fictives" in response.content.decode()
    assert response.headers["Content-Disposition"] == 'attachment; filename="veille-epci-246200364.csv"'


def test_the_plain_csv_the_workbooks_and_the_json_say_the_same(demo, client):
    plain = client.get(f"{LENS_LIEVIN}veille.csv?separateur=virgule").content.decode().splitlines()
    document = json.loads(client.get(f"{LENS_LIEVIN}veille.json").content)
    assert len(plain) - 1 == len(document["rows"]) == len(facts.moved(LENS).events)
    assert plain[0].endswith("source,donnees_fictives")
    assert document["fictitious"] is True
    assert client.get(f"{LENS_LIEVIN}veille.xlsx").content[:2] == b"PK"
    assert client.get(f"{LENS_LIEVIN}veille.ods").content[:2] == b"PK"
    assert client.get(f"{LENS_LIEVIN}veille.pdf").status_code == 404


def test_a_name_that_looks_like_a_formula_is_made_harmless(demo, client, monkeypatch):
    describe = type(demo).describe

    def renamed(store, numbers, *, public=True):
        rows = describe(store, numbers, public=public)
        return [type(row)(**{**vars(row), "sign": "=1+1", "status": 0}) for row in rows]

    monkeypatch.setattr(type(demo), "describe", renamed)
    text = client.get(f"{LENS_LIEVIN}veille.csv").content.decode()
    assert "'=1+1" in text
    assert ";=1+1" not in text
