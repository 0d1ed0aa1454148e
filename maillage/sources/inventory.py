"""What a source folder holds: each file recognised by its header, the others listed as unknown."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from maillage.errors import BadSource
from maillage.signs import legible
from maillage.sources import bpe, etablissement, historique, outlines, succession, unite_legale, zonings
from maillage.sources.container import UTF_8, Container, Sniffed, refuse_illegible, sniff, split_header
from maillage.sources.dataset import ALIKE, Dataset
from maillage.sources.settings import SETTINGS_NAME, Settings, read_settings
from maillage.sources.text import not_utf8

DATASETS: tuple[Dataset, ...] = (
    etablissement.DATASET,
    unite_legale.DATASET,
    historique.DATASET,
    succession.DATASET,
)
WRONG_SEPARATORS = {";": "le point-virgule", "\t": "la tabulation", "|": "la barre verticale"}


@dataclass(frozen=True)
class Table:
    """A recognised Sirene file."""

    dataset: Dataset
    layout: str
    sniffed: Sniffed

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.sniffed.path

    @cached_property
    def sha256(self) -> str:
        """Of the file as it is on disk."""
        return sha256(self.path)


@dataclass(frozen=True)
class Inventory:
    """A folder, sorted out."""

    folder: Path
    tables: dict[str, Table]  # by dataset name
    outlines: tuple[Path, ...]
    bpe: tuple[Path, ...]
    zonings: tuple[Path, ...]
    unknown: tuple[str, ...]
    settings: Settings

    def known_paths(self) -> tuple[Path, ...]:
        """Every recognised file, in a stable order."""
        return (*(table.path for table in self.tables.values()), *self.outlines, *self.bpe, *self.zonings)


def take_inventory(folder: Path) -> Inventory:
    """Recognise the files of a folder and its sub-folders. Raises BadSource, in French, when one cannot be used."""
    if not folder.is_dir():
        raise BadSource(f"Le dossier « {folder} » n’existe pas. Indiquez celui des fichiers Sirene par --source.")
    tables: dict[str, Table] = {}
    others: dict[str, list[Path]] = {"outlines": [], "bpe": [], "zonings": [], "unknown": []}
    for path in _files(folder):
        sniffed = sniff(path)
        table = recognise(sniffed)
        if table is not None:
            _add(tables, table)
        else:
            others[_other_kind(sniffed)].append(path)
    if etablissement.DATASET.name not in tables:
        raise BadSource(_nothing_found(folder, [*(table.path for table in tables.values()), *others["unknown"]]))
    found = Inventory(
        folder=folder,
        tables=tables,
        outlines=tuple(others["outlines"]),
        bpe=tuple(others["bpe"]),
        zonings=tuple(others["zonings"]),
        unknown=tuple(legible(str(path.relative_to(folder))) for path in others["unknown"]),
        settings=read_settings(folder),
    )
    for path in found.known_paths():
        refuse_illegible(path)
    return found


def recognise(sniffed: Sniffed) -> Table | None:
    """The Sirene table that a header announces, or None. Raises BadSource for a near miss: one column, separator."""
    if sniffed.container in {Container.JSON, Container.OTHER}:
        return None
    for dataset in DATASETS:
        if dataset.fits(sniffed.columns):
            if sniffed.encoding != UTF_8:
                raise BadSource(not_utf8(sniffed.path.name))
            return Table(dataset, dataset.layout(sniffed.columns), sniffed)
    _refuse_wrong_separator(sniffed)
    nearest = max(DATASETS, key=lambda dataset: dataset.likeness(sniffed.columns))
    if nearest.likeness(sniffed.columns) >= ALIKE:
        absent = ", ".join(nearest.missing(sniffed.columns))
        message = (
            f"Le fichier « {sniffed.path.name} » ressemble à {nearest.name} mais il y manque : {absent}. "
            "Prenez le fichier officiel complet."
        )
        raise BadSource(message)
    return None


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> list[Path]:
    """Files to look at: hidden ones, unfinished downloads and our own settings are not."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [
        path
        for path in found
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.name != SETTINGS_NAME
        and path.suffix != ".part"
    ]


def _add(tables: dict[str, Table], table: Table) -> None:
    name = table.dataset.name
    if name in tables:
        message = (
            f"Deux fichiers {name} dans le dossier : « {tables[name].path.name} » et « {table.path.name} ». "
            "Gardez le plus récent et retirez l’autre."
        )
        raise BadSource(message)
    tables[name] = table


def _other_kind(sniffed: Sniffed) -> str:
    if outlines.is_outlines(sniffed):
        return "outlines"
    if bpe.is_bpe(sniffed):
        return "bpe"
    return "zonings" if zonings.is_zoning(sniffed) else "unknown"


def _refuse_wrong_separator(sniffed: Sniffed) -> None:
    for separator, name in WRONG_SEPARATORS.items():
        header = split_header(sniffed.first_line, separator)
        for dataset in DATASETS:
            if dataset.fits(header) or dataset.likeness(header) >= ALIKE:
                message = (
                    f"Le fichier « {sniffed.path.name} » ({dataset.name}) sépare ses colonnes par {name} : "
                    "le format officiel est la virgule. Réexportez-le avec des virgules."
                )
                raise BadSource(message)


def _nothing_found(folder: Path, others: Sequence[Path]) -> str:
    seen = ", ".join(path.name for path in others[:5]) or "aucun fichier"
    return (
        f"Pas de fichier StockEtablissement dans « {folder} » (vu : {seen}). "
        "Téléchargez les fichiers par « ./run fetch sirene »."
    )
