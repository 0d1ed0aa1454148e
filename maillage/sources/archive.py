"""Zip archives as producers send them: opening their one table, and saying in French why one cannot be opened."""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from maillage.errors import BadSource

ENCRYPTED = 0x1  # bit of the flags of a member
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError)


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """A zip to read. Raises BadSource, while reading too, when it is cut, damaged, locked or of an unknown method."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except DAMAGED as error:
        message = f"L’archive « {path.name} » est tronquée ou abîmée. Téléchargez-la de nouveau."
        raise BadSource(message) from error
    except NotImplementedError as error:  # deflate64, which Windows writes above 2 GB, and rarer ones
        message = (
            f"L’archive « {path.name} » est compressée par une méthode inconnue de ce programme (deflate64…). "
            "Décompressez-la et mettez le fichier CSV à sa place."
        )
        raise BadSource(message) from error


@contextmanager
def open_member(path: Path, archive: zipfile.ZipFile, member: str) -> Iterator[IO[bytes]]:
    """A member of an archive to read. Raises BadSource when a password protects it."""
    if archive.getinfo(member).flag_bits & ENCRYPTED:
        message = (
            f"L’archive « {path.name} » est protégée par un mot de passe. "
            "Décompressez-la et mettez le fichier CSV à sa place."
        )
        raise BadSource(message)
    with archive.open(member) as file:
        yield file
