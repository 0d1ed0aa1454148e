"""What a file is made of, seen from its first bytes (Parquet, CSV, gzip, zip, GeoJSON), and its header."""

import codecs
import csv
import gzip
import io
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import duckdb

from maillage.errors import BadSource
from maillage.signs import legible
from maillage.sources.archive import open_archive, open_member

FIRST_BYTES = 65_536  # the widest official header is under 3 kB
PARQUET_MAGIC = b"PAR1"
GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
DAMAGED_GZIP = (gzip.BadGzipFile, EOFError, zlib.error)
UTF_8 = "utf-8"


class Container(StrEnum):
    """How the rows are stored."""

    PARQUET = "Parquet"
    CSV = "CSV"
    GZIP = "CSV compressé (gzip)"
    ZIP = "CSV compressé (zip)"
    JSON = "JSON"
    OTHER = "autre"


@dataclass(frozen=True)
class Sniffed:
    """A file and what its beginning shows. `columns` is empty for JSON and other files."""

    path: Path
    container: Container
    columns: tuple[str, ...] = ()
    start: str = ""  # what FIRST_BYTES say, once decoded
    member: str = ""  # name of the CSV in a zip
    encoding: str = UTF_8  # guessed, so that a table in another one is recognised before it is refused

    @property
    def first_line(self) -> str:
        """The header of a table as text."""
        return next(iter(self.start.splitlines()), "")


def sniff(path: Path) -> Sniffed:
    """Look at a file without reading it whole. Raises BadSource when it is empty, cut or holds two tables."""
    with path.open("rb") as file:
        start = file.read(4)
    if not start:
        raise BadSource(f"Le fichier « {path.name} » est vide. Téléchargez-le de nouveau ou retirez-le du dossier.")
    if start == PARQUET_MAGIC:
        return Sniffed(path, Container.PARQUET, columns=_parquet_columns(path))
    if start == ZIP_MAGIC:
        return _sniff_zip(path)
    if start.startswith(GZIP_MAGIC):
        return _sniff_text(path, Container.GZIP, _gzip_start(path))
    with path.open("rb") as file:
        return _sniff_text(path, Container.CSV, file.read(FIRST_BYTES))


def refuse_illegible(path: Path) -> None:
    """DuckDB opens names in UTF-8 alone, and reports show them. Raises BadSource for another one."""
    if legible(str(path)) != str(path):
        message = (
            f"Le nom du fichier «\u00a0{path.name}\u00a0», ou de son dossier, a des signes illisibles. Renommez-le."
        )
        raise BadSource(message)


def _parquet_columns(path: Path) -> tuple[str, ...]:
    refuse_illegible(path)
    with path.open("rb") as file:
        file.seek(-4, io.SEEK_END)
        whole = file.read() == PARQUET_MAGIC
    try:
        if whole:
            with duckdb.connect() as connection:
                found = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
            return tuple(row[0] for row in found)
    except duckdb.Error as error:
        raise BadSource(_cut(path)) from error
    raise BadSource(_cut(path))


def _cut(path: Path) -> str:
    return f"Le fichier Parquet « {path.name} » est tronqué ou abîmé. Téléchargez-le de nouveau."


def _sniff_zip(path: Path) -> Sniffed:
    with open_archive(path) as archive:
        members = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        if not members:
            return Sniffed(path, Container.OTHER)
        if len(members) > 1:
            message = (
                f"L’archive « {path.name} » contient {len(members)} fichiers CSV ({', '.join(members)}) : "
                "il en faut un seul. Décompressez-la et gardez le fichier voulu."
            )
            raise BadSource(message)
        with open_member(path, archive, members[0]) as file:
            return _sniff_text(path, Container.ZIP, file.read(FIRST_BYTES), member=members[0])


def _gzip_start(path: Path) -> bytes:
    try:
        with gzip.open(path) as file:
            return file.read(FIRST_BYTES)
    except DAMAGED_GZIP as error:
        raise BadSource(damaged_gzip(path.name)) from error


def damaged_gzip(name: str) -> str:
    """The refusal of a gzip that cannot be read."""
    return (
        f"Le fichier compressé « {name} » est tronqué ou abîmé. "
        "Téléchargez-le de nouveau, ou retirez-le du dossier s’il n’y sert pas."
    )


def _sniff_text(path: Path, container: Container, start: bytes, member: str = "") -> Sniffed:
    encoding = encoding_of(start)
    text = start.decode(encoding, errors="replace").lstrip("\ufeff")
    if not text.strip():
        raise BadSource(f"Le fichier « {path.name} » est vide. Téléchargez-le de nouveau ou retirez-le du dossier.")
    if text.lstrip()[0] in "{[":
        return Sniffed(path, Container.JSON, start=text, encoding=encoding)
    return Sniffed(path, container, split_header(text.splitlines()[0], ","), text, member, encoding)


def encoding_of(start: bytes) -> str:
    """UTF-16 by its mark, or by the empty half of its first letter; UTF-8 otherwise."""
    if start.startswith(codecs.BOM_UTF16_LE) or (start[1:2] == b"\0" and start[:1] != b"\0"):
        return "utf-16-le"
    if start.startswith(codecs.BOM_UTF16_BE) or (start[:1] == b"\0" and start[1:2] != b"\0"):
        return "utf-16-be"
    return UTF_8


def split_header(line: str, separator: str) -> tuple[str, ...]:
    """Column names of a header line, unquoted."""
    row = next(csv.reader([line], delimiter=separator), [])
    return tuple(name.strip() for name in row)
