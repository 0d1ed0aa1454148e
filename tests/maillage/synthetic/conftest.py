"""One small population, generated once for all the tests of the generator."""

from datetime import date
from pathlib import Path

import pytest

from maillage.synthetic.export import write
from maillage.synthetic.population import Population
from maillage.territory import parse

CALL = "epci:246200364"
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture(scope="session")
def call() -> Population:
    """Lens-Liévin at full size."""
    return Population.generate(parse(CALL).communes, seed=7)


@pytest.fixture(scope="session")
def months(call: Population, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The official files of two months in a row."""
    root = tmp_path_factory.mktemp("synthetic")
    return write(call, root / "10", OCTOBER, [CALL]), write(call, root / "11", NOVEMBER, [CALL])
