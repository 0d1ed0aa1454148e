"""A store whose files are missing, cut or changed by hand: said in French, with the two ways out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tokenize import TokenError
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from maillage.errors import DamagedStore

CURRENT_NAME = "current"
UNREADABLE = (
    OSError, EOFError, ValueError, TypeError, AttributeError, LookupError, RecursionError,
    SyntaxError, TokenError,  # what numpy raises for the header of an array, and the others for JSON
    duckdb.Error,
)  # fmt: skip


def damaged(folder: Path, what: str) -> DamagedStore:
    """The refusal of the version in `folder`; `what` goes on the sentence « il est abîmé : »."""
    return DamagedStore(f"L’entrepôt «\u00a0{folder.name}\u00a0» est abîmé\u00a0: {what}. {ways_out(folder.parent)}")


def ways_out(root: Path) -> str:
    """Build again, or go back to the former version."""
    return (
        "Reconstruisez-le par «\u00a0./run maillage build --source DOSSIER\u00a0», ou remettez le précédent en service "
        f"en écrivant le nom de son dossier dans «\u00a0{root / CURRENT_NAME}\u00a0»."
    )


@contextmanager
def told(path: Path) -> Iterator[None]:
    """While a file of a version is read: whatever is wrong with it becomes DamagedStore."""
    try:
        yield
    except UNREADABLE as error:
        state = "est illisible" if path.exists() else "manque"
        raise damaged(path.parent, f"le fichier «\u00a0{path.name}\u00a0» {state}") from error


def load_array(path: Path, kind: type[np.generic]) -> NDArray[Any]:
    """An array of a version, mapped in memory. Raises DamagedStore when it is absent, cut or of another kind."""
    with told(path):
        values: NDArray[Any] = np.lib.format.open_memmap(path, mode="r")
        if values.dtype != kind:
            raise TypeError(values.dtype)
        return values
