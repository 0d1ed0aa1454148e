"""The door to the engine: the current store, and answers kept as long as it stays the same.

The store is reopened when `data/stores/current` changes. Every cache below is keyed by the store's version, so that
nothing is ever stale and nothing has to be emptied.
"""

import hashlib
import threading
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings
from django.http import HttpRequest
from numpy.typing import NDArray

from maillage import indicators
from maillage.errors import NoStore
from maillage.indicators import Answer, Card, Moment, Period, Question, Row, card, cards
from maillage.store import EstablishmentRow, Store, open_store
from maillage.store.store import current_version
from maillage.territory import Territory
from maillage.watch import Event, diff, previous_store

__all__ = [
    "Answer",
    "Card",
    "EstablishmentRow",
    "Event",
    "Moment",
    "Moved",
    "Period",
    "Question",
    "Row",
    "Store",
    "ask",
    "card",
    "cards",
    "days",
    "etag",
    "moved",
    "rows_behind",
    "store",
]

FIRST_DAY = date(1973, 1, 1)  # Sirene was created that year: of what closed before, it knows nothing

_lock = threading.Lock()
_open: dict[tuple[Path, str], Store] = {}


@dataclass(frozen=True)
class Moved:
    """What happened between two editions; `since` is None when there is only one."""

    events: tuple[Event, ...]
    since: date | None
    until: date


def store() -> Store:
    """The store in force. Raises NoStore when none was built. One small read on every call."""
    root = Path(settings.STORES_DIR)
    key = (root, current_version(root))
    found = _open.get(key)
    if found is None:
        with _lock:
            found = _open.get(key) or open_store(root)
            _open.clear()  # yesterday's memory maps go with their last reader
            _open[key] = found
    return found


def days() -> tuple[date, date]:
    """First and last day that may be asked about. Raises NoStore."""
    return FIRST_DAY, store().manifest.stock_date


def _of_version(version: str) -> Store:
    """The store in force, which must still be the one a cached question is about."""
    found = store()
    if found.version != version:
        raise NoStore("Les données viennent d’être remplacées\u00a0: rechargez la page.")
    return found


def ask(question: Question) -> Answer:
    """The answer of the store in force. Raises subclasses of MaillageError; refusals are not kept."""
    return _answer(store().version, question)


@lru_cache(maxsize=8192)
def _answer(version: str, question: Question) -> Answer:
    return indicators.ask(_of_version(version), question)


def rows_behind(question: Question, limit: int | None = None) -> NDArray[np.int64]:
    """Numbers of the establishments that make a public figure, for `store().describe`."""
    return indicators.rows_behind(store(), question, limit)


def moved(where: Territory) -> Moved:
    """What moved in a territory since the edition before."""
    return _moved(store().version, where)


@lru_cache(maxsize=256)
def _moved(version: str, where: Territory) -> Moved:
    now = _of_version(version)
    before = previous_store(Path(settings.STORES_DIR), now)
    until = now.manifest.stock_date
    if before is None:
        return Moved((), None, until)
    return Moved(diff(before, now, where), before.manifest.stock_date, until)


def etag(request: HttpRequest, *_args: object, **_kwargs: object) -> str:
    """Strong validator of a page made of the store alone: version, code, address, and how it was asked for."""
    asked = f"{request.get_full_path()} {request.headers.get('HX-Request', '')}"
    text = f"{store().version} {_release()} {asked}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


@lru_cache(maxsize=1)
def _release() -> str:
    """Changes with every deployment: the newest file of the product."""
    product = Path(__file__).parent
    files = (path for path in product.rglob("*") if path.suffix in {".py", ".html", ".css", ".js", ".typ"})
    return str(max(path.stat().st_mtime_ns for path in files))
