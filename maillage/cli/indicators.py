"""`indicators`: what can be asked."""

from __future__ import annotations

import argparse

from maillage.cli.show import definition
from maillage.cli.writing import write_csv, write_json, write_table
from maillage.indicators import Card, card, cards

_COLUMNS = ("id", "label", "unit", "moment", "regime")


def run(options: argparse.Namespace) -> int:
    """Print the list of cards, or one whole card."""
    chosen = (card(options.indicator),) if options.indicator else cards()
    if options.format == "json":
        write_json([definition(each) for each in chosen])
    elif options.format == "csv":
        write_csv(_COLUMNS, [{name: definition(each)[name] for name in _COLUMNS} for each in chosen])
    elif options.indicator:
        _whole(chosen[0])
    else:
        lines = [[each.id, each.label, each.unit, ", ".join(each.by)] for each in chosen]
        write_table(("indicateur", "nom", "unité", "répartitions (--by)"), lines, right=frozenset())
    return 0


def _whole(shown: Card) -> None:
    print(f"{shown.label} ({shown.id})\n")
    print(f"{shown.plain}\n")
    texts = {
        "Calcul": shown.exact,
        "Champ": shown.field,
        "Unité": shown.unit,
        "Dénominateur": shown.denominator,
        "Source": shown.source,
        "Précaution": shown.caveat,
        "Couverture": shown.coverage,
        "Régime": shown.regime.label,
        "Répartitions": ", ".join(shown.by),
    }
    for name, text in texts.items():
        print(f"{name} : {text}")
