"""Where data lives."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """``$ETABLI_DATA``, else ``data/`` of the project."""
    return Path(os.environ.get("ETABLI_DATA") or PROJECT / "data")
