"""A demonstration small enough to be made in a test: one EPCI, a tenth of its firms."""

from pathlib import Path

import pytest

from etabli.demo.recipe import Recipe
from etabli.demo.stores import Prepared, prepare

SMALL = Recipe(territories=("epci:246200364",), scale=0.1)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Prepared]:
    """The data folder of the small demonstration, prepared once; do not change it."""
    data = tmp_path_factory.mktemp("demo")
    return data, prepare(SMALL, data)
