"""Sole traders and companies told apart: on the portrait, in its files, in the list of establishments."""

import csv
import io
import re

import pytest
from django.http import QueryDict

from etabli import facts
from etabli.facts import Question
from etabli.observatory.portraits import portrait
from etabli.observatory.scopes import Reading, reading_from
from etabli.ui import french
from maillage.store.columns import UNKNOWN_START, to_day
from maillage.territory import parse
from tests.etabli.conftest import LENS_LIEVIN

LENS = parse("epci:246200364")
FORMS = {"entreprises individuelles": 1, "sociétés": 2}  # label, legal class of the store
MONTH = 30.4375  # days


def table(client, address):
    answered = client.get(address + ("&" if "?" in address else "?") + "separateur=virgule")
    return list(csv.DictReader(io.StringIO(answered.content.decode())))


def active_firms(store, legal, day):
    """Firms of the form with a craft spell that day, whatever their size, one spell at a time."""
    found, spells = {True: set(), False: set()}, store.spells
    for row in store.rows_in(LENS.communes):
        firm = int(spells.firm[row])
        craft = int(spells.reach[row]) in (0, 1) or store.establishments.certain[spells.establishment[row]] == 1
        if store.firms.legal[firm] == legal and craft and spells.start[row] <= day < spells.end[row]:
            found[int(store.firms.band[firm]) in (0, 1, 2, 3, 4, 255)].add(firm)
    return found[True], found[True] | found[False]


def test_forms_are_counted_again_by_hand(demo, client):
    today = to_day(demo.manifest.stock_date)
    year_ago = to_day(demo.manifest.stock_date.replace(year=demo.manifest.stock_date.year - 1))
    screen = portrait(LENS, Reading())
    shown = {line.label.lower(): line for line in screen.forms.lines}
    rows = {row["Forme"]: row for row in table(client, f"{LENS_LIEVIN}tableaux/formes.csv")}
    assert set(rows) == set(shown) == set(FORMS)
    firms = 0
    for label, legal in FORMS.items():
        small, _ = active_firms(demo, legal, today)
        _, before = active_firms(demo, legal, year_ago)
        assert shown[label].count == french.number(len(small))
        assert int(rows[label]["Entreprises"]) == len(small)
        assert int(rows[label]["Entreprises au début"]) == len(before)
        born = facts.behind(Question("creations", LENS))
        owners = {int(demo.establishments.firm[number]) for number in born.numbers}
        assert int(rows[label]["Créations (12 mois)"]) == sum(demo.firms.legal[firm] == legal for firm in owners)
        rate = 100 * int(rows[label]["Créations (12 mois)"]) / len(before)
        assert float(rows[label]["Taux de création (%)"]) == pytest.approx(rate, abs=0.005)
        assert shown[label].rate == french.percent(rate)
        density = 10_000 * len(small) / LENS.population
        assert float(rows[label]["Entreprises pour 10 000 habitants"]) == pytest.approx(density, abs=0.005)
        assert shown[label].density == french.number(density, 1)
        firms += len(small)
    assert french.number(firms) == screen.figures[0].value


def test_the_age_of_each_form_is_that_of_its_firms_in_the_middle(demo, client):
    """Ages found again from the presences of the engine's twin: half of the firms are older, half are younger."""
    rows = {row["Forme"]: float(row["Âge médian (ans)"]) for row in table(client, f"{LENS_LIEVIN}tableaux/formes.csv")}
    shown = {line.label.lower(): line.age for line in portrait(LENS, Reading()).forms.lines}
    today, spells = to_day(demo.manifest.stock_date), demo.spells
    for label, legal in FORMS.items():
        small, _ = active_firms(demo, legal, today)
        since: dict[int, int] = {}
        for row in demo.rows_in(LENS.communes):
            firm, start = int(spells.firm[row]), int(spells.start[row])
            if firm in small and start > UNKNOWN_START:
                since[firm] = min(start, since.get(firm, today))
        oldest = sorted((today - start) / 365.25 for start in since.values())  # older than presences: gaps are bridged
        assert 0 < rows[label] <= oldest[len(oldest) // 2] + 0.5
        assert shown[label] == french.number(rows[label], 1)
    answer = {row.label.lower(): row.value for row in facts.ask(Question("age", LENS, by="legal")).rows}
    assert sorted(rows.values()) == pytest.approx(sorted(answer.values()), abs=0.005)


def test_survival_of_each_form_stands_between_its_bounds_and_around_that_of_all(demo, client):
    rows = table(client, f"{LENS_LIEVIN}tableaux/formes.csv")
    values = []
    for row in rows:
        at, low, high = (
            float(row[f"Encore actives à 3 ans{part} (%)"]) for part in ("", ", borne basse", ", borne haute")
        )
        assert low <= at <= high
        values.append(at)
    whole = next(row.value for row in facts.ask(Question("survival", LENS)).rows if row.key == "36")
    assert min(values) < whole < max(values)
    followed = sum(int(row["Entreprises créées, suivies"]) for row in rows)
    assert followed == facts.ask(Question("survival", LENS)).rows[0].extra["births"]


def test_the_card_of_survival_leads_to_the_forms(demo, visit):
    page = visit(LENS_LIEVIN)
    assert "#formes" in page.links
    assert 'id="formes"' in page.html
    for kind in ("csv", "xlsx", "ods", "json"):
        assert f"{LENS_LIEVIN}tableaux/formes.{kind}" in page.links


def test_a_few_firms_have_no_rate_and_the_craft_code_no_movement(demo):
    village = portrait(parse("commune:62003"), Reading())
    assert {(line.rate, line.survival) for line in village.forms.lines} <= {("trop peu", "trop peu")}
    coded = portrait(LENS, reading_from(QueryDict("perimetre=certain")))
    assert {(line.rate, line.survival) for line in coded.forms.lines} == {(french.ABSENT, french.ABSENT)}


@pytest.mark.parametrize("query", ["", "&indicateur=creations", "&metier=coiffure", "&indicateur=closures&annee=2024"])
def test_the_list_keeps_one_form(demo, visit, client, query):
    def sirets(form):
        rows = table(client, f"{LENS_LIEVIN}tableaux/etablissements.csv?forme={form}{query}")
        return [row["SIRET"] for row in rows]

    whole, parts = sirets(""), {word: sirets(word) for word in ("individuelle", "societe")}
    assert sorted(whole) == sorted([*parts["individuelle"], *parts["societe"]])
    legal = {f"{siren:09d}": int(form) for siren, form in zip(demo.firms.siren, demo.firms.legal, strict=True)}
    assert {legal[siret[:9]] for siret in parts["individuelle"]} == {1}
    assert {legal[siret[:9]] for siret in parts["societe"]} == {2}
    page = visit(f"{LENS_LIEVIN}etablissements/?forme=societe{query}")
    assert re.search(r'<option value="societe" selected>', page.html)
    assert "forme=societe" in next(link for link in page.links if "etablissements.csv" in link)


def test_a_form_that_does_not_exist_says_what_may_be_written(demo, visit):
    text = visit(f"{LENS_LIEVIN}etablissements/?forme=sarl", status=400).text
    assert "écrire individuelle, societe" in text
