"""How long the ledger of acts takes to count, on the database of the settings: SQLite, or PostgreSQL by DATABASE_URL.

The product is another package, which the engine must not import: it is timed in its own process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from maillage.bench.figure import Figure, figure
from maillage.bench.scene import Scene

MILLION = 1_000_000


def acts(scene: Scene) -> Iterator[Figure]:
    """A million acts of twelve pacts: an objective on 50 000 of them, then wider ones through the roll-up."""
    return _timed(scene, "etabli.acts.bench")


def dashboards(scene: Scene) -> Iterator[Figure]:
    """The page of forty objectives over the same million acts."""
    return _timed(scene, "etabli.pacts.bench")


def _timed(scene: Scene, timer: str) -> Iterator[Figure]:
    scene.folder.mkdir(parents=True, exist_ok=True)
    env = os.environ | {"ETABLI_DATA": str(scene.folder), "DJANGO_SETTINGS_MODULE": "etabli.config.settings"}
    command = [sys.executable, "-m", timer, str(max(1000, int(MILLION * scene.scale)))]
    root = Path(__file__).resolve().parent.parent.parent
    done = subprocess.run(command, cwd=root, env=env, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, dict[str, str | float]] = json.loads(done.stdout.splitlines()[-1])
    for name, told in found.items():
        yield figure(name, float(told["ms"]), "ms", str(told["what"]))
