"""Two editions of a small place, a month apart, written as official files and built by the production code."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from maillage.store import Store
from maillage.store.build import build
from tests.maillage.indicators.town import Periods, Town, siret

BEFORE, AFTER = "2026-10-01", "2026-11-01"
LENS, LIEVIN, AVION, ARRAS = "62498", "62510", "62065", "62041"
BAKERY, BUTCHER, FLORIST, OFFICE = "10.71C", "10.13B", "47.76Z", "62.01Z"  # entirely craft twice, in part, not at all
SINCE = "2015-03-01"
OPEN = ((SINCE, "", BAKERY),)
CLOSED = ((SINCE, "2026-10-14", BAKERY), ("2026-10-15", "", "F"))


@dataclass
class Month:
    """What the two editions say; a shop without periods is not in the file of that month."""

    before: Town = field(default_factory=Town)
    after: Town = field(default_factory=Town)

    def shop(
        self, number: int, commune: str, before: Periods | None, after: Periods | None, shop: int = 1, **facts: str
    ) -> str:
        """One establishment in the two files. Returns its SIRET."""
        for town, periods in ((self.before, before), (self.after, after)):
            if periods:
                town.shop(number, commune, *periods, shop=shop, **facts)
        return siret(number, shop)

    def firm(self, number: int, **facts: str) -> None:
        """The legal unit in the two files; call it before its shops."""
        self.before.firm(number, **facts)
        self.after.firm(number, **facts)

    def crowd(self, commune: str = ARRAS, first: int = 900, size: int = 3) -> None:
        """Bakeries elsewhere, to which nothing happens."""
        for number in range(first, first + size):
            self.shop(number, commune, OPEN, OPEN)

    def stores(self, folder: Path, **settings: object) -> tuple[Store, Store]:
        """Both editions, in one folder of stores."""
        return (
            edition(self.before, folder, BEFORE, **settings),
            edition(self.after, folder, AFTER, **settings),
        )


def edition(town: Town, folder: Path, on: str, *, fictitious: bool = True, covers: list[str] | None = None) -> Store:
    """One edition of a place, of which `folder` keeps the official files and the store."""
    source = town.write(folder / on, covers=covers, stock_date=on)
    settings = {"fictitious": fictitious, "covers": covers, "stock_date": on}
    (source / "etabli.json").write_text(json.dumps(settings), encoding="utf-8")
    return build(source, folder / "stores")
