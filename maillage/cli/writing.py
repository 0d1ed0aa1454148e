"""The same rows as a table for eyes, CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Cell = str | float | int | None
THIN = "\u202f"  # narrow no-break space: French thousands


def write_json(document: Any) -> None:
    """Indented UTF-8 JSON on stdout."""
    print(json.dumps(document, ensure_ascii=False, indent=2))


def write_csv(columns: Sequence[str], lines: Iterable[Mapping[str, Cell]]) -> None:
    """Comma-separated values with a header; a decimal point, nothing for an absent value.

    Text that a spreadsheet would take for a formula is preceded by an apostrophe.
    """
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(columns)
    for line in lines:
        out.writerow([_guarded(line.get(column)) for column in columns])


def _guarded(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def write_table(headings: Sequence[str], lines: Sequence[Sequence[str]], *, right: frozenset[int]) -> None:
    """Aligned columns; those of ``right`` are numbers."""
    widths = [max(len(line[number]) for line in (headings, *lines)) for number in range(len(headings))]

    def show(cells: Sequence[str]) -> str:
        padded = [
            cell.rjust(width) if number in right else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return "  ".join(padded).rstrip()

    print(show(headings))
    print("  ".join("─" * width for width in widths))
    for line in lines:
        print(show(line))


def number(value: Cell, decimals: int = 0) -> str:
    """12 345,6 in French; « – » for nothing; text unchanged."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    return f"{value:,.{decimals}f}".replace(",", THIN).replace(".", ",").replace("-", "−")
