"""Daily files beside the stores: each is read once, kept to what concerns crafts, and never changed.

    data/daily/2026-11-08-3f2a….json      what `./run maillage daily FILE` wrote

A file is named after its last day and its fingerprint: the same one loaded twice is there once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from maillage.errors import BadSource
from maillage.signs import legible
from maillage.sources.inventory import sha256
from maillage.sources.settings import read_settings
from maillage.watch.daily import establishments
from maillage.watch.records import Fields, Record, Step, is_hidden, record, treated_on

FORMAT = 1
Stamp = tuple[str, int, int]  # name, time and size of a file


@dataclass(frozen=True)
class DailyFile:
    """One file that was loaded. `first` and `last`: days on which the register treated its establishments."""

    path: Path
    file: str  # its name when it was loaded
    fictitious: bool
    first: date
    last: date
    read: int  # establishments
    records: tuple[Record, ...]  # those that concern crafts
    hidden: tuple[str, ...] = ()  # SIRET of the others that ask not to be named


def daily_folder(stores: Path) -> Path:
    """Where the daily files of a stores root are: beside it."""
    return stores.parent / "daily"


def load(path: Path, folder: Path) -> tuple[DailyFile, bool]:
    """Read a daily file and keep it in `folder`; also says whether it is new there, or replaces a damaged one.

    `etabli.json` beside it may say that it is fictitious. Raises BadSource when it cannot be read whole: nothing is
    then written, and what was loaded before stays. Raises OSError when the disk refuses.
    """
    fictitious = read_settings(path.parent).fictitious
    # Invented data may be of any day. One more than today: it is already tomorrow in France when it is not yet here.
    latest = None if fictitious else datetime.now(UTC).date() + timedelta(days=1)
    read, days, records, hidden = 0, set[str](), [], []
    for establishment in establishments(path):
        read += 1
        try:
            days.add(_treated(establishment, latest))
            found = record(establishment)
        except BadSource as error:
            raise BadSource(f"«\u00a0{path.name}\u00a0», {error.message} Rien n’en a été chargé.") from error
        if found is not None:
            records.append(found)
        elif is_hidden(establishment):
            hidden.append(str(establishment["siret"]))
    days.discard("")
    if not days:
        raise BadSource(
            f"«\u00a0{path.name}\u00a0» ne contient aucun établissement dont le jour de traitement soit connu\u00a0: "
            "demandez à l’API les établissements d’une journée."
        )
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    wanted = folder / f"{last.isoformat()}-{sha256(path)[:16]}.json"
    daily = DailyFile(wanted, legible(path.name), fictitious, first, last, read, tuple(records), tuple(hidden))
    is_new = not _is_sound(wanted)
    if is_new:
        _write(daily)
    return daily, is_new


def _treated(establishment: Fields, latest: date | None) -> str:
    """The day on which the register treated it. Raises BadSource when it is after the latest that may be."""
    day = treated_on(establishment)[:10]
    if latest is not None and day > latest.isoformat():
        raise BadSource(f"SIRET {establishment.get('siret')}\u00a0: traité le {day}, qui n’est pas encore venu.")
    return day


def _is_sound(path: Path) -> bool:
    try:
        read_shelved(path)
    except BadSource:
        return False
    return True


def _write(daily: DailyFile) -> None:
    """Write a loaded file whole, or not at all."""
    plain = asdict(daily) | {"path": daily.path.name, "format": FORMAT}
    plain |= {"first": daily.first.isoformat(), "last": daily.last.isoformat()}
    daily.path.parent.mkdir(parents=True, exist_ok=True)
    new = daily.path.with_suffix(".new")
    try:
        new.write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
        new.replace(daily.path)
    finally:
        new.unlink(missing_ok=True)


def shelved(folder: Path) -> tuple[Path, ...]:
    """The files of a folder of daily files, oldest first; () when there is no such folder. One listing, no reading."""
    return tuple(sorted(folder.glob("????-??-??-*.json")))


def marks(folder: Path) -> tuple[Stamp, ...]:
    """Name, time and size of each file: they change with what the folder holds, be it by a file put right."""
    found = []
    for path in shelved(folder):
        with suppress(FileNotFoundError):  # deleted meanwhile
            told = path.stat()
            found.append((path.name, told.st_mtime_ns, told.st_size))
    return tuple(found)


def read_shelved(path: Path) -> DailyFile:
    """A file written by `load`. Raises BadSource when it was damaged since, or written by another version."""
    try:
        return _daily_file(path, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadSource(
            f"Le fichier quotidien «\u00a0{path.name}\u00a0» est abîmé ou d’une autre version\u00a0: supprimez-le, "
            "puis chargez de nouveau le fichier d’origine."
        ) from error


def _daily_file(path: Path, plain: dict[str, Any]) -> DailyFile:
    """Raises ValueError, KeyError, TypeError or AttributeError when it is not as `_write` does it."""
    if plain.pop("format") != FORMAT:
        raise ValueError("format")
    days = {name: date.fromisoformat(plain[name]) for name in ("first", "last")}
    records = tuple(_record(one) for one in plain["records"])
    hidden = tuple(str(siret) for siret in plain.get("hidden", ()))
    return DailyFile(**(plain | days | {"path": path, "records": records, "hidden": hidden}))


def _record(plain: dict[str, Any]) -> Record:
    return Record(**(plain | {"steps": tuple(Step(*step) for step in plain["steps"])}))


def sound(folder: Path, since: date = date.min) -> Iterator[DailyFile | str]:
    """Each file of a folder, or the name of one that cannot be read; those that end before `since` stay shut."""
    for path in shelved(folder):
        if path.name[:10] < since.isoformat():
            continue
        try:
            yield read_shelved(path)
        except BadSource:
            yield path.name
