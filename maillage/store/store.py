"""An opened store: facts as memory-mapped arrays, who is behind them, and what the store covers."""

from collections.abc import Iterable
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np

from maillage.errors import NoStore
from maillage.store.columns import I64, Establishments, Firms, Links, Spells
from maillage.store.coverage import Coverage, coverage, declared_communes
from maillage.store.directory import Directory, EstablishmentRow, describe
from maillage.store.manifest import MANIFEST_NAME, Manifest, read_manifest
from maillage.store.places import Geometry, Places
from maillage.territory import Territory

CURRENT_NAME = "current"
POINTERS_NAME = "pointers.npy"
PRESENCE_NAME = "presence.npy"
Table = TypeVar("Table", Spells, Establishments, Firms, Links)


class Store:
    """One immutable version. Cheap to open: arrays are mapped, texts are read on demand."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self.manifest: Manifest = read_manifest(folder)
        self.version = self.manifest.version
        try:
            self.spells = _table(folder, Spells)
            self.establishments = _table(folder, Establishments)
            self.firms = _table(folder, Firms)
            self.links = _table(folder, Links)
            self.pointers: I64 = np.load(folder / POINTERS_NAME, mmap_mode="r")
            self._presence = np.load(folder / PRESENCE_NAME, mmap_mode="r")
            self._places = Places(folder, self.commune_numbers)
        except (OSError, ValueError) as damaged:
            message = f"L’entrepôt « {folder.name} » est incomplet ({damaged}). Reconstruisez-le."
            raise NoStore(message) from damaged
        self._directory = Directory(folder)

    @cached_property
    def commune_numbers(self) -> dict[str, int]:
        """Commune code → its number in `spells.commune`."""
        return {code: number for number, code in enumerate(self.manifest.communes)}

    @cached_property
    def trade_numbers(self) -> dict[str, int]:
        """Trade code → its number in `spells.trade`."""
        return {code: number for number, code in enumerate(self.manifest.trades)}

    def rows_in(self, communes: Iterable[str]) -> I64:
        """Spell row numbers of a set of communes, ascending; communes without a spell add nothing."""
        numbers = sorted({self.commune_numbers[code] for code in communes if code in self.commune_numbers})
        slices = [np.arange(self.pointers[number], self.pointers[number + 1]) for number in numbers]
        return np.concatenate(slices) if slices else np.empty(0, dtype=np.int64)

    def describe(self, numbers: Iterable[int], *, public: bool = True) -> list[EstablishmentRow]:
        """Establishment rows in the order asked; names and addresses hidden when `public` asks for it and they must."""
        return describe(numbers, self._directory, self.establishments, self.manifest, public=public)

    def number_of(self, siret: str) -> int | None:
        """Number of the establishment of that SIRET, None when the store has none."""
        if not (siret.isascii() and siret.isdigit() and len(siret) == 14):
            return None
        known = self.establishments
        found = np.flatnonzero((known.siren == int(siret[:9])) & (known.nic == int(siret[9:])))
        return int(found[0]) if len(found) else None

    def named(self, text: str, communes: Iterable[str], limit: int) -> list[int]:
        """Numbers of the establishments of some communes that may be named in public, best match first."""
        numbers = sorted({self.commune_numbers[code] for code in communes if code in self.commune_numbers})
        of = self.establishments.commune  # establishments are numbered by commune: each is one range
        ranges = [(int(np.searchsorted(of, n)), int(np.searchsorted(of, n, side="right"))) for n in numbers]
        found = self._directory.named(text, _joined(ranges), 3 * limit)
        return [number for number in found if not self.establishments.status[number]][:limit]

    def directory_size(self) -> int:
        """How many establishments the directory names."""
        return self._directory.count()

    @cached_property
    def communes_present(self) -> frozenset[str]:
        """Communes the store answers for: those declared, else those with at least one establishment of any trade."""
        if self.manifest.covers is not None:
            return declared_communes(self.manifest.covers)
        return frozenset(self.manifest.communes[number] for number in np.flatnonzero(self._presence))

    def covers(self, territory: Territory) -> Coverage:
        """May this store be asked about `territory`? See `maillage.store.coverage`."""
        return coverage(territory, self.communes_present, declared=self.manifest.covers is not None)

    @property
    def has_outlines(self) -> bool:
        """Were commune outlines loaded?"""
        return self._places.has_outlines

    def outline(self, code: str) -> Geometry | None:
        """GeoJSON geometry of a commune, or None."""
        return self._places.outline(code)

    @property
    def areas(self) -> dict[str, float]:
        """Commune → square kilometres, for those whose outline was loaded."""
        return self._places.areas

    def centre(self, code: str) -> tuple[float, float] | None:
        """(longitude, latitude) of a commune, or None."""
        return self._places.centre(code)

    @property
    def bpe(self) -> dict[tuple[str, str], int]:
        """(commune, facility label or TYPEQU code) → number of facilities."""
        return self._places.bpe

    @property
    def bpe_year(self) -> int | None:
        """Year of the facility counts, when known."""
        return self.manifest.bpe_year

    @property
    def zones(self) -> dict[str, dict[str, str]]:
        """Zoning → commune → level."""
        return self._places.zones

    def close(self) -> None:
        """Release the directory file."""
        self._directory.close()


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same numbers in as few ranges as possible; `ranges` are sorted and apart."""
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and joined[-1][1] == start:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _table(folder: Path, table: type[Table]) -> Table:
    arrays = {field.name: np.load(array_path(folder, table, field.name), mmap_mode="r") for field in fields(table)}
    return table(**arrays)


def array_path(folder: Path, table: type, column: str) -> Path:
    """Where the array of one column lives: `spells.start.npy`."""
    return folder / f"{table.__name__.lower()}.{column}.npy"


def open_store(path: Path) -> Store:
    """Open a version, or the current version of a stores root. Raises NoStore, in French."""
    if (path / MANIFEST_NAME).exists():
        return Store(path)
    return Store(path / current_version(path))


def current_version(root: Path) -> str:
    """The version that `current` names in a stores root. Raises NoStore."""
    try:
        return (root / CURRENT_NAME).read_text(encoding="utf-8").strip()
    except OSError as missing:
        message = f"Pas d’entrepôt de données dans « {root} ». Lancez « ./run maillage build --source DOSSIER »."
        raise NoStore(message) from missing
