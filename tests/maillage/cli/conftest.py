"""Two builds of a small place in a data folder of their own, as the command line finds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.store.build import build
from tests.maillage.indicators.town import CLOSED, random_town, siret
from tests.maillage.watch import answers


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``$ETABLI_DATA`` with official files, the stores of two months and a daily file to load."""
    folder = tmp_path_factory.mktemp("data")
    before, after = random_town(7), random_town(7)
    before.shop(901, "62498", ("2010-01-01", "", "96.02A"))
    after.shop(901, "62498", ("2010-01-01", "2026-09-11", "96.02A"), ("2026-09-12", "", CLOSED))
    after.shop(900, "62498", ("2026-09-10", "", "10.71C"))
    build(before.write(folder / "before", stock_date="2026-09-01"), folder / "stores")
    build(after.write(folder / "sources" / "sirene"), folder / "stores")
    later = random_town(7)
    later.shop(902, "62510", ("2026-10-02", "", "10.71C"))
    answers.write(folder / "sources" / "quotidien" / "siret.json", answers.answer(later, "2026-10-05", {siret(902)}))
    return folder


@pytest.fixture(autouse=True)
def _data_folder(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETABLI_DATA", str(data))
