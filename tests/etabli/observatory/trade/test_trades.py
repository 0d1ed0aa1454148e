"""The list of trades of a territory: numbers, order, filter, what is absent."""

import re
import unicodedata

import pytest

from etabli import facts
from maillage.reference.trades import Sector, trade, trades
from maillage.territory import parse
from tests.etabli.conftest import LENS_LIEVIN

LENS = parse("epci:246200364")
PAGE = f"{LENS_LIEVIN}metiers/"
NUMBER = r'<td class="n[^>]*>(.*?)</td>'
MEASURES = ("stock_firms", "creations", "closures", "specialisation")


def lines_of(page):
    """Trade code → printed cells, in the order of the page."""
    body = page.html.split("<tbody>")[1].split("</tbody>")[0]
    found = {}
    for line in body.split("</tr>")[:-1]:
        cells = [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(NUMBER, line, re.DOTALL)]
        found[re.search(r"/metiers/([\w-]+)/", line)[1]] = cells
    return found


def values(name):
    return {row.key: row.value for row in facts.ask(facts.Question(name, LENS, by="trade")).rows if row.value}


def test_every_trade_that_is_there_with_its_four_numbers(demo, visit):
    shown, known = lines_of(visit(PAGE)), {name: values(name) for name in MEASURES}
    assert set(shown) == set(known["stock_firms"])
    for code, cells in shown.items():
        numbers = [f"{known[name].get(code, 0):.0f}" for name in MEASURES[:3]]
        special = known["specialisation"].get(code)
        assert cells[:3] == numbers
        assert special is None or abs(float(cells[3].replace(",", ".")) - special) <= 0.0051


@pytest.mark.parametrize("sort", ["nom", "entreprises", "creations", "fermetures", "specialisation"])
def test_a_column_sorts_the_list(demo, visit, sort):
    page = visit(f"{PAGE}?tri={sort}")
    shown = lines_of(page)
    if sort == "nom":
        labels = [trade(code).label.replace("’", " ") for code in shown]
        plain = [unicodedata.normalize("NFD", label).encode("ascii", "ignore").decode() for label in labels]
        keys = [re.split(r"[^a-z0-9]+", label.lower()) for label in plain]
        assert keys == sorted(keys), "« électricité » before « garage », as in a dictionary"
    else:
        column = ("entreprises", "creations", "fermetures", "specialisation").index(sort)
        keys = [float(cells[column].replace(",", ".").replace("—", "0")) for cells in shown.values()]
        assert keys == sorted(keys, reverse=True)
    assert re.findall(r'aria-sort="(\w+)"', page.html) == ["ascending" if sort == "nom" else "descending"]


def test_sorting_keeps_the_filter_and_the_scope_and_the_other_way_round(demo, visit):
    page = visit(f"{PAGE}?secteur=batiment&tri=creations&taille=49")
    assert "?taille=49&secteur=batiment&tri=fermetures" in page.links
    assert '<input type="hidden" name="tri" value="creations">' in page.html
    assert '<option value="batiment" selected>' in page.html


def test_one_sector_alone(demo, visit):
    page = visit(f"{PAGE}?secteur=alimentation")
    assert {trade(code).sector for code in lines_of(page)} == {Sector.FOOD}
    assert "métiers de l’alimentation" in page.headings[0][1]


def test_trades_of_everyday_are_marked(demo, visit):
    page = visit(PAGE)
    marked = sum(trade(code).everyday for code in lines_of(page))
    assert page.html.count('<span class="everyday">du quotidien</span>') == marked > 5


def test_the_trades_that_are_not_there_are_all_named(demo, visit):
    page = visit(PAGE)
    absent = [one for one in trades() if one.code not in lines_of(page)]
    assert f"{len(absent)}\u00a0métiers de la liste sans entreprise ici" in page.text
    assert {f"{PAGE}{one.code}/" for one in absent} <= set(page.links)


def test_numbers_open_onto_their_rows_and_zero_onto_nothing(demo, visit):
    page, born = visit(PAGE), values("creations")
    for code in lines_of(page):
        link = f"{LENS_LIEVIN}etablissements/?indicateur=creations&metier={code}"
        assert (link in page.links) == bool(born.get(code))


@pytest.mark.parametrize("query", ["tri=hasard", "secteur=agriculture", "perimetre=tout"])
def test_a_choice_that_does_not_exist_is_refused_with_those_that_do(demo, visit, query):
    assert "écrire" in visit(f"{PAGE}?{query}", status=400).text


def test_strangers_and_absences(demo, visit):
    assert "ne porte le code 246200365" in visit("/territoires/epci/246200365/metiers/", status=404).text
    assert "territoire incomplet" in visit("/territoires/region/32/metiers/", status=409).text


def test_a_sector_without_any_firm_says_how_to_widen(demo, visit):
    page = visit("/territoires/commune/62003/metiers/?secteur=fabrication&perimetre=certain&taille=connue")
    if "Aucune entreprise de ce secteur" in page.text:
        assert "/territoires/commune/62003/metiers/" in page.links
    else:
        assert lines_of(page)


def test_five_questions_whatever_the_number_of_trades(demo, client, monkeypatch):
    asked = set()
    ask = facts.ask
    monkeypatch.setattr(facts, "ask", lambda question: asked.add(question) or ask(question))
    client.get(PAGE)
    assert len(asked) == len(MEASURES)


def test_the_page_is_not_sent_twice(demo, client):
    tag = client.get(PAGE).headers["ETag"]
    assert client.get(PAGE, headers={"If-None-Match": tag}).status_code == 304


def test_under_the_craft_code_what_moves_is_not_counted_as_zero(demo, visit):
    page = visit(f"{PAGE}?perimetre=certain")
    assert {cells[1] for cells in lines_of(page).values()} == {"—"}
    assert "le code artisanal n’a pas d’historique" in page.text
