"""Every public page, under the contract of pages; strangers, refusals and absences."""

import re
import shutil

import pytest

from tests.etabli.conftest import LENS_LIEVIN

PAGES = (
    "/",
    "/territoires/",
    "/territoires/?q=lens",
    "/territoires/?q=zzzzqqq",
    LENS_LIEVIN,
    f"{LENS_LIEVIN}?perimetre=possible&taille=249",
    f"{LENS_LIEVIN}?perimetre=certain&taille=connue",
    f"{LENS_LIEVIN}?le=2021-01-01",
    "/territoires/commune/62498/",
    "/territoires/commune/62003/",
    "/territoires/liste/62498,62510/",
    "/definitions/",
    "/donnees/",
    "/accessibilite/",
    "/mentions-legales/",
    "/_ui/",
)


@pytest.mark.parametrize("address", PAGES)
def test_each_page_passes_the_contract_without_the_database(demo, visit, address):
    page = visit(address)
    assert "données fictives" in page.text.lower() or "fictives" in page.text


@pytest.mark.parametrize("address", PAGES[:4] + PAGES[-5:])
def test_pages_about_no_territory_are_there_before_any_data(no_store, visit, address):
    visit(address, status=503 if address == "/donnees/" else 200)


def test_a_portrait_before_any_data_says_that_none_is_loaded(no_store, visit):
    page = visit(LENS_LIEVIN, status=503)
    assert "Les données ne sont pas encore chargées" in page.text
    assert "stores" not in page.text, "no folder of the machine on a public page"


@pytest.fixture
def damaged_store(settings, tmp_path, demo_stores):
    """The store in force has lost the days of its spells."""
    settings.STORES_DIR = tmp_path / "stores"
    shutil.copytree(demo_stores, settings.STORES_DIR)
    version = (settings.STORES_DIR / "current").read_text().strip()
    (settings.STORES_DIR / version / "spells.start.npy").write_bytes(b"")


def test_a_damaged_store_is_said_to_be_so_and_the_log_names_the_file(damaged_store, visit, caplog):
    page = visit(LENS_LIEVIN, status=503)
    assert "Les données de ce site sont abîmées" in page.text
    assert "remettre le précédent en service" in page.text
    assert "stores" not in page.text, "no folder of the machine on a public page"
    assert "«\u00a0spells.start.npy\u00a0» est illisible" in caplog.text


def test_health_tells_that_the_store_is_damaged(damaged_store, client, db):
    assert "abîmé" in client.get("/sante").json()["checks"]["store"]


def test_an_unknown_territory_is_absent_and_near_names_are_proposed(demo, visit):
    page = visit("/territoires/epci/246200365/", status=404)
    assert "Aucun territoire de niveau « intercommunalité »" in page.text.replace("\u00a0", " ")
    assert "Peut-être cherchiez-vous" in page.text
    assert "/territoires/epci/246200364/" in page.links
    assert "epci:" not in page.text, "codes of the command line are for the command line"
    assert "/territoires/" in page.html


def test_a_territory_that_the_data_does_not_hold_is_refused_with_its_reason(demo, visit):
    page = visit("/territoires/departement/59/", status=409)
    assert "du Nord" in page.text
    assert {"/donnees/", "/territoires/epci/200093201/"} <= set(page.links), "what the data holds instead"


def test_a_commune_that_the_data_does_not_hold_is_refused_by_its_name(demo, visit):
    page = visit("/territoires/commune/62516/", status=409)
    assert "Lillers n’est pas dans cette édition des données." in page.text


def test_the_home_page_promises_what_the_edition_holds(demo, no_store, visit, settings, demo_stores):
    assert "votre département" in visit("/").text, "nothing is known to be missing"
    settings.STORES_DIR = demo_stores
    assert "votre département" not in visit("/").text


def test_a_place_outside_the_edition_is_marked_in_the_results(demo, visit):
    assert "hors édition" in visit("/territoires/?q=lillers").text
    assert "hors édition" not in visit("/territoires/?q=lens-liévin").text


@pytest.mark.parametrize("query", ["perimetre=tout", "taille=12", "le=hier", "le=2999-01-01"])
def test_a_question_badly_put_says_what_may_be_written(demo, visit, query):
    page = visit(f"{LENS_LIEVIN}?{query}", status=400)
    assert LENS_LIEVIN in page.links


@pytest.mark.parametrize("address", ["/rien/", "/territoires/canton/62/", "/territoires/epci/../"])
def test_an_address_that_leads_nowhere(demo, visit, address):
    assert "Cette page n’existe pas" in visit(address, status=404).text


def test_a_page_cannot_be_posted_to(demo, client):
    assert client.post(LENS_LIEVIN).status_code == 405


@pytest.mark.django_db
@pytest.mark.one_database
def test_every_link_of_the_portrait_leads_somewhere(demo, visit, client):
    page = visit(LENS_LIEVIN)
    addresses = {link.partition("#")[0] for link in page.links if link.startswith("/")} - {"", "/"}
    assert len(addresses) > 40
    assert {address for address in addresses if client.get(address).status_code != 200} == {"/espace/"}
    assert client.get("/espace/").status_code == 302  # to the door, for who is not logged in


def test_the_portrait_is_not_sent_twice(demo, client):
    first = client.get(LENS_LIEVIN)
    assert first.headers["ETag"]
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in first.headers["Vary"], "one answer for everybody"
    assert client.get(LENS_LIEVIN, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_another_scope_or_another_store_is_another_page(demo, client, monkeypatch):
    tags = {client.get(LENS_LIEVIN + query).headers["ETag"] for query in ("", "?taille=49", "?perimetre=possible")}
    assert len(tags) == 3
    monkeypatch.setattr(demo, "version", "another")
    assert client.get(LENS_LIEVIN).headers["ETag"] not in tags


def test_typing_brings_the_list_alone_and_the_list_is_that_of_the_page(demo, client, visit):
    whole = visit("/territoires/?q=lens")
    part = client.get("/territoires/?q=lens", headers={"HX-Request": "true"}).content.decode()
    title, rest = (piece.strip() for piece in part.split("</title>"))
    assert f"{title}</title>" in whole.html
    assert rest.startswith('<section id="resultats"')
    assert rest.endswith("</section>")
    assert "".join(rest.split()) in "".join(whole.html.split())


def test_what_was_typed_is_never_run(demo, client):
    page = client.get("/territoires/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_the_scope_is_chosen_in_a_plain_form(demo, visit):
    page = visit(f"{LENS_LIEVIN}?perimetre=possible&taille=249")
    assert re.findall(r'<option value="(\w+)" selected>', page.html) == ["possible", "249"]
    assert "activité au moins partiellement artisanale, 249 salariés au plus" in page.text


def test_the_menu_marks_where_we_are(demo, visit):
    assert 'href="/territoires/" aria-current="page"' in visit("/territoires/").html
    assert 'href="/territoires/" aria-current="true"' in visit(LENS_LIEVIN).html


def test_health_tells_what_is_missing(no_store, client, db):
    answer = client.get("/sante")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {
        "database": "ok",
        "migrations": "ok",
        "ledgers": "ok",
        "store": "aucun entrepôt de données lisible",
        "disk": "ok",
    }


def test_health_is_good_when_all_is_there(demo, client, db):
    assert client.get("/sante").json()["status"] == "ok"


def test_reading_a_portrait_asks_nothing_of_the_database(demo, client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(LENS_LIEVIN)
