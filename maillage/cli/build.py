"""`build`: official files in, a store out, with its report."""

from __future__ import annotations

import argparse
import sys

from maillage.cli.reading import day
from maillage.data import data_folder
from maillage.store.build import build
from maillage.store.report import report


def run(options: argparse.Namespace) -> int:
    """Build, switch, and print the report; progress goes to stderr."""
    store = build(
        options.source,
        options.out or data_folder() / "stores",
        covers=options.covers,
        on=day(options.on),
        progress=lambda sentence: print(sentence, file=sys.stderr),
    )
    print(report(store.manifest))
    return 0
