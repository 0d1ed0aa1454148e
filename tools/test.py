"""`./run test [PATH…] [OPTION…]`: pytest on SQLite; without a path, on PostgreSQL first for the tests of the database.

`--postgres` runs on PostgreSQL alone. Its server is started for the occasion (see `tools/postgres.py`).
"""

import os
import sys

from tools.postgres import NoPostgres, server
from tools.processes import run_module

POSTGRES = "--postgres"
WHOLE_SUITE = ("--dist=loadfile", "tests")
# On two cores one process computes while another waits for its browser. The browsers' files, the longest, come first by
# their name and are left there, so that no process ends alone. On PostgreSQL nothing waits: a third process only adds.
ON_SQLITE = ("--numprocesses=3", "--no-loadscope-reorder", *WHOLE_SUITE)
ON_POSTGRES = ("--numprocesses=2", *WHOLE_SUITE)
NOTHING_SELECTED = 5


def main(arguments: list[str]) -> int:
    """Pass the arguments to pytest; 0 when everything passed on every database it ran on."""
    options = [argument for argument in arguments if argument != POSTGRES]
    whole = all(argument.startswith("-") for argument in options)
    chosen = [*(ON_POSTGRES if whole else ()), *options]
    on_postgres = _on_postgres(chosen) if whole or POSTGRES in arguments else 0
    if POSTGRES in arguments:
        return on_postgres
    return run_module("pytest", *(ON_SQLITE if whole else ()), *options) or on_postgres


def _on_postgres(chosen: list[str]) -> int:
    """The tests of the database on a PostgreSQL of their own; a missing one is a failure in continuous integration."""
    try:
        with server() as address:
            print("Sur PostgreSQL, les tests de la base de données\u00a0:", flush=True)
            code = run_module("pytest", *chosen, "-m", "databases", DATABASE_URL=address)
    except NoPostgres as error:
        print(f"Sur PostgreSQL, rien n’est lancé\u00a0: {error}.", file=sys.stderr, flush=True)
        return int(os.environ.get("CI", "").lower() == "true")
    return 0 if code == NOTHING_SELECTED else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
