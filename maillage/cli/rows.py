"""`rows`: the establishments behind a public figure; partially diffusible ones without name nor address."""

from __future__ import annotations

import argparse
from typing import Any

from maillage.cli.reading import question, store
from maillage.cli.writing import write_csv, write_json, write_table
from maillage.errors import BadQuestion
from maillage.indicators import rows_behind
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


def run(options: argparse.Namespace) -> int:
    """Print the list in the format asked for. Raises BadQuestion for a limit under one."""
    if options.limit is not None and options.limit < 1:
        raise BadQuestion(f"--limit {options.limit} : il faut au moins un établissement.")
    opened = store(options.store)
    asked = question(options)
    lines = [_line(row) for row in opened.describe(rows_behind(opened, asked, options.limit))]
    if options.format == "json":
        write_json({"indicator": asked.indicator, "where": asked.where.key, "store": opened.version,
                    "fictitious": opened.manifest.fictitious, "rows": lines})  # fmt: skip
    elif options.format == "csv":
        write_csv(list(_COLUMNS), lines)
    else:
        cells = [[str(line[name]) if line[name] is not None else "–" for name in _COLUMNS] for line in lines]
        write_table(list(_COLUMNS.values()), cells, right=frozenset())
    return 0


def _line(row: EstablishmentRow) -> dict[str, Any]:
    line = {name: getattr(row, name) for name in _COLUMNS}
    created = row.created.isoformat() if row.created else None
    return line | {"created": created, "status": "P" if row.status is Status.PARTIAL else "O"}
