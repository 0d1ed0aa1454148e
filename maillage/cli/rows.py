"""`rows`: the establishments behind a public figure; partially diffusible ones without name nor address.

Those that opened or closed have the day of it, and come latest first.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import Any

from maillage.cli.reading import question, store
from maillage.cli.scopes import scope_document, scope_lines
from maillage.cli.writing import write_csv, write_json, write_table
from maillage.errors import BadQuestion
from maillage.indicators import behind
from maillage.store import EstablishmentRow, Status

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
    asked = question(options)
    found = behind(opened, asked, options.limit)
    lines = [_line(row) for row in opened.describe(found.numbers)]
    columns = dict(_COLUMNS)
    if found.days is not None:
        columns["day"] = _DAYS.get(asked.indicator, _DAY)
        for place, line in enumerate(lines):
            line["day"] = _iso(found.on(place))
    if options.format == "json":
        write_json({"indicator": asked.indicator, "where": asked.where.key, "store": opened.version,
                    "fictitious": opened.manifest.fictitious, "scope": scope_document(found.applied, asked),
                    "rows": lines})  # fmt: skip
        return 0
    print(*scope_lines(found.applied, asked), sep="\n", file=sys.stderr)
    if options.format == "csv":
        write_csv(list(columns), lines)
    else:
        cells = [[str(line[name]) if line[name] is not None else "–" for name in columns] for line in lines]
        write_table(list(columns.values()), cells, right=frozenset())
    return 0


def _line(row: EstablishmentRow) -> dict[str, Any]:
    line = {name: getattr(row, name) for name in _COLUMNS}
    return line | {"created": _iso(row.created), "status": "P" if row.status is Status.PARTIAL else "O"}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
