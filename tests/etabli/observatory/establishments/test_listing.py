"""The establishments behind a public figure, on a page and in files."""

import csv
import io
import json
import re

import pytest

from etabli import facts
from etabli.observatory.establishments.lines import HEADS, HIDDEN
from etabli.ui import french
from maillage.store.columns import Status, to_date
from maillage.territory import parse
from tests.etabli.conftest import LENS_LIEVIN

LENS = parse("epci:246200364")
PAGE = f"{LENS_LIEVIN}etablissements/"
FILE = f"{LENS_LIEVIN}tableaux/etablissements"


def sirets_of(page):
    return re.findall(r"SIRET (\d{14})</span>", page.html)


def rows_of(response):
    """Lines of a French CSV, above its notes."""
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    return lines[0], lines[1 : lines.index([])]


@pytest.mark.parametrize(
    "query", ["", "?indicateur=creations", "?indicateur=closures&annee=2024", "?metier=coiffure", "?secteur=batiment"]
)
def test_the_title_counts_the_lines_of_the_file(demo, visit, client, query):
    page = visit(PAGE + query)
    _, rows = rows_of(client.get(f"{FILE}.csv{query}"))
    counted = re.search(r": ([\d\u202f]+|aucun)", page.headings[0][1].replace("\u00a0", " "))[1].replace("\u202f", "")
    assert (0 if counted == "aucun" else int(counted)) == len(rows)
    assert len(sirets_of(page)) == min(len(rows), 50)


def test_firms_behind_are_as_many_as_the_figure_says(demo, client):
    _, rows = rows_of(client.get(f"{FILE}.csv"))
    total = facts.ask(facts.Question("stock_firms", LENS)).total
    assert len({row[0][:9] for row in rows}) == total
    _, born = rows_of(client.get(f"{FILE}.csv?indicateur=creations&annee=2024"))
    whole = facts.ask(facts.Question("creations", LENS, during=facts.Period.year(2024)))
    assert len(born) == whole.total


def test_the_last_bakery_gone_is_the_first_line_with_its_day(demo, visit, client):
    query = "?indicateur=closures&metier=boulangerie&annee=toutes"
    heads, rows = rows_of(client.get(f"{FILE}.csv{query}"))
    lines = [dict(zip(heads, row, strict=True)) for row in rows]
    ends = {}  # the day each establishment left its last activity, spell by spell
    for row in demo.rows_in(LENS.communes):
        establishment = demo.spells.establishment[row]
        siret = f"{demo.establishments.siren[establishment]:09d}{demo.establishments.nic[establishment]:05d}"
        ends[siret] = max(ends.get(siret, 0), int(demo.spells.end[row]))
    for line in lines:
        assert line["Fermeture"] == f"{to_date(ends[line['SIRET']]):%d/%m/%Y}"
    days = [to_date(ends[line["SIRET"]]) for line in lines]
    assert days == sorted(days, reverse=True)
    assert len(days) > 5
    page = visit(PAGE + query)
    assert "De la plus récente à la plus ancienne" in page.text
    printed = page.html.replace("<sup>er</sup>", "er")
    assert re.findall(r'data-label="Fermeture"[^>]*>([^<]+)<', printed)[0] == french.long_date(days[0])


def test_openings_have_their_day_and_stocks_say_their_order(demo, visit, client):
    heads, rows = rows_of(client.get(f"{FILE}.csv?indicateur=creations&annee=2024"))
    assert {row[heads.index("Ouverture")][-4:] for row in rows} == {"2024"}
    assert "Dans l’ordre des communes" in visit(PAGE).text
    _, rows = rows_of(client.get(f"{FILE}.csv"))
    described = {row.siret: row.commune for row in demo.describe(facts.rows_behind(facts.Question("stock", LENS)))}
    assert [described[row[0]] for row in rows] == sorted(described[row[0]] for row in rows)


def test_lists_do_not_tell_the_size_of_an_establishment(demo, visit, client):
    """Bands would add up to the employees that secrecy hides (docs/adr/0006)."""
    assert "salarié" not in visit(PAGE).html.partition("<table")[2].partition("</table>")[0]
    assert not any("effectif" in head for head in HEADS)


def test_partially_diffusible_establishments_are_masked_everywhere(demo, visit, client):
    numbers = facts.rows_behind(facts.Question("stock_firms", LENS))
    hidden = [row for row in demo.describe(numbers, public=False) if row.status is Status.PARTIAL]
    assert hidden
    heads, rows = rows_of(client.get(f"{FILE}.csv"))
    by_siret = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
    for row in hidden:
        line = by_siret[row.siret]
        assert (line["Nom"], line["Enseigne"], line["Adresse"], line["Code postal"]) == ("", "", "", "")
        assert line["Diffusion"] == "partielle"
    pages = [visit(f"{PAGE}?page={number}") for number in range(1, len(rows) // 50 + 2)]
    assert sum(page.text.count(HIDDEN) for page in pages) == len(hidden)


def test_pages_follow_one_another_and_keep_the_question(demo, visit):
    first, second = (visit(f"{PAGE}?taille=249&page={number}") for number in (1, 2))
    assert not set(sirets_of(first)) & set(sirets_of(second))
    assert "?taille=249&page=2" in first.links
    assert visit(f"{PAGE}?taille=249&page=zzz").html == visit(f"{PAGE}?taille=249&page=1").html.replace(
        "page=1", "page=zzz"
    )


def test_the_form_and_the_files_keep_what_was_asked(demo, visit):
    query = "?taille=49&indicateur=creations&metier=coiffure&annee=2024"
    page = visit(PAGE + query)
    for kind in ("csv", "xlsx", "ods", "json"):
        assert f"{FILE}.{kind}{query}" in page.links
    for pair in (("indicateur", "creations"), ("taille", "49")):
        assert '<input type="hidden" name="{}" value="{}">'.format(*pair) in page.html
    assert '<option value="coiffure" selected>' in page.html
    assert '<option value="2024" selected>' in page.html


def test_the_year_is_asked_for_what_happens_and_not_for_a_day(demo, visit):
    assert "champ-annee" in visit(f"{PAGE}?indicateur=closures").html
    assert "champ-annee" not in visit(PAGE).html


@pytest.mark.parametrize(
    "query",
    [
        "indicateur=employees",
        "indicateur=survival",
        "annee=2024",
        "annee=toutes",
        "indicateur=creations&annee=deux",
        "secteur=mer",
    ],
)
def test_a_list_that_does_not_exist_is_refused_in_words(demo, visit, client, query):
    assert visit(f"{PAGE}?{query}", status=400).text
    assert client.get(f"{FILE}.csv?{query}").status_code == 400


def test_unknown_trade_unknown_place_place_not_held(demo, visit):
    assert "n’existe pas dans la table des métiers" in visit(f"{PAGE}?metier=astrologie", status=404).text
    assert "ne porte le code 246200365" in visit("/territoires/epci/246200365/etablissements/", status=404).text
    assert "territoire incomplet" in visit("/territoires/departement/62/etablissements/", status=409).text


def test_an_empty_list_says_why_and_what_next(demo, visit):
    page = visit(f"{PAGE}?metier=orpaillage")
    assert "Lens-Liévin, orpaillage\u00a0: aucun établissement artisanal" in page.headings[0][1]
    assert f"{PAGE}?indicateur=stock_firms" in page.links


def test_files_carry_their_heads_their_source_and_the_warning(demo, client):
    response = client.get(f"{FILE}.csv?metier=boulangerie")
    heads, rows = rows_of(response)
    assert tuple(heads) == HEADS
    assert rows
    assert "Données fictives" in response.content.decode()
    document = json.loads(client.get(f"{FILE}.json?metier=boulangerie").content)
    assert document["fictitious"] is True
    assert len(document["rows"]) == len(rows)
    assert client.get(f"{FILE}.xlsx?metier=boulangerie").content[:2] == b"PK"
    assert client.get(f"{FILE}.ods?metier=boulangerie").content[:2] == b"PK"
    plain = client.get(f"{FILE}.csv?metier=boulangerie&separateur=virgule").content.decode()
    assert plain.splitlines()[0].endswith("source,donnees_fictives")


def test_a_name_that_looks_like_a_formula_is_made_harmless(demo, client, monkeypatch):
    describe = type(demo).describe

    def renamed(store, numbers, *, public=True):
        rows = describe(store, numbers, public=public)
        return [type(row)(**{**vars(row), "name": "=HYPERLINK(1)"}) for row in rows]

    monkeypatch.setattr(type(demo), "describe", renamed)
    text = client.get(f"{FILE}.csv?metier=boulangerie").content.decode()
    assert "'=HYPERLINK(1)" in text
    assert ";=HYPERLINK" not in text


def test_one_reading_of_the_directory_a_page(demo, client, monkeypatch):
    calls = []
    describe = type(demo).describe
    monkeypatch.setattr(type(demo), "describe", lambda *args, **more: calls.append(1) or describe(*args, **more))
    client.get(PAGE)
    client.get(f"{PAGE}?metier=coiffure")
    assert len(calls) == 2


def test_the_page_is_not_sent_twice(demo, client):
    tag = client.get(PAGE).headers["ETag"]
    assert client.get(PAGE, headers={"If-None-Match": tag}).status_code == 304
