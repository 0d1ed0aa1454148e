"""Two to six territories side by side: which ones, the same numbers as elsewhere, the files."""

import csv
import io
import json
import re

import pytest

from etabli import facts
from etabli.observatory.comparison.drawings import NAMES
from maillage.peers import similar_epci
from maillage.territory import parse

LENS, LILLE, LIEVIN = "epci:246200364", "epci:200093201", "commune:62510"
TWO = f"/comparer/?t={LENS}&t={LIEVIN}"


@pytest.fixture
def places(demo):
    return [parse(LENS), parse(LIEVIN)]


def lines_of(page):
    """Label of the row → printed values."""
    body = page.html.split("<tbody>")[1].split("</tbody>")[0]
    found = {}
    for line in re.split(r"</tr>", body)[:-1]:
        cells = re.findall(r'<td class="n"[^>]*>(.*?)</td>', line, re.DOTALL)
        head = re.sub(
            r"\s+", " ", re.sub(r"<[^>]*>", "", re.split("<span class=.(?:unit|plain)|<details", line)[0])
        ).strip()
        found[head] = [re.sub(r"<span.*", "", cell, flags=re.DOTALL) for cell in cells]
        found[head] = [re.sub(r"<[^>]*>", "", cell).strip() for cell in found[head]]
    return found


def number(text):
    return float(text.replace("\u202f", "").replace("%", "").replace("−", "-").replace(",", ".").split()[0])


def rows_of(content):
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    return {line[0]: line[1:] for line in lines[: lines.index([])]}


@pytest.mark.parametrize(
    ("label", "indicator", "tolerance"),
    [
        ("Entreprises artisanales", "stock_firms", 0),
        ("Établissements artisanaux", "stock", 0),
        ("Densité artisanale", "density", 0.51),
        ("Créations", "creations", 0),
        ("Fermetures", "closures", 0),
        ("Taux de création", "creation_rate", 0.051),
        ("Taux de fermeture", "closure_rate", 0.051),
        ("Âge médian", "age", 0.051),
        ("Économie sociale et solidaire", "ess_share", 0.051),
    ],
)
def test_each_number_is_the_one_of_the_territory_alone(places, visit, label, indicator, tolerance):
    shown = lines_of(visit(TWO))[label]
    for text, where in zip(shown, places, strict=True):
        total = facts.ask(facts.Question(indicator, where)).total
        assert (text == "—") if total is None else abs(number(text) - total) <= tolerance


def test_a_density_is_rounded_alike_in_the_table_the_picture_and_the_portrait(places, visit):
    page = visit(TWO)
    for text, where in zip(lines_of(page)["Densité artisanale"], places, strict=True):
        exact = f"{facts.ask(facts.Question('density', where)).total:.1f}".replace(".", ",")
        assert exact not in page.text
        assert f"{where.short_name} {text}" in page.text
    portrait = visit("/territoires/epci/246200364/")
    assert f"{lines_of(page)['Densité artisanale'][0]}\u00a0pour 10\u202f000\u00a0habitants" in portrait.text


def test_the_portrait_leads_to_its_comparison_under_the_same_reading(demo, visit):
    page = visit("/territoires/epci/246200364/?taille=49")
    assert f"/comparer/?t={LENS}&taille=49" in page.links
    assert "Ajouter un territoire" in visit(f"/comparer/?t={LENS}&taille=49").text


def test_survival_has_its_interval(places, visit):
    page = visit(TWO)
    row = next(row for row in facts.ask(facts.Question("survival", places[0])).rows if row.key == "36")
    assert abs(number(lines_of(page)["Encore actives à 3 ans"][0]) - row.value) <= 0.051
    low, high = (f"{row.extra[name]:.1f}".replace(".", ",") for name in ("low", "high"))
    assert f"{low}\u00a0–\u00a0{high}" in page.text


def test_shares_of_sectors_are_those_of_the_firms(places, visit):
    shown = lines_of(visit(TWO))
    rows = facts.ask(facts.Question("stock_firms", places[0], by="sector")).rows
    for row in rows:
        share = 100 * row.value / sum(other.value for other in rows)
        label = next(head for head in shown if head.endswith(row.label.lower()))
        assert abs(number(shown[label][0]) - share) <= 0.51


def test_the_order_is_that_of_the_address(demo, visit):
    for keys in ((LENS, LIEVIN), (LIEVIN, LENS)):
        page = visit("/comparer/?" + "&".join(f"t={key}" for key in keys))
        names = [parse(key).short_name for key in keys]
        assert page.headings[0][1].split() == f"{names[0]} et {names[1]} côte à côte".split()


def test_the_title_names_three_territories_at_most(demo, visit):
    keys = (LENS, "commune:62498", "commune:62510", "commune:62065")
    page = visit("/comparer/?" + "&".join(f"t={key}" for key in keys))
    assert page.headings[0][1].split() == ["Lens-Liévin", "et", "trois", "autres", "territoires", "côte", "à", "côte"]


def test_a_territory_can_be_removed_and_the_scope_stays(demo, visit):
    page = visit(f"{TWO}&taille=49")
    assert f"?t={LENS}&taille=49" in page.links
    assert f"?t={LIEVIN}&taille=49" in page.links
    assert page.html.count('<input type="hidden" name="t"') == 4, "two forms keep the territories"


def test_none_then_one_say_what_to_do(demo, visit):
    assert "Premier territoire à comparer" in visit("/comparer/").text
    page = visit(f"/comparer/?t={LENS}")
    assert "Il en faut au moins deux" in page.text
    assert "Comparer Lens-Liévin à d’autres territoires" in page.headings[0][1]


@pytest.mark.parametrize("typed", ["Liévin", "lievin", "LIEVIN", "62510"])
def test_a_typed_name_leads_to_the_address_that_holds_the_place(demo, client, typed):
    response = client.get("/comparer/", {"t": LENS, "ajout": typed, "taille": "49"})
    assert (response.status_code, response.headers["Location"]) == (302, f"/comparer/?t={LENS}&t={LIEVIN}&taille=49")


def test_a_name_that_may_be_several_places_asks_which(demo, visit):
    page = visit(f"/comparer/?t={LENS}&ajout=no")
    assert "peut être plusieurs lieux" in page.text
    assert any(link.startswith(f"?t={LENS}&t=") for link in page.links)


def test_a_name_that_is_no_place_says_so_and_stays_in_the_field(demo, visit):
    page = visit(f"/comparer/?t={LENS}&ajout=zzzqqq")
    assert "Aucun lieu de ces données ne s’appelle «\u00a0zzzqqq\u00a0»" in page.text
    assert 'value="zzzqqq"' in page.html


def test_a_place_outside_the_data_is_named_with_the_reason(demo, visit):
    page = visit(f"/comparer/?t={LENS}&ajout=Marseille")
    assert "Marseille n’est pas dans cette édition des données" in page.text


def test_a_place_already_there_is_said_to_be(demo, visit):
    assert "Lens-Liévin est déjà comparé" in visit(f"/comparer/?t={LENS}&ajout=lens-lievin").text


def test_what_is_typed_is_never_run(demo, client):
    assert b"<script>alert" not in client.get("/comparer/", {"ajout": "<script>alert(1)</script>"}).content


def test_one_bad_territory_does_not_spoil_the_others(demo, visit):
    page = visit(f"{TWO}&t=epci:246200365&t=departement:62")
    assert page.text.count("Aucun territoire de niveau") == 1
    assert "Pas-de-Calais" in page.text
    assert len(lines_of(page)["Créations"]) == 2


def test_the_same_territory_twice_is_one(demo, visit):
    assert len(lines_of(visit(f"{TWO}&t={LENS}"))["Créations"]) == 2


def test_six_at_most(demo, visit):
    keys = [
        LENS,
        LIEVIN,
        "commune:62498",
        "commune:62065",
        LILLE,
        *(f"epci:{p.code}" for p in similar_epci("246200364", 3)),
    ]
    page = visit("/comparer/?" + "&".join(f"t={key}" for key in keys))
    assert len(lines_of(page)["Créations"]) == 6
    assert page.text.count("n’est pas ajouté") == 2
    assert 'name="ajout"' not in page.html


def test_under_the_craft_code_what_moves_is_told_as_unknown(demo, visit, client):
    page = visit(f"{TWO}&perimetre=certain")
    assert lines_of(page)["Taux de création"] == ["—", "—"]
    assert "le code artisanal n’a pas d’historique" in page.text
    assert "n’a pas d’historique" in client.get(f"/comparer.csv?t={LENS}&t={LIEVIN}&perimetre=certain").content.decode()


@pytest.mark.parametrize(
    ("query", "way_out"),
    [
        ("taille=12", "écrire 10 (10 salariés au plus), 49 (49 salariés au plus)"),
        ("perimetre=tout", "écrire certain (code artisanal déclaré), activite (entièrement artisanale)"),
        ("le=hier", "écrire par exemple 2024-10-01"),
    ],
)
def test_a_question_badly_put_is_refused_with_what_may_be_written(demo, visit, query, way_out):
    assert way_out in visit(f"{TWO}&{query}", status=400).text


@pytest.mark.parametrize(
    "address", ["/comparer.csv", f"/comparer.xlsx?t={LENS}", f"/comparer/images/survie.svg?t={LENS}"]
)
def test_a_file_needs_two_territories(demo, visit, address):
    assert "au moins deux territoires" in visit(address, status=400).text


def test_the_csv_has_numbers_bounds_source_and_the_warning(places, client):
    content = client.get(f"/comparer.csv?t={LENS}&t={LIEVIN}").content
    rows = rows_of(content)
    assert rows["Indicateur"] == ["Unité", "Lens-Liévin", "Liévin"]
    total = facts.ask(facts.Question("stock_firms", places[0])).total
    assert rows["Entreprises artisanales"][1] == str(total)
    three = next(row for row in facts.ask(facts.Question("survival", places[0])).rows if row.key == "36")
    assert float(rows["Encore actives à 3\u00a0ans, borne basse"][1].replace(",", ".")) == round(three.extra["low"], 2)
    assert "Données fictives" in content.decode()
    assert "Insee, base Sirene" in content.decode()


def test_the_workbooks_and_the_json_say_the_same(demo, client):
    query = f"?t={LENS}&t={LIEVIN}"
    document = json.loads(client.get(f"/comparer.json{query}").content)
    assert document["fictitious"] is True
    assert [row["Indicateur"] for row in document["rows"]] == list(
        rows_of(client.get(f"/comparer.csv{query}").content)
    )[1:]
    assert client.get(f"/comparer.xlsx{query}").content[:2] == b"PK"
    assert client.get(f"/comparer.ods{query}").content[:2] == b"PK"


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_has_its_four_files_at_addresses_that_the_page_gives(demo, visit, client, name):
    page = visit(TWO)
    for kind in ("svg", "png", "csv", "json"):
        address = f"/comparer/images/{name}.{kind}?t={LENS}&t={LIEVIN}"
        assert address in page.links
        response = client.get(address)
        assert response.status_code == 200
        assert client.get(address, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_a_picture_that_does_not_exist(demo, client):
    assert client.get(f"/comparer/images/carte.svg?t={LENS}&t={LIEVIN}").status_code == 404


def test_questions_grow_with_the_territories_and_with_nothing_else(demo, client, monkeypatch):
    asked = set()
    ask = facts.ask
    monkeypatch.setattr(facts, "ask", lambda question: asked.add(question) or ask(question))
    per_place = []
    for address in (TWO, f"{TWO}&t=commune:62498&t=commune:62065"):
        asked.clear()
        client.get(address)
        per_place.append(len(asked) / address.count("t="))
    assert per_place[0] == per_place[1] <= 15


def test_the_page_is_not_sent_twice(demo, client):
    tag = client.get(TWO).headers["ETag"]
    assert client.get(TWO, headers={"If-None-Match": tag}).status_code == 304
