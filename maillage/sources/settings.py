"""`etabli.json` beside official files: what their makers know and the files do not say."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from maillage.errors import BadSource

SETTINGS_NAME = "etabli.json"
FIRST_STOCK, LAST_STOCK = date(1973, 1, 1), date(2099, 12, 31)  # Sirene was opened in 1973
FIRST_YEAR, LAST_YEAR = 1900, 2099


@dataclass(frozen=True)
class Settings:
    """What `etabli.json` says; its other keys are notes of the download."""

    fictitious: bool = False
    covers: tuple[str, ...] | None = None
    stock_date: date | None = None
    bpe_year: int | None = None


def read_settings(folder: Path) -> Settings:
    """`etabli.json` of a folder, or defaults. Raises BadSource when it does not say what it should."""
    plain = read_notes(folder)
    try:
        found = {name: read(plain[name]) for name, read in _READERS.items() if plain.get(name) is not None}
    except _Unexpected as error:
        raise BadSource(_malformed(str(error))) from error
    return Settings(**found)


def read_notes(folder: Path) -> dict[str, Any]:
    """Everything that `etabli.json` of a folder says; nothing when it is absent. Raises BadSource when malformed."""
    path = folder / SETTINGS_NAME
    if not path.exists():
        return {}
    try:
        plain = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadSource(_malformed("ce n’est pas du JSON en UTF-8")) from error
    if not _is_object_of(plain, object):
        raise BadSource(_malformed("il y faut un objet, entre accolades"))
    if not _is_object_of(plain.get("fetched", {}), dict):
        raise BadSource(_malformed("«\u00a0fetched\u00a0», que le téléchargement écrit, a été changé à la main"))
    return dict(plain)


def _is_object_of(value: Any, kind: type) -> bool:
    return isinstance(value, dict) and all(isinstance(each, kind) for each in value.values())


def is_stock_date(day: date) -> bool:
    """Can a stock of Sirene be of this day?"""
    return FIRST_STOCK <= day <= LAST_STOCK


class _Unexpected(Exception):
    """The sentence that says what a key should hold."""


def _malformed(reason: str) -> str:
    where = f"Le fichier «\u00a0{SETTINGS_NAME}\u00a0» du dossier source"
    return f"{where} est mal formé\u00a0: {reason}. Corrigez-le ou retirez-le."


def _fictitious(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Unexpected("«\u00a0fictitious\u00a0» doit être true ou false")
    return value


def _covers(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
        raise _Unexpected('«\u00a0covers\u00a0» doit être une liste de territoires, par exemple ["epci:246200364"]')
    return tuple(value)


def _stock_date(value: Any) -> date:
    try:
        day = date.fromisoformat(value)
    except (ValueError, TypeError):
        day = date.min
    if not is_stock_date(day):
        raise _Unexpected(
            f"«\u00a0stock_date\u00a0» doit être une date entre {FIRST_STOCK.year} et {LAST_STOCK.year}, "
            'par exemple "2026-10-01"'
        )
    return day


def _bpe_year(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not FIRST_YEAR <= value <= LAST_YEAR:
        raise _Unexpected("«\u00a0bpe_year\u00a0» doit être une année, par exemple 2024")
    return value


_READERS: dict[str, Callable[[Any], Any]] = {
    "fictitious": _fictitious,
    "covers": _covers,
    "stock_date": _stock_date,
    "bpe_year": _bpe_year,
}
