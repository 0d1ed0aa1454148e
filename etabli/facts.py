"""The door to the engine: the current store, and answers kept as long as it stays the same.

The store is reopened when `data/stores/current` changes. Every cache below is keyed by the store's version, that of the
watch by the marks of the daily files too: nothing is ever stale and nothing has to be emptied. A request sees one store
from its first question to its last.
"""

import hashlib
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from django.conf import settings
from django.http import HttpRequest
from numpy.typing import NDArray

from etabli import release
from etabli.kept import Kept
from maillage import indicators, watch
from maillage.errors import NoStore
from maillage.indicators import (
    Answer,
    Behind,
    Card,
    Moment,
    Period,
    Question,
    Row,
    Within,
    arrivals,
    card,
    cards,
    zones,
)
from maillage.indicators.within import WHOLE
from maillage.store import EstablishmentRow, Manifest, Store, open_store
from maillage.store.store import current_version
from maillage.territory import Territory
from maillage.watch import (
    Event,
    Fresh,
    Kind,
    Stamp,
    check_covers,
    daily_folder,
    diff,
    fresh,
    in_order,
    marks,
    previous_store,
    seen,
)

__all__ = [
    "Answer",
    "Behind",
    "Card",
    "EstablishmentRow",
    "Event",
    "Fresh",
    "Manifest",
    "Moment",
    "Moved",
    "Period",
    "Question",
    "Row",
    "Store",
    "Within",
    "ask",
    "behind",
    "card",
    "cards",
    "days",
    "described",
    "earlier_years",
    "establishment",
    "establishments_named",
    "etag",
    "latest",
    "moved",
    "moved_in",
    "nafa_since",
    "one_edition",
    "rows_behind",
    "sizes_since",
    "store",
    "zone_label",
    "zone_named",
]

PARTS = ("HX-Request", "HX-History-Restore-Request")  # headers that ask for a part of a page, or for the whole again
LEFT = {Kind.LAST_GONE: 0, Kind.LAST_LEFT: 1}  # establishments
LIST = 2_000  # rows from which an answer is a list, kept apart so that it never drives figures out
FIGURE_ROWS, LIST_ROWS, EVENTS = 100_000, 160_000, 60_000  # in a process: about 340 bytes each, 110 MB

_lock, _reading = threading.Lock(), threading.Lock()
_open: dict[tuple[Path, str], Store] = {}


@dataclass(frozen=True)
class Moved:
    """What happened between two editions, then in the daily files since.

    `since` is None when there is only one edition; `daily`, the last day of the daily files, when none says more.
    """

    events: tuple[Event, ...]  # all, oldest first
    since: date | None
    until: date  # day of the edition in force
    daily: date | None = None
    fresh: frozenset[Event] = frozenset()  # those that the daily files tell
    files: int = 0  # how many daily files were read: there may be none of some days, or of some places

    @property
    def begun(self) -> bool:
        """Is there anything to compare?"""
        return self.since is not None or self.daily is not None

    @property
    def last_day(self) -> date:
        """The last day that the data speak of."""
        return self.daily or self.until


@dataclass
class _Pinned:
    """What a request was first answered from."""

    store: Store | None = None
    marks: tuple[Stamp, ...] | None = None
    fresh: Fresh | None = None


_pinned: ContextVar[_Pinned | None] = ContextVar("_pinned", default=None)
_figures: Kept[Answer] = Kept(FIGURE_ROWS, lambda answer: len(answer.rows) + 1)
_lists: Kept[Answer] = Kept(LIST_ROWS, lambda answer: len(answer.rows) + 1)
_fresh: dict[tuple[str, tuple[Stamp, ...]], Fresh] = {}  # one at most
_moves: Kept[Moved] = Kept(EVENTS, lambda moved: len(moved.events) + 1)


@contextmanager
def one_edition() -> Iterator[None]:
    """Within the block, the store and the daily files of the first question answer all the others, whatever is built
    or loaded meanwhile."""
    token = _pinned.set(_Pinned())
    try:
        yield
    finally:
        _pinned.reset(token)


def store() -> Store:
    """The store in force, or that of the request once it has one. Raises NoStore when none was built."""
    pinned = _pinned.get()
    if pinned is None:
        return _current()
    if pinned.store is None:
        pinned.store = _current()
    return pinned.store


def _current() -> Store:
    """One small read on every call."""
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
    return indicators.days(store().manifest.stock_date)


def nafa_since() -> date:
    """First day on which the craft code (NAFA) is known: that of the first edition kept. Raises NoStore."""
    return indicators.nafa_since(store())


def earlier_years() -> tuple[tuple[int, date], ...]:
    """Years of headcount bands before that of the data, oldest first, and their day. Raises NoStore."""
    return indicators.earlier_years(store())


def sizes_since() -> date:
    """First day on which firms are told apart by their size. Raises NoStore."""
    return indicators.sizes_since(store())


def ask(question: Question) -> Answer:
    """The answer of the store in force. Raises subclasses of MaillageError; refusals are not kept."""
    now = store()
    key = (now.version, question)
    found = _figures.find(key) or _lists.find(key)
    if found is None:
        found = indicators.ask(now, question)
        (_lists if len(found.rows) > LIST else _figures).keep(key, found)
    return found


def behind(question: Question, within: Within = WHOLE) -> Behind:
    """The establishments that make a public figure, or those of a part of them, and the day of what happened."""
    return indicators.behind(store(), question, within=within)


def moved_in(question: Question) -> int:
    """How many of the creations of a question came from outside its territory."""
    return arrivals.moved_in(store(), question)


def zone_label(name: str, level: str) -> str:
    """The words of a level of a loaded zoning. Raises BadQuestion when there is no such level."""
    return zones.zone_label(store(), name, level)


def zone_named(text: str) -> tuple[str, str]:
    """Zoning and level of « density:Petites villes ». Raises BadQuestion when the data has no such one."""
    return indicators.zone_named(store(), text)


def rows_behind(question: Question, limit: int | None = None) -> NDArray[np.int64]:
    """Numbers of the establishments that make a public figure, for `described`."""
    return indicators.rows_behind(store(), question, limit)


def described(numbers: Iterable[int]) -> list[EstablishmentRow]:
    """Establishments as a list shows them; a daily file masks those that have asked for it since the edition."""
    return watch.described(store(), numbers, latest().hidden)


def establishment(siret: str) -> EstablishmentRow | None:
    """The establishment of that SIRET in the current store; None when it has none, or when there is no store."""
    try:
        now = store()
    except NoStore:
        return None
    found = now.number_of(siret)
    return None if found is None else described([found])[0]


def establishments_named(text: str, communes: Iterable[str], limit: int = 8) -> list[EstablishmentRow]:
    """Establishments of some communes whose name or sign reads so, best first; none without a store."""
    try:
        now = store()
    except NoStore:
        return []
    found = described(now.named(text, communes, 2 * limit))
    return [row for row in found if not row.status][:limit]  # one that is masked is not found by its name


def moved(where: Territory) -> Moved:
    """What moved in a territory since the edition before. Raises NotCovered."""
    now = store()
    key = now.version, _daily_marks(), where
    found = _moves.find(key)
    if found is None:
        found = _with_daily(_since_before(now, where), now, where)
        _moves.keep(key, found)
    return found


def latest() -> Fresh:
    """What the daily files beside the stores say since the edition in force, everywhere. Read by one thread only."""
    pinned = _pinned.get() or _Pinned()
    if pinned.fresh is None:
        now = store()
        key = now.version, _daily_marks()
        pinned.fresh = _fresh.get(key) or _read(now, key)
    return pinned.fresh


def _read(now: Store, key: tuple[str, tuple[Stamp, ...]]) -> Fresh:
    folder = daily_folder(Path(settings.STORES_DIR))
    with _reading:
        found = _fresh.get(key) or fresh(now, folder)
        if marks(folder) == key[1]:  # nothing was loaded meanwhile
            _fresh.clear()
            _fresh[key] = found
    return found


def _daily_marks() -> tuple[Stamp, ...]:
    """What tells the daily files apart from any others: one listing a request."""
    pinned = _pinned.get() or _Pinned()
    if pinned.marks is None:
        pinned.marks = marks(daily_folder(Path(settings.STORES_DIR)))
    return pinned.marks


def _since_before(now: Store, where: Territory) -> Moved:
    before = previous_store(Path(settings.STORES_DIR), now)
    until = now.manifest.stock_date
    if before is None:
        return Moved((), None, until)
    return Moved(diff(before, now, where), before.manifest.stock_date, until)


def _with_daily(moved: Moved, now: Store, where: Territory) -> Moved:
    told = latest()
    if told.until is None:
        return moved
    check_covers(now, where)
    events = seen(told.events, where)
    kept = [event for event in moved.events if _still_holds(event, told)]
    return replace(
        moved, events=in_order((*kept, *events)), daily=told.until, files=told.files, fresh=frozenset(events)
    )


def _still_holds(event: Event, told: Fresh) -> bool:
    """What happened stays so; that a trade has no establishment left, or one, only as long as the daily files agree.

    Those that tell nothing of that trade there do: they count without the NAFA codes of the edition before.
    """
    if event.kind not in LEFT or not any(_touches(one, event) for one in told.events):
        return True
    return told.counts[event.commune, str(event.trade)] == LEFT[event.kind]


def _touches(one: Event, last: Event) -> bool:
    """Does an event bring an establishment to the trade and commune of another, or take one out?"""
    return last.commune in (one.commune, one.from_commune) and last.trade in (one.trade, one.old_trade)


def etag(request: HttpRequest, *_args: object, **_kwargs: object) -> str:
    """Strong validator of a page made of the store alone: version, code, settings, address, how it was asked for."""
    asked = [request.get_full_path(), *(request.headers.get(name, "") for name in PARTS)]
    text = f"{store().version} {_daily_marks()} {release.mark()} {asked}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
