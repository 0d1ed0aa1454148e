"""What is measured upon: generated official files and the stores built from them, made once, when first needed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from maillage.bench import zonings
from maillage.bench.figure import timed
from maillage.peers import similar_epci
from maillage.store import Store
from maillage.store.build import build
from maillage.synthetic.export import write
from maillage.synthetic.population import Population
from maillage.territory import Territory, parse

ON = date(2026, 10, 1)
HOME = "epci:246200364"
LARGE_REGIONS = ("32", "28", "53", "27", "24", "52", "44")
"""Régions whose people are served by a million invented establishments."""


@dataclass
class Set:
    """Files, store, and how long each took to make."""

    folder: Path
    shops: int
    generate: float
    write: float
    build: float
    store: Store

    def file(self, dataset: str) -> str:
        """Path of an official file, quoted for SQL: « StockEtablissement »."""
        return f"'{next(self.folder.glob(f'{dataset}_utf8.*'))}'"


@dataclass
class Scene:
    """The place where the measures happen; ``scale`` multiplies the number of firms."""

    folder: Path
    scale: float
    say: Callable[[str], None]
    _made: dict[str, Set] = field(default_factory=dict)

    @property
    def home(self) -> Territory:
        """The territory whose portrait is measured."""
        return parse(HOME)

    @property
    def small(self) -> Set:
        """The size of the demonstration: Lens-Liévin, Lille, and eight peers."""
        keys = [HOME, "epci:200093201", *(peer.key for peer in similar_epci(HOME.partition(":")[2]))]
        return self._set("small", keys, since=2004, other_share=0.15)

    @property
    def large(self) -> Set:
        """At least a million establishments at scale 1."""
        return self._set("large", [f"region:{code}" for code in LARGE_REGIONS], since=2003, other_share=0.2)

    def remove(self) -> None:
        """Delete everything that was made."""
        for one in self._made.values():
            one.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _set(self, name: str, keys: list[str], *, since: int, other_share: float) -> Set:
        if name not in self._made:
            self._made[name] = self._make(name, keys, since, other_share)
        return self._made[name]

    def _make(self, name: str, keys: list[str], since: int, other_share: float) -> Set:
        communes = frozenset[str]().union(*(parse(key).communes for key in keys))
        root = self.folder / name
        shutil.rmtree(root, ignore_errors=True)
        self.say(f"  Préparation du répertoire «\u00a0{name}\u00a0»…")
        invent = partial(Population.generate, communes, 1, scale=self.scale)
        people, inventing = timed(partial(invent, since=since, other_share=other_share, wide=True))
        _, writing = timed(partial(write, people, root / "files", ON, keys))
        zonings.write(communes, root / "files")
        store, building = timed(partial(build, root / "files", root / "stores"))
        shops = len(people.shops)
        self.say(f"  {shops} établissements\u00a0: inventés, écrits, importés.")
        return Set(root / "files", shops, inventing, writing, building, store)
