"""An opened store: facts as memory-mapped arrays, who is behind them, and what the store covers."""

import re
from collections.abc import Iterable
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray

from maillage.errors import DamagedStore, NoStore
from maillage.reference.zonings import NEIGHBOURHOOD
from maillage.store.columns import I64, Establishments, Firms, Links, PastEstablishments, PastFirms, Spells
from maillage.store.coverage import Coverage, coverage, declared_communes
from maillage.store.damage import CURRENT_NAME, damaged, load_array, ways_out
from maillage.store.directory import Directory, EstablishmentRow, describe
from maillage.store.manifest import MANIFEST_NAME, Manifest, read_manifest
from maillage.store.places import Geometry, Places
from maillage.territory import Territory

VERSION = re.compile(r"[0-9A-Za-z_-]{1,64}")
POINTERS_NAME = "pointers.npy"
PRESENCE_NAME = "presence.npy"
Table = TypeVar("Table", Spells, Establishments, Firms, Links, PastEstablishments, PastFirms)


class Store:
    """One immutable version. Cheap to open: arrays are mapped, texts are read on demand."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self.manifest: Manifest = read_manifest(folder)
        self.version = self.manifest.version
        self.spells = _table(folder, Spells)
        self.establishments = _table(folder, Establishments)
        self.firms = _table(folder, Firms)
        self.links = _table(folder, Links)
        earlier = bool(self.manifest.editions)  # else nothing is written, as in the stores of before
        self.past_establishments = _table(folder, PastEstablishments) if earlier else _empty(PastEstablishments)
        self.past_firms = _table(folder, PastFirms) if earlier else _empty(PastFirms)
        self.pointers: I64 = load_array(folder / POINTERS_NAME, np.int64)
        self._presence = load_array(folder / PRESENCE_NAME, np.int32)
        self._places = Places(folder, self.commune_numbers)
        self._directory = Directory(folder)
        self._refuse_uneven()

    def _refuse_uneven(self) -> None:
        """Raise DamagedStore when arrays that go together are not of one length: an answer would be false."""
        for table in (
            self.spells, self.establishments, self.firms, self.links, self.past_establishments, self.past_firms,
        ):  # fmt: skip
            if len({len(getattr(table, field.name)) for field in fields(table)}) != 1:
                raise damaged(
                    self.path, f"les colonnes «\u00a0{type(table).__name__.lower()}\u00a0» sont de longueurs inégales"
                )
        count = len(self.manifest.communes)
        lengths = (len(self.pointers) - 1, len(self._presence), self._places.count)
        if lengths != (count, count, count) or self.pointers[-1] != len(self.spells):
            raise damaged(self.path, "son index des communes ne va pas avec ses épisodes")

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

    @property
    def neighbourhoods(self) -> NDArray[np.uint8] | None:
        """Of each establishment, its number in NEIGHBOURHOOD_LEVELS; None when no outline of one was loaded."""
        return self._places.neighbourhoods

    @property
    def zonings(self) -> tuple[str, ...]:
        """Codes of the zonings that were loaded, by position first."""
        return (*((NEIGHBOURHOOD,) if self.neighbourhoods is not None else ()), *self.zones)

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
    kinds = get_type_hints(table)
    return table(**{field.name: _column(folder, table, field.name, kinds[field.name]) for field in fields(table)})


def _empty(table: type[Table]) -> Table:
    kinds = get_type_hints(table)
    return table(**{field.name: np.empty(0, dtype=_number(kinds[field.name])) for field in fields(table)})


def _column(folder: Path, table: type, name: str, kind: Any) -> NDArray[Any]:
    return load_array(array_path(folder, table, name), _number(kind))


def _number(kind: Any) -> Any:
    """The type of number that an annotation says: NDArray[np.uint16]."""
    (number,) = get_args(get_args(kind)[1])
    return number


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
    path = root / CURRENT_NAME
    try:
        version = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError as missing:
        message = (
            f"Pas d’entrepôt de données dans «\u00a0{root}\u00a0». "
            "Lancez «\u00a0./run maillage build --source DOSSIER\u00a0»."
        )
        raise NoStore(message) from missing
    except (OSError, ValueError) as error:
        raise DamagedStore(f"Le fichier «\u00a0{path}\u00a0» est illisible. {ways_out(root)}") from error
    if not VERSION.fullmatch(version) or not (root / version).is_dir():
        raise DamagedStore(f"Le fichier «\u00a0{path}\u00a0» ne nomme aucun entrepôt de ce dossier. {ways_out(root)}")
    return version
