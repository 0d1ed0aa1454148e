"""`check`: the rules that every store must obey, and the report of its build."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from maillage.cli.reading import store
from maillage.cli.writing import write_csv, write_json, write_table
from maillage.reference.places.lists import own_lists
from maillage.store.checks import check
from maillage.store.report import report

BROKEN = 2


def run(options: argparse.Namespace) -> int:
    """Print each rule and whether it holds, and the refused lists of communes. Returns 2 when there is any fault."""
    opened = store(options.store)
    results = check(opened)
    if options.format == "json":
        write_json({"store": opened.version, "checks": [asdict(result) for result in results]})
    elif options.format == "csv":
        write_csv(("name", "label", "ok", "detail"), [asdict(result) for result in results])
    else:
        print(report(opened.manifest))
        lines = [["oui" if result.ok else "NON", result.label, result.detail] for result in results]
        write_table(("tenu", "règle", "constat"), lines, right=frozenset())
    refused = own_lists().refused.values()
    for sentence in refused:
        print(f"Erreur\u00a0: {sentence}", file=sys.stderr)
    return BROKEN if refused or not all(result.ok for result in results) else 0
