"""A month in which one thing of each kind happens, as the store in force."""

from pathlib import Path

import pytest

from tests.maillage.watch.editions import BAKERY, CLOSED, LENS, LIEVIN, OPEN, Month

NEW = (("2026-10-20", "", BAKERY),)


@pytest.fixture(scope="session")
def month_stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Firm 1 goes from Lens to Liévin; firm 2, partially diffusible, opens in Lens beside firm 3."""
    month = Month()
    month.crowd()
    month.shop(1, LENS, OPEN, CLOSED)
    month.shop(1, LIEVIN, None, NEW, shop=2)
    month.shop(2, LENS, None, NEW, status="P")
    month.shop(3, LENS, None, NEW)
    folder = tmp_path_factory.mktemp("month")
    month.stores(folder, covers=["commune:62041", "commune:62498", "commune:62510"])
    return folder / "stores"


@pytest.fixture
def month(settings, month_stores: Path) -> None:
    """That month is in force."""
    settings.STORES_DIR = month_stores
