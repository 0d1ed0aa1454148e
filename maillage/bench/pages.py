"""How long the server takes to make the portrait page, database, template and charts included.

The product is another package, which the engine must not import: it is timed in its own process.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from maillage.bench.answers import PEER, first_time_ms, questions, sql_ms
from maillage.bench.figure import Figure, figure
from maillage.bench.scene import Scene, Set

TIMER = "etabli.demo.timing"
OTHERS = ("epci:246200299", "epci:200044618", "epci:245901160", "epci:200093201")
"""Territories of both sets whose portraits are asked for the first time."""


def page(scene: Scene) -> Iterator[Figure]:
    """Server time of the portrait: first visit of a territory, then again with answers and charts kept."""
    for name, one in (("small", scene.small), ("large", scene.large)):
        first, again = _times(scene, one)
        engine = first_time_ms(one, questions)
        peer = (f"{PEER}\u00a0: trois requêtes, sans page", sql_ms(one, scene.home))
        size = f"{one.shops} établissements"
        yield figure(f"page_first_{name}", first, "ms", f"portrait jamais demandé, {size}", peer=peer, limit=engine)
        yield figure(f"page_again_{name}", again, "ms", f"portrait redemandé, {size}", peer=peer)


def _times(scene: Scene, one: Set) -> tuple[float, float]:
    """Medians in ms of first and later visits, over several territories; the process is warm before the first one."""
    data = one.folder.parent
    paths = [f"/territoires/{key.replace(':', '/')}/" for key in (scene.home.key, *OTHERS)]
    env = os.environ | {"ETABLI_DATA": str(data), "ETABLI_DEMO": "yes"}
    command = [sys.executable, "-m", TIMER, *paths]
    done = subprocess.run(command, cwd=_root(), env=env, check=True, capture_output=True, text=True)
    times: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    firsts = [times[path][0] for path in paths[1:]]  # the home page pays for imports and the first chart
    again = [value for path in paths for value in times[path][1:]]
    return statistics.median(firsts), statistics.median(again)


def _root() -> Path:
    return Path(__file__).resolve().parent.parent.parent
