"""What the daily files say of each establishment since the stock of a store, and who asks not to be named since."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from maillage.store import EstablishmentRow, Store
from maillage.watch.records import Record
from maillage.watch.shelf import DailyFile, sound

Records = Mapping[str, Record]


@dataclass(frozen=True, eq=False)
class Said:
    """The latest record of each SIRET; `until` is None, and all is empty, when no file says more than the store."""

    records: Records
    hidden: frozenset[str]  # SIRET that ask not to be named, crafts or not
    until: date | None  # last day of the files
    unreadable: tuple[str, ...]  # names of the files that were passed over
    files: int = 0  # those that say more than the store


def said(store: Store, folder: Path) -> Said:
    """Read the daily files of `folder`, those of the same nature as the store (fictitious or not).

    What the register treated before the stock date is in the store already and is left out.
    """
    on = store.manifest.stock_date
    found = list(sound(folder, on))
    files = [one for one in found if isinstance(one, DailyFile) and one.fictitious == store.manifest.fictitious]
    unreadable = tuple(one for one in found if isinstance(one, str))
    later = [one.last for one in files if one.last >= on]
    until = max(later, default=None)
    records = {} if until is None else _latest(files, on)
    masked = [] if until is None else [siret for file in files if file.last >= on for siret in file.hidden]
    hidden = frozenset([*masked, *(siret for siret, one in records.items() if one.hidden)])
    return Said(records, hidden, until, unreadable, len(later))


def described(store: Store, numbers: Iterable[int], hidden: Container[str]) -> list[EstablishmentRow]:
    """Establishments as a public list shows them: masked in the store, or since by a daily file (their SIRET)."""
    return [row.masked() if row.siret in hidden else row for row in store.describe(numbers)]


def _latest(files: Iterable[DailyFile], on: date) -> dict[str, Record]:
    """SIRET → the latest record treated since the day `on`; of two as late, the one that names nobody, else that of
    the later file."""
    found: dict[str, Record] = {}
    for file in files:
        for one in file.records:
            known = found.get(one.siret)
            if one.treated >= on.isoformat() and (known is None or _rank(known) <= _rank(one)):
                found[one.siret] = one
    return found


def _rank(one: Record) -> tuple[str, bool]:
    return one.treated, one.hidden
