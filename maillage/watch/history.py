"""Which store came before this one."""

from __future__ import annotations

from pathlib import Path

from maillage.store import Store, open_store


def previous_store(root: Path, current: Store) -> Store | None:
    """The most recent other build in `root` older than `current`, of the same nature; None when there is none.

    A fictitious store is never compared with a real one, nor stores that cover other territories.
    """
    older = []
    for folder in sorted(root.iterdir()):
        if not (folder / "manifest.json").is_file() or folder.name == current.version:
            continue
        store = open_store(folder)
        same_nature = store.manifest.fictitious == current.manifest.fictitious
        same_covers = store.manifest.covers == current.manifest.covers
        if same_nature and same_covers and store.manifest.stock_date < current.manifest.stock_date:
            older.append(store)
    return max(older, key=lambda store: store.manifest.stock_date, default=None)
