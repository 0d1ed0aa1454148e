"""`daily`: official daily files kept beside the stores, for the watch."""

from __future__ import annotations

import argparse

from maillage.cli.writing import number, write_table
from maillage.data import data_folder
from maillage.errors import NoStore
from maillage.store import open_store
from maillage.watch.shelf import DailyFile, daily_folder, load, sound

_HEADS = ("fichier", "premier jour", "dernier jour", "établissements", "artisanaux", "veille")


def run(options: argparse.Namespace) -> int:
    """Load files, one after the other, or list those that are there."""
    folder = daily_folder(data_folder() / "stores")
    for path in options.files:
        daily, is_new = load(path, folder)
        kept = f"{number(daily.read)} établissements, dont {number(len(daily.records))} qui intéressent l’artisanat"
        print(f"{path}\u00a0: {f'chargé, {kept}' if is_new else 'déjà chargé'}")
    if not options.files:
        stock = _stock()
        lines = [_line(one, stock) for one in sound(folder)]
        write_table(_HEADS, lines, right=frozenset({3, 4}))
    return 0


def _stock() -> tuple[str, bool] | None:
    """Date of the store in force, and whether it is fictitious."""
    try:
        manifest = open_store(data_folder() / "stores").manifest
    except NoStore:
        return None
    return manifest.stock_date.isoformat(), manifest.fictitious


def _line(one: DailyFile | str, stock: tuple[str, bool] | None) -> list[str]:
    if isinstance(one, str):
        return [one, "", "", "", "", "illisible\u00a0: à supprimer, puis à charger de nouveau"]
    first, last = one.first.isoformat(), one.last.isoformat()
    counts = number(one.read), number(len(one.records))
    return [one.file, first, last, *counts, _use(last, stock, fictitious=one.fictitious)]


def _use(last: str, stock: tuple[str, bool] | None, *, fictitious: bool) -> str:
    if stock is None:
        return "pas encore d’entrepôt"
    if fictitious != stock[1]:
        return "laissé de côté\u00a0: données fictives" if fictitious else "laissé de côté\u00a0: l’entrepôt est fictif"
    return "lu" if last >= stock[0] else "déjà dans l’entrepôt\u00a0: peut être supprimé"
