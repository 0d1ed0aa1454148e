"""How long a new process takes to read the nomenclatures as trades, imports left out."""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from maillage.bench.figure import Figure, figure, median_ms
from maillage.bench.scene import Scene
from maillage.reference import tables

SCRIPT = (
    "import maillage.reference.nomenclatures as n, time; t = time.process_time(); n.mapping_rows(); "
    "print(1000 * (time.process_time() - t))"
)
TIMES = 5


def nomenclatures(_scene: Scene) -> Iterator[Figure]:
    """CPU time of the first reading, which every command pays once."""
    yield figure(
        "nomenclatures",
        statistics.median(_first_reading() for _ in range(TIMES)),
        "ms",
        "lire les cinq nomenclatures comme métiers, dans un processus neuf",
        peer=("csv de Python sur le même fichier, sans interprétation", median_ms(_bare_reading, TIMES)),
    )


def _first_reading() -> float:
    root = Path(tables.FOLDER).parents[1]
    done = subprocess.run([sys.executable, "-c", SCRIPT], check=True, cwd=root, capture_output=True, text=True)
    return float(done.stdout)


def _bare_reading() -> object:
    with (Path(tables.FOLDER) / "nomenclatures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
