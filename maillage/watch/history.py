"""Which store came before this one."""

from __future__ import annotations

from pathlib import Path

from maillage.store import Store
from maillage.store.earlier import latest
from maillage.store.manifest import Manifest


def previous_store(root: Path, current: Store) -> Store | None:
    """The most recent other build in `root` older than `current`, of the same nature; None when there is none.

    A fictitious store is never compared with a real one, nor stores that cover other territories.
    """
    return latest(root, lambda manifest: _comes_before(manifest, current.manifest))


def _comes_before(one: Manifest, current: Manifest) -> bool:
    same = (one.fictitious, one.covers) == (current.fictitious, current.covers)
    return same and one.stock_date < current.stock_date
