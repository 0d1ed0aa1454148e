"""Bytes that are dear to make and depend only on what they were made from.

Two shelves: the process (a few hundred latest answers) and the disk (`data/cache/<shelf>/`), so that a restart or
a second process starts warm. Keys are hashes of the content, hence nothing ever goes stale: the disk is swept only
to bound its size.
"""

import hashlib
import logging
import os
import tempfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock

logger = logging.getLogger(__name__)

SHELF_ENTRIES = 256  # in the process: 256 pictures of about 30 kB are 8 MB
DISK_FILES = 4000  # per shelf: 4 000 files of about 30 kB are 120 MB
LOGGED_EVERY = 100
PROJECT = Path(__file__).resolve().parents[2]


def folder() -> Path:
    """The cache folder: `$ETABLI_DATA/cache`, or `data/cache` in the project."""
    return Path(os.environ.get("ETABLI_DATA") or PROJECT / "data") / "cache"


def key_of(*parts: str | bytes) -> str:
    """Hash of all parts, 32 hexadecimal digits; the parts are kept apart, so ("a", "b") differs from ("ab",)."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()[:32]


def write_atomically(path: Path, content: bytes) -> None:
    """Write `path` so that a reader sees all of it or nothing. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".partial-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


class Shelf:
    """Memory of one kind of document. Thread-safe; one document is made at a time (the makers do not run in parallel:
    forty charts take 0.9 s in one thread and 1.1 s in four)."""

    def __init__(self, name: str, *, suffix: str = "") -> None:
        self.name = name
        self.suffix = suffix
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()
        self._written = self._unwritten = 0

    def remember(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The bytes kept under `key`, made by `make()` the first time. A full disk costs only the memory of them."""
        with self._lock:
            held = self._held.get(key)
            if held is None:
                held = self._from_disk(key)
            if held is None:
                held = make()
                self._to_disk(key, held)
            self._held[key] = held
            self._held.move_to_end(key)
            if len(self._held) > SHELF_ENTRIES:
                self._held.popitem(last=False)
            return held

    def forget(self) -> None:
        """Empty the memory of the process; the disk keeps its files."""
        with self._lock:
            self._held.clear()

    def _path(self, key: str) -> Path:
        return folder() / self.name / f"{key}{self.suffix}"

    def _from_disk(self, key: str) -> bytes | None:
        """What a sane disk holds; a file cut to nothing by a power failure is no document."""
        try:
            return self._path(key).read_bytes() or None
        except OSError:
            return None

    def _to_disk(self, key: str, content: bytes) -> None:
        try:
            write_atomically(self._path(key), content)
            self._sweep()
        except OSError:
            self._unwritten += 1
            if self._unwritten % LOGGED_EVERY == 1:  # a disk stays full for hours
                logger.warning("cache %s: not written", self.name, exc_info=True)

    def _sweep(self) -> None:
        """Every hundredth write, drop the older half of a shelf that has too many files."""
        self._written += 1
        if self._written % 100:
            return
        files = sorted(self._path("x").parent.glob(f"*{self.suffix}"), key=lambda path: path.stat().st_mtime)
        if len(files) > DISK_FILES:
            for path in files[: len(files) // 2]:
                path.unlink(missing_ok=True)
