"""Establishments by zoning: nothing when none is loaded, counts that open, a second computation by hand."""

from datetime import date

import numpy as np
import pytest

from etabli import facts
from etabli.kept import Kept
from etabli.observatory import zonings
from etabli.observatory.questions import Asker
from etabli.observatory.scopes import Reading
from maillage.indicators import Question, grouping
from maillage.scope import ActivityScope, Scope
from maillage.synthetic.zonings import zonings as written
from maillage.territory import members, parse
from tests.etabli.conftest import LENS_LIEVIN

LENS, LILLE = parse("epci:246200364"), parse("epci:200093201")
DENSITY = (
    "Grands centres urbains", "Centres urbains intermédiaires", "Petites villes", "Ceintures urbaines",
    "Bourgs ruraux", "Rural à habitat dispersé", "Rural à habitat très dispersé",
)  # fmt: skip


@pytest.fixture
def reading(demo):
    return Reading()


def number(text: str) -> int:
    return int(text.replace("\u202f", "").replace("—", "0"))


def by_hand(where, level_of, indicator: str) -> dict[str, int]:
    """Establishments behind a figure, one commune after another, added up by the level of each commune."""
    found: dict[str, int] = {}
    for code in members(where):
        answer = facts.ask(Question(indicator, parse(f"commune:{code}")))
        found[level_of(code)] = found.get(level_of(code), 0) + int(answer.total or 0)
    return {level: count for level, count in found.items() if count}


def density_of(code: str) -> str:
    return DENSITY[int(written()[code]["density"]) - 1]


def qpv_of(code: str) -> str:
    return (
        "Commune avec un quartier prioritaire"
        if written()[code]["qpv"]
        else ("Commune sans quartier prioritaire dans la liste")
    )


def lines(where, title: str):
    found = zonings.zones(Asker(Reading()), where)
    assert found is not None
    return next(table for table in found.tables if title in table.title).lines


@pytest.mark.parametrize(("title", "level_of"), [("densité", density_of), ("QPV", qpv_of)])
@pytest.mark.parametrize("where", [LENS, LILLE], ids=["lens", "lille"])
def test_establishments_of_each_level_are_those_of_its_communes(reading, where, title, level_of):
    shown = {line.label: number(line.count) for line in lines(where, title)}
    assert {level: count for level, count in shown.items() if count} == by_hand(where, level_of, "stock")
    assert len(shown) > 1


def test_every_count_opens_onto_as_many_establishments(reading, visit):
    opened = 0
    for line in lines(LENS, "densité"):
        for count, address in ((line.count, line.rows), (line.creations, line.creation_rows)):
            if address:
                page = visit(address)
                assert f"{count}\u00a0établissement" in page.text
                assert line.label in page.text
                opened += 1
    assert opened >= 4


def test_the_page_gives_the_loaded_zonings_with_their_definition_and_coverage(demo, visit):
    page = visit(LENS_LIEVIN)
    text = page.text.replace("\u00a0", " ")
    for said in (
        "Selon les zonages", "Zones de revitalisation rurale (ZRR)", "Classe de densité des communes",
        "n’est pas pour autant dans ce quartier", "grille_densite_2025.csv",
        "Aucun établissement sans niveau", "les établissements et leurs positions sont fictifs",
    ):  # fmt: skip
        assert said in text
    assert f"{LENS_LIEVIN}tableaux/zonages.csv" in page.links


def test_a_commune_has_one_level_and_no_table(demo, visit):
    assert "Cette commune : Grands centres urbains" in visit("/territoires/commune/62498/").text.replace("\u00a0", " ")


@pytest.fixture
def hold(demo, monkeypatch):
    """`hold(zones)`: the store holds those zonings and no other."""

    def held(zones):
        monkeypatch.setattr(type(demo), "zones", property(lambda _self: zones))
        for kept in ("_figures", "_lists"):  # answers of the true zonings are not found, nor kept those of these ones
            monkeypatch.setattr(facts, kept, Kept(10_000, lambda answer: len(answer.rows)))
        grouping.zone_lines.cache_clear()

    yield held
    monkeypatch.undo()
    grouping.zone_lines.cache_clear()


def test_nothing_is_shown_when_nothing_is_loaded(demo, visit, hold):
    hold({})
    assert "Selon les zonages" not in visit(LENS_LIEVIN).text
    assert "Aucun zonage" in visit(f"{LENS_LIEVIN}tableaux/zonages.csv", status=400).text


def test_a_zoning_whose_file_is_not_told_has_no_empty_brackets(demo, monkeypatch):
    monkeypatch.setattr(zonings, "_files", lambda _one: [])
    found = zonings.zones(Asker(Reading()), LENS)
    assert found is not None
    assert not any("(" in table.source for table in found.tables)


def test_establishments_of_a_commune_that_the_file_does_not_name_are_told(demo, hold):
    held = dict(demo.zones["density"])
    held.pop("62510")
    hold({"density": held})
    tables = zonings.zones(Asker(Reading(Scope(ActivityScope.POSSIBLE))), LENS)
    assert tables is not None
    lievin = facts.ask(Question("stock", parse("commune:62510"), scope=Scope(ActivityScope.POSSIBLE))).total
    assert tables.tables[0].coverage.replace("\u00a0", " ").replace("\u202f", " ") == (
        f"{lievin} établissements sans niveau : le fichier ne nomme pas leur commune."
    )
    assert tables.tables[0].lines[-1].label == "Commune absente du fichier"


def test_the_file_has_every_level_of_every_zoning(demo, client):
    text = client.get(f"{LENS_LIEVIN}tableaux/zonages.csv").content.decode()
    assert "Classe de densité des communes" in text
    assert "Zones de revitalisation rurale (ZRR)" in text


def test_without_history_creations_are_not_given(demo):
    asker = Asker(Reading(Scope(ActivityScope.CERTAIN)))
    found = zonings.zones(asker, LENS)
    assert found is not None
    assert {line.creations for table in found.tables for line in table.lines} == {"—"}


def test_a_past_day_is_split_too(demo):
    found = zonings.zones(Asker(Reading(on=date(2021, 1, 1))), LENS)
    assert found is not None
    assert (
        sum(number(line.count) for line in found.tables[0].lines)
        == facts.ask(Question("stock", LENS, on=date(2021, 1, 1))).total
    )


@pytest.mark.parametrize("zone", ["density:Lune", "couleur:bleu", "density", "zrr:"])
def test_a_zone_that_does_not_exist_is_refused_with_those_that_do(demo, visit, zone):
    page = visit(f"{LENS_LIEVIN}etablissements/?indicateur=stock&zonage={zone}", status=400)
    assert "Niveaux" in page.text or "Zonages" in page.text


@pytest.mark.parametrize("level", ["hors%20zonage", "Petites%20villes", ""])
def test_a_level_without_its_zoning_is_refused_with_an_example(demo, visit, level):
    page = visit(f"{LENS_LIEVIN}etablissements/?indicateur=stock&zonage=:{level}", status=400)
    assert "density:Petites villes" in page.text.replace("\u00a0", " ")


def test_with_outlines_of_neighbourhoods_each_establishment_is_placed_by_itself(demo, visit, monkeypatch):
    placed = (np.arange(len(demo.establishments)) % 3).astype(np.uint8)
    monkeypatch.setattr(type(demo), "neighbourhoods", property(lambda _self: placed))
    tables = zonings.zones(Asker(Reading()), LENS)
    assert tables is not None
    first = tables.tables[0]
    numbers = facts.behind(Question("stock", LENS)).numbers
    assert [number(line.count) for line in first.lines] == [int((numbers % 3 == level).sum()) for level in range(3)]
    assert first.coverage.startswith(first.lines[2].count)
    assert "sans position" in first.coverage
    assert not any("Communes avec" in table.title for table in tables.tables), "where communes say less"
    page = visit(first.lines[0].rows)
    assert f"{first.lines[0].count}\u00a0établissement" in page.text
    assert "En quartier prioritaire" in page.text
