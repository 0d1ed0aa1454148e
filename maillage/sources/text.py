"""Opening small text files, gzipped or not, with a clear refusal when they are not UTF-8."""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from maillage.errors import BadSource
from maillage.sources.container import DAMAGED_GZIP, GZIP_MAGIC, UTF_8, damaged_gzip, encoding_of


@contextmanager
def open_text(path: Path) -> Iterator[IO[str]]:
    """The file as UTF-8 text, without its byte order mark. Raises BadSource while reading if it is cut or not UTF-8."""
    with path.open("rb") as file:
        packed = file.read(2) == GZIP_MAGIC
    try:
        with gzip.open(path) if packed else path.open("rb") as file:
            if encoding_of(file.peek(2)[:2]) != UTF_8:
                raise BadSource(not_utf8(path.name))
            with io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
                yield text
    except UnicodeDecodeError as error:
        raise BadSource(not_utf8(path.name)) from error
    except DAMAGED_GZIP as error:
        raise BadSource(damaged_gzip(path.name)) from error


def not_utf8(name: str) -> str:
    """The refusal of a file in another encoding."""
    return (
        f"Le fichier « {name} » n’est pas en UTF-8 (peut-être en Latin-1, Windows-1252 ou UTF-16). "
        "Réenregistrez-le en UTF-8, ou téléchargez de nouveau le fichier officiel."
    )
