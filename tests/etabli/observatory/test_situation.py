"""A commune stands on the map of its EPCI: on its portrait, in its document, at an address of its own."""

import pytest

from etabli import facts
from etabli.observatory.drawings import drawn_for, home_of
from maillage.territory import parse
from tests.etabli.conftest import LENS_LIEVIN

LENS, HOME = parse("commune:62498"), parse("epci:246200364")
PAGE = "/territoires/commune/62498/"


def test_a_commune_has_the_map_of_its_epci_and_other_places_their_own(demo):
    assert home_of(LENS) == HOME
    assert "situation" in drawn_for(LENS)
    assert "carte" not in drawn_for(LENS)
    for where in (HOME, parse("liste:62498,62510")):
        assert home_of(where) is None
        assert "situation" not in drawn_for(where)
        assert "carte" in drawn_for(where)


def test_an_epci_that_the_data_does_not_hold_whole_has_no_map(demo, monkeypatch):
    covers = type(demo).covers
    monkeypatch.setattr(
        type(demo), "covers", lambda self, where: covers(self, parse("france") if where == HOME else where)
    )
    assert home_of(LENS) is None
    assert "situation" not in drawn_for(LENS)


def test_the_page_shows_the_map_and_links_its_files(demo, visit):
    page = visit(PAGE)
    density = facts.ask(facts.Question("density", LENS)).total
    assert f"{density:.0f} entreprises pour 10 000 habitants à Lens, de " in page.text.replace("\u00a0", " ").replace(
        "\u202f", " "
    )
    assert f"{PAGE}images/situation.svg" in page.links
    assert "images/situation" not in visit(LENS_LIEVIN).html


@pytest.mark.parametrize("kind", ["svg", "png", "csv", "json"])
def test_its_files_answer_for_a_commune_alone(demo, client, kind):
    assert client.get(f"{PAGE}images/situation.{kind}").status_code == 200
    assert client.get(f"{LENS_LIEVIN}images/situation.{kind}").status_code == 404
