"""The page of one trade: its numbers counted again, where it is and where it is not, what it is made of."""

import re

import pytest

from etabli import facts
from maillage.reference.trades import Reach, trade
from maillage.store.columns import to_day
from maillage.territory import commune_name, members, parse, population
from maillage.watch.nearest import kilometres
from tests.etabli.conftest import LENS_LIEVIN

LENS = parse("epci:246200364")
PAGE = f"{LENS_LIEVIN}metiers/boulangerie/"


def counted_by_hand(store, code, communes=LENS.communes):
    """Commune → establishments and commune → firms, from the columns of the store, one spell at a time."""
    on, spells = to_day(store.manifest.stock_date), store.spells
    shops, firms = {}, {}
    for row in store.rows_in(communes):
        firm = spells.firm[row]
        small = store.firms.band[firm] in (0, 1, 2, 3, 4) or (store.firms.band[firm] == 255)
        if (
            store.manifest.trades[spells.trade[row]] == code
            and spells.start[row] <= on < spells.end[row]
            and spells.reach[row] != 2
            and store.firms.legal[firm] <= 2
            and small
        ):
            commune = store.manifest.communes[spells.commune[row]]
            shops.setdefault(commune, set()).add(int(spells.establishment[row]))
            firms.setdefault(commune, set()).add(int(firm))
    return shops, firms


def table_of(page):
    """Commune → establishments printed, density printed."""
    body = page.html.split("Pour 10&#8239;000&nbsp;hab.")[1].split("</table>")[0]
    found = {}
    for line in body.split("</tr>")[1:-1]:
        name = re.search(r"<a [^>]*>([^<]+)</a>", line)[1]
        cells = re.findall(r'<td class="n">(.*?)</td>', line, re.DOTALL)
        found[name] = tuple(re.sub(r"<[^>]*>", "", cell).strip() for cell in cells)
    return found


def test_firms_and_communes_are_those_counted_by_hand(demo, visit):
    shops, firms = counted_by_hand(demo, "boulangerie")
    page = visit(PAGE)
    total = len(set().union(*firms.values()))
    assert page.headings[0][1].split() == (
        f"Lens-Liévin, boulangerie : {total} entreprises dans {len(shops)} des 36 communes".split()
    )
    for commune, found in shops.items():
        density = f"{10_000 * len(found) / population(commune):.1f}".replace(".", ",")
        assert table_of(page)[commune_name(commune)] == (str(len(found)), density)


def test_communes_without_the_trade_are_named_with_the_nearest_that_has_it(demo, visit):
    shops, _ = counted_by_hand(demo, "boulangerie")
    page = visit(PAGE)
    absent = [code for code in members(LENS) if code not in shops]
    assert f"Aucun établissement dans {len(absent)}\u00a0communes" in page.text
    for code in absent:
        there = min(shops, key=lambda other: kilometres(demo.centre(code), demo.centre(other)))
        km = f"{kilometres(demo.centre(code), demo.centre(there)):.1f}".replace(".", ",")
        line = re.search(rf">{commune_name(code)}</a> <span>([^<]*)</span>", page.html)
        assert line[1] == f"le plus proche {parse(f'commune:{there}').at}, à {km}\u00a0km"


def test_each_figure_opens_onto_its_rows(demo, visit, client):
    page = visit(PAGE)
    for name in ("stock_firms", "creations", "closures"):
        answer = facts.ask(facts.Question(name, LENS, trade="boulangerie"))
        link = f"{LENS_LIEVIN}etablissements/?indicateur={name}&metier=boulangerie"
        if answer.total:
            assert link in page.links
            assert client.get(link).status_code == 200


def test_the_scope_stays_in_every_link(demo, visit):
    page = visit(f"{PAGE}?perimetre=possible&taille=49")
    inside = [link for link in page.links if link.startswith((PAGE, f"{LENS_LIEVIN}etablissements/"))]
    assert inside
    assert all("perimetre=possible&taille=49" in link for link in inside)


def test_the_definition_gives_each_code_its_reach_its_reserve_and_the_law(demo, visit):
    page = visit(f"{LENS_LIEVIN}metiers/fleuriste/")
    assert [reach for _, reach in trade("fleuriste").naf] == [Reach.PARTIAL]
    assert "47.76Z" in page.text
    assert "artisanal en partie\u00a0: préparation de plantes" in page.text
    assert any("legifrance.gouv.fr" in link for link in page.links)
    assert "déclarés au répertoire des métiers" in page.text


def test_the_warning_leaves_when_the_scope_counts_them_all(demo, visit):
    assert "ne sont comptés ici que" not in visit(f"{LENS_LIEVIN}metiers/fleuriste/?perimetre=possible").text


def test_a_commune_shows_its_establishments_and_the_nearest_others(demo, visit):
    shops, _ = counted_by_hand(demo, "boulangerie", frozenset(demo.manifest.communes))
    page = visit("/territoires/commune/62498/metiers/boulangerie/")
    rows = demo.describe(sorted(shops["62498"]))
    named = [row for row in rows if not row.status]
    assert sum((row.sign or row.name) in page.text for row in named) >= min(len(named), 8)
    others = sorted(
        (code for code in shops if code != "62498"),
        key=lambda code: kilometres(demo.centre("62498"), demo.centre(code)),
    )
    near = re.findall(r'<li><a href="[^"]*">([^<]+)</a> <span>\d+', page.html)
    assert near == [commune_name(code) for code in others[:5]]
    assert "carte" not in {part.rsplit("/", 1)[-1].partition(".")[0] for part in page.links}


def test_a_commune_without_the_trade_says_so_and_looks_around(demo, visit):
    shops, _ = counted_by_hand(demo, "boulangerie")
    code = next(code for code in members(LENS) if code not in shops)
    page = visit(f"/territoires/commune/{code}/metiers/boulangerie/")
    assert "aucune entreprise" in page.headings[0][1]
    assert "Aucun établissement dans la commune" in page.text
    assert "Au plus près" in page.text


def test_a_trade_that_is_nowhere_has_neither_empty_map_nor_a_list_of_every_commune(demo, visit):
    page = visit(f"{LENS_LIEVIN}metiers/orpaillage/")
    assert "Dans aucune commune sur 36" in page.text
    assert "nulle part" not in page.text
    assert "Bully-les-Mines" not in page.text


def test_a_trade_that_is_nowhere_has_a_page_too(demo, visit):
    page = visit(f"{LENS_LIEVIN}metiers/orpaillage/")
    assert ": aucune entreprise" in page.headings[0][1].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("address", "status", "why"),
    [
        (f"{LENS_LIEVIN}metiers/astrologie/", 404, "n’existe pas dans la table des métiers"),
        (
            f"{LENS_LIEVIN}metiers/boulangerie/?taille=12",
            400,
            "écrire 10 (10 salariés au plus), 49 (49 salariés au plus)",
        ),
        (f"{LENS_LIEVIN}metiers/boulangerie/?le=demain", 400, "n’est pas une date"),
        ("/territoires/epci/246200365/metiers/boulangerie/", 404, "ne porte le code 246200365"),
        ("/territoires/departement/62/metiers/boulangerie/", 409, "territoire incomplet"),
    ],
)
def test_what_cannot_be_shown_says_why(demo, visit, address, status, why):
    assert why in visit(address, status=status).text.replace("\u00a0", " ")


@pytest.mark.parametrize("kind", ["svg", "png", "csv", "json"])
@pytest.mark.parametrize("name", ["carte", "mouvement"])
def test_each_image_has_its_address_in_the_page(demo, visit, client, name, kind):
    address = f"{PAGE}images/{name}.{kind}"
    assert address in visit(PAGE).links
    assert client.get(address).status_code == 200


def test_the_page_is_not_sent_twice(demo, client):
    tag = client.get(PAGE).headers["ETag"]
    assert client.get(PAGE, headers={"If-None-Match": tag}).status_code == 304


def test_questions_do_not_grow_with_the_communes(demo, client, monkeypatch):
    asked = []
    ask = facts.ask
    monkeypatch.setattr(facts, "ask", lambda question: asked.append(question) or ask(question))
    counts = []
    for address in ("/territoires/liste/62498,62510/metiers/coiffure/", f"{LENS_LIEVIN}metiers/coiffure/"):
        asked.clear()
        client.get(address)
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 2, "an EPCI has two comparisons more than a list"


def test_under_the_craft_code_what_moves_has_no_figure_and_no_curve(demo, visit):
    page = visit(f"{PAGE}?perimetre=certain")
    assert page.text.count("le code artisanal n’a pas d’historique") >= 4
    assert "pas de courbe dans ce périmètre" in page.text
