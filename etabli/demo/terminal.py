"""What the demonstration says while it works: one line per step, with its time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(line: str = "") -> None:
    """One line, at once."""
    print(line, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Announce a step, then say how long it took; a step that fails is left unfinished on the screen."""
    print(f"  {what}…", end=" ", flush=True)
    start = time.perf_counter()
    yield
    say(f"{seconds(time.perf_counter() - start)}")


def seconds(duration: float) -> str:
    """« 1,2 s » in French typography."""
    return f"{duration:.1f}\u00a0s".replace(".", ",")


def month(day_text: str) -> str:
    """« 2026-10-01 » → « octobre 2026 »."""
    year, number, _ = day_text.split("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
