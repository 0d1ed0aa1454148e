"""`rows`: the establishments behind a public figure, as its page lists them.

Partially diffusible ones have no name nor address, be it a daily file that says so. Those that opened or closed have
the day of it, and come latest first.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import Any

from maillage.cli.reading import question, store, within
from maillage.cli.scopes import scope_document, scope_lines
from maillage.cli.writing import write_csv, write_json, write_table
from maillage.errors import BadQuestion
from maillage.indicators import behind
from maillage.store import EstablishmentRow, Status
from maillage.watch import daily_folder, described, said

_COLUMNS = {
    "siret": "Siret",
    "name": "nom",
    "sign": "enseigne",
    "address": "adresse",
    "postcode": "code postal",
    "commune": "commune",
    "commune_name": "nom de la commune",
    "trade": "métier",
    "naf": "NAF",
    "nafa": "NAFA",
    "created": "créé le",
    "status": "diffusion",
}
_DAYS = {"creations": "ouvert le", "creation_rate": "ouvert le", "closures": "fermé le", "closure_rate": "fermé le"}
_DAY = "jour"  # of a balance or a survival


def run(options: argparse.Namespace) -> int:
    """Print the list in the format asked for. Raises BadQuestion for a limit under one."""
    if options.limit is not None and options.limit < 1:
        raise BadQuestion(f"--limit {options.limit} : il faut au moins un établissement.")
    opened = store(options.store)
    asked, part = question(options), within(opened, options)
    found = behind(opened, asked, options.limit, part)
    told = said(opened, daily_folder(opened.path.resolve().parent))
    lines = [_line(row) for row in described(opened, found.numbers, told.hidden)]
    columns = dict(_COLUMNS)
    if found.days is not None:
        columns["day"] = _DAYS.get(asked.indicator, _DAY)
        for place, line in enumerate(lines):
            line["day"] = _iso(found.on(place))
    if options.format == "json":
        write_json({"indicator": asked.indicator, "where": asked.where.key, "store": opened.version,
                    "fictitious": opened.manifest.fictitious, "scope": scope_document(found.applied, asked),
                    "only": part.words(opened), "rows": lines})  # fmt: skip
    else:
        print(*scope_lines(found.applied, asked), *_beside(part.words(opened)), sep="\n", file=sys.stderr)
        _print(options.format, columns, lines)
    for name in told.unreadable:
        print(f"Fichier quotidien illisible, qui ne masque personne\u00a0: {name}.", file=sys.stderr)
    return 0


def _beside(words: tuple[str, ...]) -> list[str]:
    return [f"Seulement\u00a0: {', '.join(words)}"] if words else []


def _print(form: str, columns: dict[str, str], lines: list[dict[str, Any]]) -> None:
    if form == "csv":
        write_csv(list(columns), lines)
    else:
        cells = [[str(line[name]) if line[name] is not None else "–" for name in columns] for line in lines]
        write_table(list(columns.values()), cells, right=frozenset())


def _line(row: EstablishmentRow) -> dict[str, Any]:
    line = {name: getattr(row, name) for name in _COLUMNS}
    return line | {"created": _iso(row.created), "status": "P" if row.status is Status.PARTIAL else "O"}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
