"""One measured figure, and the machine it was measured on."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")

LIBRARIES = ("duckdb", "numpy", "pyproj", "django")


@dataclass(frozen=True)
class Figure:
    """A measure. ``ratio``: the peer named by ``against`` takes that many times our time (above 1: we are quicker).

    ``limit``: the floor below which this machine cannot go, in the same unit; ``ratio_to_limit``: ours over that floor.
    """

    name: str
    value: float
    unit: str
    what: str
    against: str | None = None
    ratio: float | None = None
    limit: float | None = None
    ratio_to_limit: float | None = None

    def as_json(self) -> dict[str, object]:
        """The figure as a JSON object."""
        return asdict(self)


def figure(
    name: str,
    value: float,
    unit: str,
    what: str,
    *,
    peer: tuple[str, float] | None = None,
    limit: float | None = None,
) -> Figure:
    """A figure with its ratios worked out; ``peer`` is (name, its value in the same unit)."""
    return Figure(
        name=name,
        value=round(value, 4),
        unit=unit,
        what=what,
        against=peer[0] if peer else None,
        ratio=round(peer[1] / value, 2) if peer and value else None,
        limit=None if limit is None else round(limit, 4),
        ratio_to_limit=round(value / limit, 2) if limit else None,
    )


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def timed(work: Callable[[], Made]) -> tuple[Made, float]:
    """What a function makes, and its wall time in seconds."""
    start = time.perf_counter()
    made = work()
    return made, time.perf_counter() - start


def median_ms(work: Callable[[], object], times: int = 15) -> float:
    """Median wall time in milliseconds, after one run that does not count."""
    work()
    return 1000 * statistics.median(seconds(work) for _ in range(times))


def machine() -> dict[str, object]:
    """Processor, memory and versions: a figure means nothing without them."""
    return {
        "cpus": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": _processor(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": platform.platform(),
        "python": sys.version.split()[0],
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def _processor() -> str:
    """Model of the processor as Linux names it; what Python knows elsewhere."""
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor()
