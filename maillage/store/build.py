"""Builds a store from a folder of official files, beside the current one, and switches when every check holds.

    build(Path("data/sources/sirene"), Path("data/stores"))
    ./run maillage build --source data/sources/sirene --out data/stores

The same files, reference tables and format give the same version: building twice does nothing the second time.
Whatever stops a build (bad file, full disk, interruption, failed check), the current store stays in place.
"""

import errno
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from maillage.errors import BadQuestion, BuildFailed, NoStore
from maillage.signs import legible
from maillage.sources.inventory import sha256, take_inventory
from maillage.sources.settings import FIRST_STOCK, LAST_STOCK, is_stock_date
from maillage.store.checks import CheckResult, check
from maillage.store.manifest import FORMAT
from maillage.store.pipeline import Plan, write_version
from maillage.store.store import Store
from maillage.store.workshop import is_disk_full, open_workshop
from maillage.store.writing import one_build_at_a_time, partial_folder, publish, remove_leftovers, switch
from maillage.territory import parse

ENGINE = Path(__file__).resolve().parent.parent


def build(
    source: Path,
    out: Path,
    *,
    covers: str | None = None,
    fictitious: bool = False,
    on: date | None = None,
    progress: Callable[[str], None] | None = None,
) -> Store:
    """Build the store of the files in `source` into the stores root `out`, make it current and open it.

    `covers` declares the territory that the files hold completely ("epci:246200364"); `on` is the day of the stock.
    `progress` receives French sentences. Raises BadSource, BuildFailed, BadQuestion, UnknownTerritory.
    """
    say = progress or _keep_quiet
    if legible(str(out)) != str(out):  # DuckDB opens names in UTF-8 alone
        raise BadQuestion(f"Le dossier des entrepôts «\u00a0{out}\u00a0» a des signes illisibles. Renommez-le.")
    say("Reconnaissance des fichiers")
    plan = _plan(source, out, covers, fictitious=fictitious, on=on)
    folder = out / plan.version
    with _full_disk_told(out):
        out.mkdir(parents=True, exist_ok=True)
        with one_build_at_a_time(out):
            remove_leftovers(out)
            if not _is_there(folder):
                _make(plan, out, folder, say)
            switch(out, plan.version)
    say("Magasin prêt")
    return Store(folder)


def _is_there(folder: Path) -> bool:
    """Is this version already built? A damaged one is removed, to be built again."""
    if not folder.exists():
        return False
    try:
        sound = not _broken(folder)
    except NoStore:
        sound = False
    if not sound:
        shutil.rmtree(folder)
    return sound


def _broken(folder: Path) -> list[CheckResult]:
    """The rules that a version does not obey."""
    store = Store(folder)
    try:
        return [result for result in check(store) if not result.ok]
    finally:
        store.close()


def _keep_quiet(_sentence: str) -> None:
    """Progress for callers that want none."""


def _deciding_files() -> list[Path]:
    """Everything that decides what a version holds: reference tables, and the code that reads and builds."""
    folders = (ENGINE / name for name in ("reference", "sources", "store"))
    found = (path for folder in folders for path in folder.rglob("*") if path.suffix in {".csv", ".json", ".py"})
    return sorted(found)


def _plan(source: Path, out: Path, covers: str | None, *, fictitious: bool, on: date | None) -> Plan:
    if on is not None and not is_stock_date(on):
        message = (
            f"La date du stock (--on) doit être entre {FIRST_STOCK.year} et {LAST_STOCK.year}, non {on.isoformat()}."
        )
        raise BadQuestion(message)
    inventory = take_inventory(source)
    settings = inventory.settings
    declared = (covers,) if covers else settings.covers
    for key in declared or ():
        parse(key)  # a typing mistake is better told before an hour of reading
    day, invented = on or settings.stock_date, fictitious or settings.fictitious
    facts = {
        "format": FORMAT,
        "engine": {path.relative_to(ENGINE).as_posix(): sha256(path) for path in _deciding_files()},
        "files": sorted(sha256(path) for path in inventory.known_paths()),
        "unknown": inventory.unknown,
        "asked": [declared, invented, str(day), settings.bpe_year],
    }
    version = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]
    return Plan(inventory, declared, invented, day, version, out)


def _make(plan: Plan, out: Path, folder: Path, say: Callable[[str], None]) -> None:
    """Make a version in a partial folder, check it and give it its name; leaves nothing behind when it fails."""
    partial = partial_folder(out, plan.version)
    try:
        with open_workshop(plan.inventory, partial, say) as shop:
            write_version(plan, shop)
        shutil.rmtree(partial / "scratch")
        say("Contrôles")
        _refuse_unless_sound(partial)
        publish(partial, folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


@contextmanager
def _full_disk_told(out: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, duckdb.Error) as error:
        if not _is_disk_full(error):
            raise
        message = (
            f"Le disque est plein : libérez de la place dans « {out} » et relancez la construction. "
            "L’entrepôt précédent reste en place."
        )
        raise BuildFailed(message) from error


def _is_disk_full(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno == errno.ENOSPC
    return isinstance(error, duckdb.Error) and is_disk_full(error)


def _refuse_unless_sound(partial: Path) -> None:
    if broken := _broken(partial):
        found = " ; ".join(f"{result.label} ({result.detail})" for result in broken)
        raise BuildFailed(f"Contrôles non passés\u00a0: {found}. L’entrepôt précédent reste en place.")
