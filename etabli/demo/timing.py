"""`python -m etabli.demo.timing PATH…`: server time of each page, first visit then later ones, as one line of JSON.

Used by `./run bench` from another process. Times in milliseconds, measured around Django's handler: middlewares,
views, templates, charts; no network.
"""

import json
import os
import sys
import time
from pathlib import Path

import django
from django.core.management import call_command
from django.test import Client

VISITS = 8


def main(paths: list[str]) -> int:
    """Print {path: [first, second, …]} in ms; 1 when a page does not answer 200."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "etabli.config.settings")
    (Path(os.environ["ETABLI_DATA"]) / "static").mkdir(exist_ok=True)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    times: dict[str, list[float]] = {}
    for path in paths:
        visits = [visit(path) for _ in range(VISITS)]
        refused = next((status for status, _ in visits if status != 200), None)
        if refused is not None:
            print(f"{path} répond {refused}", file=sys.stderr)
            return 1
        times[path] = [duration for _, duration in visits]
    print(json.dumps(times))
    return 0


def visit(path: str) -> tuple[int, float]:
    """Status of a page, and how long the server took to make it."""
    client = Client(headers={"host": "localhost"})
    start = time.perf_counter()
    answer = client.get(path)
    return answer.status_code, 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
