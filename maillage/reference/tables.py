"""Reads the small CSV tables kept beside this code; their sources and dates are in SOURCES.md."""

from __future__ import annotations

import csv
from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str, folder: Path = FOLDER) -> list[dict[str, str]]:
    """The lines of the table `name` (`trades.csv`), as texts by column: UTF-8, commas, one header line."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
