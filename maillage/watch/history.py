"""Which store came before this one."""

from __future__ import annotations

from pathlib import Path

from maillage.errors import NoStore
from maillage.store import Store, open_store
from maillage.store.manifest import MANIFEST_NAME, Manifest, read_manifest


def previous_store(root: Path, current: Store) -> Store | None:
    """The most recent other build in `root` older than `current`, of the same nature; None when there is none.

    A fictitious store is never compared with a real one, nor stores that cover other territories. Only manifests are
    read, then the store that is returned; a damaged one is passed over.
    """
    found = {file.parent: _manifest(file.parent) for file in sorted(root.glob(f"*/{MANIFEST_NAME}"))}
    older = {
        folder: (manifest.stock_date, manifest.built_at)
        for folder, manifest in found.items()
        if manifest is not None and _comes_before(manifest, current.manifest)
    }
    for folder in sorted(older, key=older.__getitem__, reverse=True):
        try:
            return open_store(folder)
        except NoStore:
            continue
    return None


def _manifest(folder: Path) -> Manifest | None:
    try:
        return read_manifest(folder)
    except NoStore:  # of another format, or damaged: there is nothing in it to compare with
        return None


def _comes_before(one: Manifest, current: Manifest) -> bool:
    same = (one.fictitious, one.covers) == (current.fictitious, current.covers)
    return same and one.stock_date < current.stock_date
