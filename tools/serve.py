"""`./run serve [OPTION of gunicorn…]`: serves the site on the data of `ETABLI_DATA`, static files collected."""

import os
import sys

from tools.processes import become, run_module

PREPARATION = (
    ("etabli.papers.assets",),
    ("manage", "migrate", "--no-input", "--verbosity=0"),
    ("manage", "collectstatic", "--no-input", "--verbosity=0"),
)
# Never --preload: a process forked after a first chart or PDF hangs (vl-convert, typst).
SERVER = (
    "etabli.config.wsgi:application",
    "--bind=127.0.0.1:8000",
    "--workers=2",
    "--threads=4",
    "--no-control-socket",
)


def prepare() -> int:
    """Make what the server needs; returns the exit code of the step that failed, else 0."""
    os.environ["ETABLI_COLLECTED_STATIC"] = "yes"
    return next((code for step in PREPARATION if (code := run_module(*step))), 0)


if __name__ == "__main__":
    sys.exit(prepare() or become("gunicorn", *SERVER, *sys.argv[1:]))
