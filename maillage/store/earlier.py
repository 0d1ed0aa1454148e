"""The stores of a root beside the one in force: builds of before, of which some may be damaged or of another format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from maillage.errors import NoStore
from maillage.store.manifest import MANIFEST_NAME, Manifest, read_manifest
from maillage.store.store import Store


def latest(root: Path, fits: Callable[[Manifest], bool]) -> Store | None:
    """The most recent build in `root` whose manifest `fits`; None when there is none.

    Only manifests are read, then the store that is returned; a damaged one is passed over.
    """
    found = {file.parent: _manifest(file.parent) for file in sorted(root.glob(f"*/{MANIFEST_NAME}"))}
    wanted = {
        folder: (manifest.stock_date, manifest.built_at)
        for folder, manifest in found.items()
        if manifest is not None and fits(manifest)
    }
    for folder in sorted(wanted, key=wanted.__getitem__, reverse=True):
        try:
            return Store(folder)
        except NoStore:
            continue
    return None


def _manifest(folder: Path) -> Manifest | None:
    try:
        return read_manifest(folder)
    except NoStore:  # of another format, or damaged: there is nothing in it to take up
        return None
