"""Every byte that a build writes beside DuckDB's: arrays, texts, and the switch from one version to the next."""

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maillage.errors import BuildFailed
from maillage.store.columns import Establishments, Firms, Links, PastEstablishments, PastFirms, Spells
from maillage.store.damage import CURRENT_NAME
from maillage.store.store import array_path

try:
    import fcntl
except ImportError:  # pragma: no cover (Windows has no advisory locks: two builds at once are then not caught)
    fcntl = None  # type: ignore[assignment] # looked at before use

LOCK_NAME = ".lock"
PARTIAL = ".{}.partial"


def save_array(path: Path, values: NDArray[Any]) -> None:
    """Write one column. Raises OSError, ENOSPC when the disk is full."""
    try:
        np.save(path, values, allow_pickle=False)
    except OSError as error:
        if error.errno is None:  # numpy: « 34921 requested and 7152 written », the disk took no more
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
        raise


def save_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8."""
    path.write_text(text, encoding="utf-8")


def save_bytes(path: Path, content: bytes) -> None:
    """Write a binary file."""
    path.write_bytes(content)


def save_json(path: Path, value: Any) -> None:
    """Write a JSON file."""
    save_text(path, json.dumps(value, ensure_ascii=False))


Table = Spells | Establishments | Firms | Links | PastEstablishments | PastFirms


def save_table(folder: Path, table: Table) -> None:
    """Write every column of a table."""
    for field in fields(table):
        save_array(array_path(folder, type(table), field.name), getattr(table, field.name))


def partial_folder(root: Path, version: str) -> Path:
    """A new empty folder for a version being made."""
    folder = root / PARTIAL.format(version)
    folder.mkdir()
    return folder


def remove_leftovers(root: Path) -> None:
    """Remove what builds that were killed left in a stores root; the lock says that none is under way."""
    for left in root.glob(PARTIAL.format("*")):
        shutil.rmtree(left)


def publish(partial: Path, folder: Path) -> None:
    """Give a finished version its name, once its bytes are on the disk."""
    for path in partial.iterdir():
        _flush(path)
    partial.rename(folder)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def switch(root: Path, version: str) -> None:
    """Make a version the current one, atomically: readers see the old one or the new one."""
    new = root / f".{CURRENT_NAME}.new"
    save_text(new, version)
    _flush(new)
    new.replace(root / CURRENT_NAME)


@contextmanager
def one_build_at_a_time(root: Path) -> Iterator[None]:
    """Hold the lock of a stores root, which a crash frees. Raises BuildFailed when another build holds it."""
    with (root / LOCK_NAME).open("w") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as busy:
                message = f"Une autre construction est en cours dans « {root} ». Attendez qu’elle finisse."
                raise BuildFailed(message) from busy
        yield
