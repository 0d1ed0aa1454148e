"""Pages under the contract, on a small demonstration made once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from etabli import facts
from etabli.accounts.models import User
from etabli.demo.recipe import HOME, METROPOLIS, Recipe
from etabli.demo.stores import prepare
from maillage.peers import similar_epci
from tests.etabli import contract
from tests.etabli.cast import Cast, as_user, gather
from tests.once import once

LENS_LIEVIN = "/territoires/epci/246200364/"


@pytest.fixture(scope="session")
def demo_stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two months of Lens-Liévin, Lille and three similar EPCI, by the code of the demonstration."""
    places = (HOME, METROPOLIS, *(peer.code for peer in similar_epci(HOME, 3)))
    recipe = Recipe(territories=tuple(f"epci:{code}" for code in places), scale=0.4)
    return once(tmp_path_factory, "demonstration", lambda data: prepare(recipe, data)) / "stores"


@pytest.fixture
def demo(settings, demo_stores: Path) -> facts.Store:
    """The demonstration is the store in force."""
    settings.STORES_DIR = demo_stores
    return facts.store()


@pytest.fixture
def no_store(settings, tmp_path: Path) -> None:
    """Nothing was built yet."""
    settings.STORES_DIR = tmp_path / "stores"


@pytest.fixture
def cast(db) -> Cast:
    """Alice, Octave, Diane, Adèle, Luc, Basile, Étienne, Zoé and their organisations; see `tests/etabli/cast.py`."""
    return gather()


Visit = Callable[..., contract.Page]


@pytest.fixture
def visit(client: Client) -> Visit:
    """Fetch a page and hold it to the contract: `visit("/", status=200)`."""

    def fetch(address: str, status: int = 200, **headers: str) -> contract.Page:
        response = client.get(address, headers=headers)
        assert response.status_code == status, response.content.decode()[:2000]
        return contract.check(response)

    return fetch


@pytest.fixture
def visit_as(client: Client) -> Visit:
    """Fetch a page of the back office as somebody: `visit_as(cast.octave, "/espace/", status=403)`."""

    def fetch(person: User, address: str, status: int = 200, **headers: str) -> contract.Page:
        response = as_user(client, person).get(address, headers=headers)
        assert response.status_code == status, response.content.decode()[:2000]
        return contract.check(response, public=False)

    return fetch
