"""Two small places, each built once from official files by the production code."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from maillage.store import Store
from tests.maillage.indicators.naive import Naive
from tests.maillage.indicators.town import random_town

WHOLE = ["epci:246200364", "commune:69123", "commune:57463", "commune:59350"]  # communes without a shop count 0


@dataclass(frozen=True, repr=False)
class Place:
    """A store and its slow twin, read from the same files."""

    store: Store
    naive: Naive


@pytest.fixture(scope="session", params=[1, 2], ids="seed {}".format)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Hundreds of random firms in eight communes."""
    folder = tmp_path_factory.mktemp("place")
    store = random_town(request.param).store(folder, covers=WHOLE)
    return Place(store, Naive.read(folder / "source"))
