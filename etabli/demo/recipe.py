"""What the demonstration is made of: territories, months, seed; and the mark that tells when to make it again."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import maillage
from maillage.peers import similar_epci
from maillage.territory import Territory, parse

HOME = "246200364"
"""CA de Lens – Liévin: 36 communes, the territory of article S2."""

METROPOLIS = "200093201"
"""Métropole Européenne de Lille: the large neighbour."""

ENGINE = Path(maillage.__file__).parent


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the content of the demonstration.

    ``months``: days of the stocks. ``weeks``: Mondays on which daily files are read, each since the one before.

    ``since`` and ``other_share`` keep the whole within the 99 998 numbers of the fictitious block: firms that stopped
    before 2004 are left out, and activities outside crafts are rarer than in a real file.
    """

    territories: tuple[str, ...]
    months: tuple[date, ...] = (date(2026, 10, 1), date(2026, 11, 1))
    weeks: tuple[date, ...] = (date(2026, 11, 9), date(2026, 11, 16))
    seed: int = 2026
    scale: float = 1.0
    since: int = 2004
    other_share: float = 0.15

    @property
    def places(self) -> tuple[Territory, ...]:
        """The territories of ``territories``, read."""
        return tuple(parse(key) for key in self.territories)

    @property
    def communes(self) -> frozenset[str]:
        """Every commune of the demonstration."""
        return frozenset[str]().union(*(place.communes for place in self.places))

    @property
    def mark(self) -> str:
        """Changes when the recipe or the code that follows it changes."""
        return hashlib.sha256(f"{self!r} {_engine_digest()}".encode()).hexdigest()[:16]


def whole() -> Recipe:
    """The demonstration as served: Lens-Liévin, Lille, and the EPCI most like Lens-Liévin."""
    peers = tuple(peer.key for peer in similar_epci(HOME))
    return Recipe(territories=tuple(dict.fromkeys((f"epci:{HOME}", f"epci:{METROPOLIS}", *peers))))


@cache
def _engine_digest() -> str:
    """Hash of the code that runs: read once, as Python does."""
    digest = hashlib.sha256()
    for path in _engine_files():
        digest.update(str(path.relative_to(ENGINE)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _engine_files() -> Iterator[Path]:
    """Code and tables that the stores and the daily files of the demonstration come from."""
    for folder in ("synthetic", "sources", "store", "reference"):
        yield from sorted(path for path in (ENGINE / folder).rglob("*") if path.suffix in {".py", ".csv"})
    yield from sorted((ENGINE / "watch").glob("*.py"))
    yield from (ENGINE / "territory.py", ENGINE / "peers.py")
