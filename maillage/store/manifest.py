"""What a store says about itself: where it comes from, what was read and set aside, what it covers."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from maillage.errors import NoStore
from maillage.store.damage import told, ways_out

FORMAT = 1
MANIFEST_NAME = "manifest.json"


@dataclass(frozen=True)
class SourceFile:
    """One file read by the build. `read == kept + sum(set_aside.values())`."""

    file: str
    kind: str  # name of the dataset: « StockEtablissement »…
    layout: str  # "2020", "2026" or ""
    sha256: str
    read: int
    kept: int
    set_aside: Mapping[str, int] = field(default_factory=dict)  # French reason → rows


@dataclass(frozen=True)
class Edition:
    """An earlier build of the same place, whose headcount bands and NAFA codes are kept."""

    version: str
    stock_date: date
    band_year: int | None


@dataclass(frozen=True)
class Manifest:
    """The identity card of a store."""

    version: str
    format: int
    built_at: datetime
    stock_date: date
    fictitious: bool
    sources: tuple[SourceFile, ...]
    unknown_files: tuple[str, ...]
    covers: tuple[str, ...] | None  # territory keys; None: inferred from the communes present
    communes: tuple[str, ...]
    trades: tuple[str, ...]
    history: bool
    succession: bool
    band_year: int | None
    bpe_year: int | None = None
    notes: tuple[str, ...] = ()
    counters: Mapping[str, int] = field(default_factory=dict)  # French label → rows kept but worth telling
    editions: tuple[Edition, ...] = ()  # those before this one, oldest first

    def to_json(self) -> str:
        """The manifest as indented JSON: dates in ISO 8601, the 35 000 commune codes on one line."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        plain |= {"built_at": self.built_at.isoformat(), "stock_date": self.stock_date.isoformat()}
        plain |= {"communes": " ".join(self.communes), "trades": " ".join(self.trades)}
        plain |= {"sources": [asdict(source) for source in self.sources]}
        plain |= {"editions": [asdict(one) | {"stock_date": one.stock_date.isoformat()} for one in self.editions]}
        return json.dumps(plain, ensure_ascii=False, indent=1)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the version in `folder`. Raises NoStore when it is absent, damaged or of another format."""
    path = folder / MANIFEST_NAME
    if not folder.is_dir():
        raise NoStore(
            f"Pas d’entrepôt de données dans «\u00a0{folder}\u00a0». "
            "Lancez «\u00a0./run maillage build --source DOSSIER\u00a0»."
        )
    with told(path):
        plain = json.loads(path.read_text(encoding="utf-8"))
        other_format = plain["format"] != FORMAT
    if other_format:
        raise NoStore(f"L’entrepôt «\u00a0{folder}\u00a0» est d’un autre format. {ways_out(folder.parent)}")
    with told(path):
        return _manifest(plain)


def _manifest(plain: dict[str, Any]) -> Manifest:
    """From JSON. Raises KeyError, TypeError or ValueError when something is absent or of another kind."""
    for name, kinds in _KINDS.items():
        if not isinstance(plain[name], kinds):
            raise TypeError(name)
    plain["sources"] = tuple(SourceFile(**source) for source in plain["sources"])
    for name in ("communes", "trades"):
        plain[name] = tuple(plain[name].split())
    for name in ("unknown_files", "notes"):
        plain[name] = tuple(plain[name])
    plain["covers"] = None if plain["covers"] is None else tuple(plain["covers"])
    plain["built_at"] = datetime.fromisoformat(plain["built_at"])
    plain["stock_date"] = date.fromisoformat(plain["stock_date"])
    plain["editions"] = tuple(_edition(**edition) for edition in plain.get("editions", ()))
    return Manifest(**plain)


def _edition(version: str, stock_date: str, band_year: int | None) -> Edition:
    return Edition(version, date.fromisoformat(stock_date), band_year)


_KINDS = {
    "version": str,
    "fictitious": bool,
    "sources": list,
    "unknown_files": list,
    "covers": list | None,
    "communes": str,
    "trades": str,
    "history": bool,
    "succession": bool,
    "band_year": int | None,
    "bpe_year": int | None,
    "notes": list,
    "counters": dict,
}
