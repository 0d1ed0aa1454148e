"""`fetch`: official files, downloaded with progress and resume."""

from __future__ import annotations

import argparse

from maillage.data import data_folder
from maillage.sources.fetch import fetch


def run(options: argparse.Namespace) -> int:
    """Download a dataset and say what was received."""
    folder = options.out or data_folder() / "sources" / options.dataset
    for file in fetch(options.dataset, folder):
        state = "reçu" if file.changed else "déjà à jour"
        print(f"{file.path} : {state} (sha256 {file.sha256})")
    print(f"Construire ensuite l’entrepôt : ./run maillage build --source {folder}")
    return 0
