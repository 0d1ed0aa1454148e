"""Named lists of communes: those of `lists.csv`, then those of the operator, in `listes.csv` of the data folder.

Both files have the same columns. A line of the operator's that does not stand is left out, and its list refused with
the reason when someone asks for it; the others serve. The file is read once per process.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from maillage.data import data_folder
from maillage.reference.places import tables
from maillage.reference.places.links import current_commune, is_overseas_collectivity
from maillage.reference.places.tables import NamedList

OWN_NAME = "listes.csv"
COLUMNS = ("code", "name", "as_of", "communes", "source")
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Own(NamedTuple):
    """The operator's lists by code; and why some are refused, by code ("" when the whole file is)."""

    lists: dict[str, NamedList]
    refused: dict[str, str]


class _Fault(Exception):
    """The end of the sentence that says what is wrong with a line."""


def named_lists() -> dict[str, NamedList]:
    """All lists by code, the built-in ones first."""
    return tables.named_lists() | own_lists().lists


def refusal(code: str) -> str:
    """Why the operator's list of that code is refused; empty when it is not."""
    refused = own_lists().refused
    return refused.get(code) or refused.get("", "")


def own_lists() -> Own:
    """Those of the data folder."""
    return _read(data_folder() / OWN_NAME)


@lru_cache(maxsize=4)
def _read(path: Path) -> Own:
    if not path.is_file():
        return Own({}, {})
    try:
        rows = list(_rows(path))
    except _Fault as fault:
        return Own({}, {"": f"Le fichier «\u00a0{path}\u00a0» {fault}"})
    lists: dict[str, NamedList] = {}
    refused: dict[str, str] = {}
    for line, row in rows:
        code = row[0].strip().lower() if row else ""
        try:
            lists[code] = _list(code, row, {*lists, *refused})
        except _Fault as fault:
            lists.pop(code, None)
            refused[code or f"line {line}"] = f"Fichier «\u00a0{path}\u00a0», ligne {line}\u00a0: {fault}"
    return Own(lists, refused)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and cells, without the header. Raises _Fault when this is no such file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, strict=True)
            header = tuple(cell.strip() for cell in next(reader, []))
            if header != COLUMNS:
                raise _Fault(f"doit commencer par la ligne {','.join(COLUMNS)} (séparateur\u00a0: la virgule).")
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield reader.line_num, row
    except UnicodeDecodeError as error:
        raise _Fault("n’est pas en UTF-8. Enregistrez-le en «\u00a0CSV UTF-8\u00a0».") from error
    except (OSError, csv.Error) as error:
        raise _Fault("est illisible\u00a0: il y faut du CSV, un guillemet ouvert se referme.") from error


def _list(code: str, row: list[str], before: set[str]) -> NamedList:
    """One line, checked. Raises _Fault."""
    if len(row) != len(COLUMNS):
        raise _Fault(f"il y faut {len(COLUMNS)} colonnes, il y en a {len(row)}. Une virgule s’écrit entre guillemets.")
    _, name, day, members, source = (" ".join(cell.split()) for cell in row)
    if not CODE.fullmatch(code):
        raise _Fault(f"«\u00a0{code}\u00a0» n’est pas un code de liste. Écrivez par exemple pays-aubagne-etoile.")
    if code in before:
        raise _Fault(f"le code «\u00a0{code}\u00a0» y est déjà. Donnez un code à chaque liste.")
    if code in tables.named_lists():
        raise _Fault(f"«\u00a0{code}\u00a0» est déjà le code d’une liste d’Établi. Choisissez-en un autre.")
    if not name or not source:
        raise _Fault("il y manque le nom ou la source. Écrivez d’où vient la liste.")
    try:
        as_of = date.fromisoformat(day)
    except ValueError:
        raise _Fault(f"«\u00a0{day}\u00a0» n’est pas une date. Écrivez par exemple 2015-01-01.") from None
    return NamedList(code, name, as_of, _communes(members.upper().split()), source)


def _communes(codes: list[str]) -> tuple[str, ...]:
    """Today's communes or arrondissements. Raises _Fault, which names those that are not."""
    if not codes:
        raise _Fault("la liste n’a aucune commune. Écrivez leurs codes, séparés par une espace.")
    unknown = [code for code in codes if current_commune(code) is None or is_overseas_collectivity(code)]
    if unknown:
        raise _Fault(f"codes de commune inconnus\u00a0: {', '.join(unknown)}. Corrigez-les ou retirez-les.")
    merged = [f"{code} (aujourd’hui {current})" for code in codes if (current := current_commune(code)) != code]
    if merged:
        raise _Fault(f"communes qui n’existent plus\u00a0: {', '.join(merged)}. Remplacez-les ou retirez-les.")
    return tuple(dict.fromkeys(codes))
