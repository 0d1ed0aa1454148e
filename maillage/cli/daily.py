"""`daily`: official daily files kept beside the stores, for the watch."""

from __future__ import annotations

import argparse
from datetime import date, timedelta

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
        print(f"{path}\u00a0: {f'chargé, {_counted(daily)}' if is_new else 'déjà chargé'}")
    if not options.files:
        stock = _stock()
        found = list(sound(folder))
        write_table(_HEADS, [_line(one, stock) for one in found], right=frozenset({3, 4}))
        missing = _missing([one for one in found if isinstance(one, DailyFile)], stock)
        if missing:
            print(f"\nJours qu’aucun fichier lu ne couvre\u00a0: {', '.join(missing)}.")
    return 0


def _counted(daily: DailyFile) -> str:
    read, kept = daily.read, len(daily.records)
    noun, verb = "établissement" if read < 2 else "établissements", "intéresse" if kept < 2 else "intéressent"
    return f"{number(read)} {noun}, dont {number(kept)} qui {verb} l’artisanat"


def _missing(files: list[DailyFile], stock: tuple[str, bool] | None) -> list[str]:
    """« 2026-11-02 » or « 2026-11-02 à 2026-11-04 »: between the stock and the last file, the days that no file covers.

    One that was asked for a single département, or that skips a day of its own, is not seen.
    """
    read = sorted((one.first, one.last) for one in files if stock is not None
                  and one.fictitious == stock[1] and one.last.isoformat() >= stock[0])  # fmt: skip
    found, day = [], date.fromisoformat(stock[0]) if stock else date.max
    for first, last in read:
        if first > day:
            before = first - timedelta(days=1)
            found.append(f"{day}" if day == before else f"{day} à {before}")
        day = max(day, last + timedelta(days=1))
    return found


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
