"""The signing key of an installation that was given none."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def secret_key_in(folder: Path) -> str:
    """Key kept in `folder/secret_key`, drawn the first time, readable by its owner alone.

    Drawing it instead of shipping one means that no two installations, demonstrations included, share a key.
    The key is written aside and linked in place, so that of two processes starting together one wins whole.
    """
    path = folder / "secret_key"
    if not path.exists():
        handle, aside = tempfile.mkstemp(prefix=".secret_key.", dir=folder)  # readable by its owner alone
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(get_random_secret_key())
        with suppress(FileExistsError):
            os.link(aside, path)
        Path(aside).unlink()
    return path.read_text("ascii")
