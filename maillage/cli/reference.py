"""`reference`: yearly refresh of the tables of places."""

from __future__ import annotations

import argparse

from maillage.cli.reading import day
from maillage.reference.refresh import refresh


def run(options: argparse.Namespace) -> int:
    """Rewrite the tables and say what changed."""
    for line in refresh(options.package, on=day(options.on)).lines:
        print(line)
    return 0
