"""Survival and flows are given with and without succession links, as a bound, wherever one value stood alone."""

import csv
import io
import json
from dataclasses import replace

import pytest

from etabli import facts
from etabli.facts import Question
from etabli.observatory.pictures import links
from etabli.observatory.pictures.movement import movement
from etabli.observatory.pictures.survival import survival
from etabli.observatory.portraits import portrait
from etabli.observatory.print.document import document
from etabli.observatory.scopes import Reading
from etabli.ui import french
from maillage.indicators.notes import NO_LINKS
from maillage.territory import parse
from tests.etabli.conftest import LENS_LIEVIN
from tests.etabli.observatory.pictures.answers import curve, moves

LENS = parse("epci:246200364")
GROSS = "sans liens de succession"


def plain(client, address):
    """Rows of a plain CSV, by heading."""
    answered = client.get(address + ("&" if "?" in address else "?") + "separateur=virgule")
    return list(csv.DictReader(io.StringIO(answered.content.decode())))


def column(rows, start):
    name = next(name for name in rows[0] if name.startswith(start) and GROSS in name)
    return [row[name] for row in rows]


def test_the_columns_without_links_are_those_of_a_question_that_ignores_them(demo, client):
    years = plain(client, f"{LENS_LIEVIN}tableaux/annees.csv")
    for start, name in (("Créations", "creations"), ("Fermetures", "closures")):
        asked = [row.value for row in facts.ask(Question(name, LENS, by="year", links=False)).rows]
        assert [int(cell) for cell in column(years, start)] == asked
        assert asked != [int(row[start]) for row in years], "the demonstration has takeovers"
        moved = plain(client, f"{LENS_LIEVIN}images/mouvement.csv")
        assert [int(cell) for cell in column(moved, start)] == asked
    rates = [row.value for row in facts.ask(Question("creation_rate", LENS, by="year", links=False)).rows]
    for rows in (column(years, "Taux"), column(plain(client, f"{LENS_LIEVIN}images/creations.csv"), "Lens")):
        assert [float(cell) for cell in rows] == pytest.approx(rates, abs=0.005)
    curve_ = {row.key: row.value for row in facts.ask(Question("survival", LENS, links=False)).rows}
    months = plain(client, f"{LENS_LIEVIN}images/survie.csv")
    assert [float(cell) for cell in column(months, "Lens")] == pytest.approx(
        [curve_[row["Ancienneté (mois)"]] for row in months], abs=0.005
    )


def test_every_format_has_the_columns(demo, client):
    for address in ("images/survie.json", "images/mouvement.json", "tableaux/annees.json"):
        assert GROSS in json.dumps(json.loads(client.get(LENS_LIEVIN + address).content), ensure_ascii=False)


def test_the_portrait_and_its_print_say_both_ends_of_the_bound(demo, visit):
    net, gross = (
        next(row.value for row in facts.ask(Question("survival", LENS, links=kept)).rows if row.key == "36")
        for kept in (True, False)
    )
    low, high = (french.percent(value) for value in sorted((net, gross)))
    said = f"À 3\u00a0ans, de {low} à {high} selon que l’on compte ou non les reprises comme des fermetures."
    screen = portrait(LENS, Reading())
    assert said in screen.drawings["survie"].picture.unit
    assert said in screen.figures[3].notes
    printed = {chart["title"]: chart["unit"] for chart in document(screen, page="")["charts"]}
    assert any(said in unit for unit in printed.values())
    born, dead = (
        sum(
            row.value
            for row in facts.ask(Question(name, LENS, by="year", links=False)).rows
            if "partial" not in row.extra
        )
        for name in ("creations", "closures")
    )
    told = f"reprises comptées, {french.counted(born, 'création')} et {french.counted(dead, 'fermeture')}."
    assert told in screen.drawings["mouvement"].picture.unit
    assert any(told in unit for unit in printed.values())
    rate = french.percent(facts.ask(Question("creation_rate", LENS, links=False)).total)
    assert screen.figures[2].notes[0] == (
        f"Reprises comptées comme des créations\u00a0: {rate} au lieu de {screen.figures[2].value}."
    )


def test_without_a_file_of_links_it_is_said_that_they_are_not_loaded():
    bare = replace(curve(0.0058), notes=(NO_LINKS,))
    assert links.NOT_LOADED in survival(bare).unit
    born, dead, firms = (replace(answer, notes=(NO_LINKS,)) for answer in moves([210, 225], [180, 190], [2400, 2430]))
    shown = movement(born, dead, firms)
    assert links.NOT_LOADED in shown.unit
    assert "ni les reprises" not in shown.unit
    assert NO_LINKS in shown.sheet.notes


def test_one_value_is_said_once_when_links_change_nothing():
    answer = curve(0.0058)
    same = [replace(row, extra={**row.extra, "without_links": row.value}) for row in answer.rows]
    told = survival(replace(answer, rows=tuple(same))).unit
    assert "que l’on compte ou non les reprises" in told
    assert " à 3\u00a0ans, de " not in told.lower()


def test_a_comparison_says_both_on_its_page_and_in_its_table(demo, client, visit):
    where = ("epci:246200364", "commune:62498")
    address = "/comparer.csv?" + "&".join(f"t={key}" for key in where)
    text = client.get(address).content.decode("utf-8-sig").replace(",", ".")
    rows = {row[0].replace(".", ","): row[2:4] for row in csv.reader(io.StringIO(text), delimiter=";") if len(row) > 3}
    page = visit(address.replace(".csv", "/")).text
    for label, name in (("Créations", "creations"), ("Fermetures", "closures"), ("Taux de création", "creation_rate")):
        gross = [facts.ask(Question(name, parse(key), links=False)).total for key in where]
        assert [float(cell) for cell in rows[f"{label}, {GROSS}"]] == pytest.approx(gross, abs=0.005)
        assert rows[label] != rows[f"{label}, {GROSS}"]
    born = facts.ask(Question("creations", LENS, links=False)).total
    assert f"reprises comptées\u00a0: {french.number(born)}" in page
    curves = [facts.ask(Question("survival", parse(key), links=False)) for key in where]
    gross = [next(row.value for row in curve_.rows if row.key == "36") for curve_ in curves]
    assert [float(cell) for cell in rows[f"Encore actives à 3\u00a0ans, {GROSS}"]] == pytest.approx(gross, abs=0.005)
