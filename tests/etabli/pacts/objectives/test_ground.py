"""A figure of the territory says where it comes from, and opens onto the establishments behind it."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from etabli import facts
from etabli.observatory.establishments.asked import OPENABLE
from etabli.pacts.models import Measure, Nature
from etabli.pacts.objectives.ground import WITH_ROWS
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to(date(2026, 11, 20))


@pytest.fixture
def pact(cast):
    return ground.convention(cast.chamber, ground.LENS, ground.LIEVIN, slug="lens", years=(2025, 2027))


def shown(client, cast, one, **more):
    response = as_user(client, cast.octave).get(f"/pacte/lens/objectifs/{one.pk}/", more)
    assert response.status_code == 200
    return response.content.decode()


def promise(pact, indicator, **more):
    return ground.objective(ground.axis(pact), measure=Measure.INDICATOR, indicator=indicator, **more)


def test_the_figures_that_open_are_those_of_the_observatory():
    assert tuple(OPENABLE) == WITH_ROWS


@pytest.mark.parametrize(("indicator", "links"), [("stock_firms", 1), ("creations", 2)])
def test_it_says_its_source_its_day_its_place_and_opens_its_establishments(client, cast, demo, pact, indicator, links):
    seen = shown(client, cast, promise(pact, indicator))
    assert "Aucun acte compté" not in seen
    assert "Sirene" in seen
    assert "2\u00a0communes" in seen
    assert "<dt>Fichier</dt><dd>du 1" in seen
    found = [unescape(one) for one in re.findall(r'href="(/territoires/liste/[^"]+etablissements/[^"]*)"', seen)]
    assert len(found) == links
    for address in found:
        assert f"indicateur={indicator}" in address
        assert client.get(address).status_code == 200


def test_an_indicator_without_rows_leads_to_the_portrait(client, cast, demo, pact):
    seen = shown(client, cast, promise(pact, "survival"))
    (address,) = re.findall(r'href="(/territoires/liste/[^"?]+/)"', seen)
    assert client.get(address).status_code == 200


def test_its_file_has_a_line_a_year_and_its_source(client, cast, demo, pact):
    one = promise(pact, "stock_firms")
    file = as_user(client, cast.octave).get(f"/pacte/lens/objectifs/{one.pk}/lignes.csv").content.decode()
    assert any(line.startswith("2026") for line in file.splitlines())
    assert "Sirene" in file
    assert f"/pacte/lens/objectifs/{one.pk}/lignes.csv" in shown(client, cast, one)


def test_without_the_engine_the_page_still_opens(client, cast, no_store, pact):
    seen = shown(client, cast, promise(pact, "stock_firms"))
    assert "Aucun acte compté" not in seen


def test_employees_of_another_day_than_the_one_promised_are_no_figure(client, cast, demo, pact, monkeypatch):
    """As when an earlier edition answers for the end of last year: its day moves with every edition."""
    asked, given = facts.ask, date(2026, 11, 1)
    monkeypatch.setattr(
        facts, "ask", lambda question: replace(asked(replace(question, on=given)), question=question, on=given)
    )
    one = promise(pact, "employees", nature=Nature.STOCK)
    seen = shown(client, cast, one, annee=2025)
    assert "aucun chiffre au 31\u00a0décembre 2025, le plus proche est au 1er\u00a0novembre 2026" in unescape(seen)
    assert "<dt>Fichier</dt>" not in seen
    assert "<dt>Fichier</dt>" in shown(client, cast, one, annee=2026)
