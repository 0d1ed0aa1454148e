"""Shorthand for tests: a build from rows, and what became of them."""

import numpy as np

from maillage.store.build import build
from tests.maillage.store.official_files import HISTORY, LINKS, STOCK, UNITS, siret, write_csv


def told(store, file):
    """(read, kept, set aside) of a file."""
    (line,) = [source for source in store.manifest.sources if source.file == file]
    return line.read, line.kept, dict(line.set_aside)


def spells_of(store, number):
    """(trade, start, end) of an establishment's spells, by day."""
    facts = store.establishments
    (row,) = np.flatnonzero(facts.siren == int(siret(number)[:9]))
    rows = np.flatnonzero(store.spells.establishment == row)
    found = [
        (store.manifest.trades[store.spells.trade[r]], int(store.spells.start[r]), int(store.spells.end[r]))
        for r in rows
    ]
    return sorted(found, key=lambda spell: spell[1])


def row_of(store, number, *, public=True):
    (position,) = np.flatnonzero(store.establishments.siren == int(siret(number)[:9]))
    (row,) = store.describe([position], public=public)
    return row


def build_of(source, out, *stock, history=(), units=(), links=(), **asked):
    write_csv(source / "stock.csv", STOCK, stock)
    if history:
        write_csv(source / "history.csv", HISTORY, history)
    if units:
        write_csv(source / "units.csv", UNITS, units)
    if links:
        write_csv(source / "links.csv", LINKS, links)
    return build(source, out, **asked)
