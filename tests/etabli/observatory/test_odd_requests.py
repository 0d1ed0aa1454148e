"""Whatever is written in an address, every public page and file answers: with what was asked, or with a refusal."""

from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.browser.addresses import FILES, LENS_LIEVIN, PAGES

ANSWERS = frozenset({200, 301, 302, 304, 400, 404, 405, 409, 422})
ADDRESSES = sorted(
    address.partition("?")[0]
    for address in (
        *(one for rows in PAGES.values() for one in rows),
        *(one for row in FILES.values() for one, _ in row),
    )
    if address != "/sante"  # a machine's page: it looks at the database
)
DATED = [address for address in ADDRESSES if "/territoires/" in address or "comparer" in address]
DATED = [address for address in DATED if address != "/territoires/" and "veille" not in address]
DAYS = ("0001-01-01", "0001-12-31", "9999-12-31", "1899-12-31", "2026-02-30", "2999-01-01", "2024-W01-1", "20240101",
        "-1", "2024", "1972-12-31", "2026-11-02", "٢٠٢٤-٠١-٠١")  # fmt: skip
WORDS = ("\x00", "a\x00b", "\ud800", "x" * 9000, "'", "%", "<b>", "=1+1", "٣", "²", "-1", "0", "99999999999999999999",
         "nan", "null", "../..", "\u202e", "é" * 300)  # fmt: skip
NAMES = ("perimetre", "taille", "le", "indicateur", "metier", "secteur", "annee", "page", "tri", "evenement", "q", "t",
         "ajout", "separateur")  # fmt: skip
GOOD = {
    "le": ("2024-01-01",), "indicateur": ("creations", "closures", "density"), "annee": ("2024",),
    "page": ("2", "last"),
    "t": ("epci:246200364", "commune:62498", "france", "liste:62498,62510"), "tri": ("nom",), "secteur": ("batiment",),
    "metier": ("boulangerie",), "perimetre": ("certain",), "separateur": ("virgule",), "evenement": ("ouverture",),
}  # fmt: skip

odd = st.sampled_from((*WORDS, *DAYS)) | st.text(max_size=12)
pair = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(GOOD.get(name, ("",))) | odd)
)
queries = st.lists(pair, min_size=1, max_size=4)


@settings(
    max_examples=120,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(address=st.sampled_from(ADDRESSES), pairs=queries)
def test_no_query_string_breaks_a_page_or_a_file(demo, db, address, pairs):
    query = urlencode(pairs, errors="surrogatepass")
    assert Client().get(f"{address}?{query}").status_code in ANSWERS


@pytest.mark.parametrize("address", DATED)
@pytest.mark.parametrize("day", ["0001-01-01", "2026-11-02"])
def test_a_day_out_of_the_data_is_refused_with_its_bounds(demo, visit, address, day):
    page = visit(f"{address}?le={day}&t=epci:246200364&t=epci:200093201", status=400)
    assert "du 1er janvier 1973 au 1er novembre 2026" in page.text.replace("\u00a0", " ")
    assert f"{address}?t=epci:246200364&t=epci:200093201" in page.links, "nothing chosen is lost"


def test_the_first_day_is_answered_and_the_last_is_that_of_the_data(demo, visit):
    assert 'name="le" type="date" value="1973-01-01"' in visit(f"{LENS_LIEVIN}?le=1973-01-01").html
    last = visit(f"{LENS_LIEVIN}?le=2026-11-01").html
    assert 'name="le" type="date" value=""' in last
    assert "situation au" not in last


@pytest.mark.parametrize("address", DATED)
@pytest.mark.parametrize(
    ("query", "meant"),
    [("date=2021-01-01", "le"), ("jour=abc", "le"), ("Perimètre=possible", "perimetre"), ("tailles=49", "taille")],
)
def test_a_name_that_nearly_says_one_of_ours_is_not_passed_over(demo, visit, address, query, meant):
    page = visit(f"{address}?{query}&t=epci:246200364&t=epci:200093201", status=400)
    assert f"écrire «\u00a0{meant}=" in page.text


def test_the_names_that_networks_add_to_links_are_let_pass(demo, visit):
    visit(f"{LENS_LIEVIN}?utm_source=lettre&utm_medium=courriel&fbclid=xyz&mtm_campaign=a&xtor=EPR-1")


def test_a_separator_that_does_not_exist_is_refused(demo, visit):
    assert "point-virgule" in visit(f"{LENS_LIEVIN}tableaux/metiers.csv?separateur=tab", status=400).text


@pytest.mark.parametrize("year", ["0", "0001", "1972", "2027", "9999", "٢٠٢٤", "2e3"])
def test_a_year_out_of_the_data_is_refused(demo, visit, year):
    page = visit(f"{LENS_LIEVIN}etablissements/?indicateur=creations&annee={quote(year)}", status=400)
    told = page.text.replace("\u00a0", " ")
    assert "de 1973 à 2026" in told or "n’est pas une année" in told


def test_a_refusal_does_not_send_a_long_address_back(demo, client):
    for query in (f"taille={'9' * 50_000}", f"metier={'z' * 50_000}"):
        assert len(client.get(f"{LENS_LIEVIN}etablissements/?{query}").content) < 20_000
