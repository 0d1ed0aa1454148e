"""Establishments and creations by official zoning (QPV, FRR, ZRR, density class), for those that the data holds."""

from collections import Counter

from etabli import facts
from etabli.observatory.addresses import establishments, table_files
from etabli.observatory.questions import Asker
from etabli.observatory.screens import ZoneLine, Zones, ZoneTable
from etabli.papers.sheets import Cell
from etabli.ui import french
from maillage.indicators.grouping import level_in
from maillage.reference.zonings import NEIGHBOURHOOD, NEIGHBOURHOOD_LEVELS, OUTSIDE, Zoning, zonings
from maillage.territory import Level, Territory, members

SHOWN = (NEIGHBOURHOOD, "qpv", "frr", "zrr", "density")  # the others are asked for on the command line
UNPLACED = NEIGHBOURHOOD_LEVELS[-1]
HEADS = ("Zonage", "Niveau", "Communes", "Établissements", "Créations (12 mois)")


def loaded() -> tuple[Zoning, ...]:
    """The zonings of the page that the data holds; with outlines of neighbourhoods, their communes say less."""
    held = set(facts.store().zonings)
    told = held - {"qpv"} if NEIGHBOURHOOD in held else held
    return tuple(one for one in zonings() if one.code in SHOWN and one.code in told)


def zones(asker: Asker, where: Territory) -> Zones | None:
    """One table for each zoning loaded; None when there is none."""
    tables = tuple(_table(asker, where, one) for one in loaded())
    return Zones(tables, table_files(where, asker.reading, "zonages")) if tables else None


def zone_cells(asker: Asker, where: Territory) -> list[tuple[Cell, ...]]:
    """The same as rows of one table, under `HEADS`."""
    return [
        (one.label, one.label_of(level), communes or None, stock, born)
        for one in loaded()
        for level, communes, stock, born in _counts(asker, where, one)
    ]


def _table(asker: Asker, where: Territory, one: Zoning) -> ZoneTable:
    counts, files = _counts(asker, where, one), _files(one)
    return ZoneTable(
        title=one.label,
        short=one.short,
        plain=one.plain,
        caveat=one.caveat,
        source=one.producer + (f" ({french.enumeration(files)})" if files else ""),
        coverage=_coverage(one, counts),
        single=one.label_of(counts[0][0]) if where.level is Level.COMMUNE and len(counts) == 1 else "",
        lines=tuple(_line(asker, where, one, *line) for line in counts),
    )


def _counts(asker: Asker, where: Territory, one: Zoning) -> list[tuple[str, int, int, int | None]]:
    """Level, communes, establishments, creations of twelve months (None in a scope without history), in order."""
    levels = facts.store().zones.get(one.code, {})
    by = f"zone:{one.code}"
    communes = Counter(level_in(levels, code) for code in members(where))
    stock = asker.ask("stock", where, by=by).rows
    born = asker.by("creations", where, by) if asker.moves else None
    return [
        (row.key, communes[row.key], int(row.value or 0), None if born is None else int(born.get(row.key, 0)))
        for row in stock
    ]


def _line(
    asker: Asker, where: Territory, one: Zoning, level: str, communes: int, stock: int, born: int | None
) -> ZoneLine:
    zone = f"{one.code}:{level}"
    return ZoneLine(
        label=one.label_of(level),
        communes=french.number(communes) if communes else french.ABSENT,
        count=french.number(stock),
        rows=establishments(where, asker.reading, "stock", zonage=zone) if stock else "",
        creations=french.ABSENT if born is None else french.number(born),
        creation_rows=establishments(where, asker.reading, "creations", zonage=zone) if born else "",
    )


def _coverage(one: Zoning, counts: list[tuple[str, int, int, int | None]]) -> str:
    """« 3 établissements sans niveau : le fichier ne nomme pas leurs 2 communes. »."""
    if one.code == NEIGHBOURHOOD:
        stock = next(stock for level, _, stock, _ in counts if level == UNPLACED)
        return f"{french.counted(stock, 'établissement')} sans position publiée, ou dans une région absente du fichier."
    unnamed = next((line for line in counts if line[0] == OUTSIDE), None)
    if unnamed is None:
        return "Aucun établissement sans niveau\u00a0: le fichier nomme toutes les communes du territoire."
    if one.only_listed:
        return f"{one.caveat} Le fichier ne nomme que les communes concernées\u00a0: les autres sont comptées à part."
    _, communes, stock, _ = unnamed
    noun = "sa commune" if stock == 1 else "leur commune" if communes == 1 else f"leurs {communes}\u00a0communes"
    return f"{french.counted(stock, 'établissement')} sans niveau\u00a0: le fichier ne nomme pas {noun}."


def _files(one: Zoning) -> list[str]:
    """The files that it was read from."""
    kind = f"Zonage\u00a0: {one.label}"
    return [source.file for source in facts.store().manifest.sources if source.kind == kind]
