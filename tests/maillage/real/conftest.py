"""Stores built once per session from the real extracts; indicator and trade checks share them."""

import pytest

from maillage.store.build import build
from tests.maillage.real.official import lyon_source, metz_source


@pytest.fixture(scope="session")
def lyon_store(real_data, tmp_path_factory):
    """Every period of every establishment of Lyon 4e, as of July 2026."""
    folder = tmp_path_factory.mktemp("lyon")
    store = build(lyon_source(real_data, folder / "source"), folder / "stores")
    yield store
    store.close()


@pytest.fixture(scope="session")
def metz_store(real_data, tmp_path_factory):
    """The establishments of Metz about 2015."""
    folder = tmp_path_factory.mktemp("metz")
    store = build(metz_source(real_data, folder / "source"), folder / "stores")
    yield store
    store.close()


@pytest.fixture(scope="session")
def stocks_store(real_data, tmp_path_factory):
    """The official extracts of the stocks of June 2020, as they are."""
    store = build(real_data / "sirene", tmp_path_factory.mktemp("stocks"))
    yield store
    store.close()
