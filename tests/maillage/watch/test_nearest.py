"""The nearest commune where a trade is practised."""

from math import cos, hypot, radians

import pytest

from maillage.watch.nearest import Neighbourhood, kilometres
from tests.maillage.watch.editions import ARRAS, AVION, CLOSED, LENS, LIEVIN, OPEN, SINCE, Month

CENTRES = {LENS: (2.8320, 50.4318), LIEVIN: (2.7786, 50.4219), AVION: (2.8338, 50.4063), ARRAS: (2.7772, 50.2898)}


@pytest.fixture
def around(tmp_path, monkeypatch):
    """Bakeries in Liévin (two) and Arras, one that closed in Avion; a butcher nowhere."""
    month = Month()
    month.shop(1, LIEVIN, OPEN, OPEN)
    month.shop(2, LIEVIN, OPEN, OPEN)
    month.shop(3, AVION, OPEN, CLOSED)
    month.shop(4, ARRAS, OPEN, OPEN)
    month.shop(5, LENS, ((SINCE, "", "62.01Z"),), ((SINCE, "", "62.01Z"),))
    _old, new = month.stores(tmp_path)
    monkeypatch.setattr(new, "centre", CENTRES.get)
    return Neighbourhood(new)


def test_the_nearest_of_those_still_open_with_how_many_it_has(around):
    found = around.nearest(LENS, "boulangerie")
    flat = hypot((2.8320 - 2.7786) * 111.2 * cos(radians(50.43)), (50.4318 - 50.4219) * 111.2)  # a plane is enough here
    assert (found.commune, found.count) == (LIEVIN, 2)
    assert found.km == pytest.approx(flat, rel=0.01)


def test_a_commune_is_not_its_own_neighbour(around):
    assert around.nearest(LIEVIN, "boulangerie").commune == ARRAS


def test_nothing_near_when_nobody_does_it_or_no_centre_is_known(around):
    assert around.nearest(LENS, "charcuterie") is None
    assert around.nearest("99999", "boulangerie") is None


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres():
    assert kilometres((2, 50), (2, 51)) == pytest.approx(111.2, abs=0.1)
