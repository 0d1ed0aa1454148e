"""The steps that turn recognised files into a version: stock, history, spells, details, surroundings, manifest."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import numpy as np

from maillage.errors import NoStore
from maillage.reference.trades import trades
from maillage.sources.inventory import Inventory
from maillage.store.carried import carry, may_carry
from maillage.store.columns import I32, UNKNOWN_START, Establishments, Firms, Spells
from maillage.store.damage import CURRENT_NAME
from maillage.store.details import (
    UNITS,
    count_odd_texts,
    establishments,
    firms,
    read_details,
    read_units,
    write_directory,
)
from maillage.store.earlier import latest
from maillage.store.history import read_history, sorted_periods
from maillage.store.manifest import FORMAT, MANIFEST_NAME, Edition, Manifest
from maillage.store.numbering import Numbering, number_facts
from maillage.store.periods import CodeTable
from maillage.store.reasons import Reason
from maillage.store.report import report
from maillage.store.spells import RawSpells, cut_overlaps, merge, resolve_trades
from maillage.store.stock import (
    HISTORY,
    STOCK,
    Bounds,
    bounds,
    choose_craft,
    number_everything,
    presence,
    read_stock,
    stock_date,
)
from maillage.store.store import POINTERS_NAME, PRESENCE_NAME, Store, open_store
from maillage.store.successions import LINKS, read_links
from maillage.store.surroundings import Surroundings, write_surroundings
from maillage.store.workshop import Workshop
from maillage.store.writing import save_array, save_table, save_text
from maillage.territory import leaf_codes

ODD_TEXTS = "Établissements dont un nom ou une adresse avait des signes illisibles, ou était trop long"
REPORT_NAME = "report.txt"
LOST = (
    "L’entrepôt précédent est illisible\u00a0: les effectifs et les codes NAFA des éditions d’avant n’ont pas pu être "
    "repris."
)
OLDER = (
    "L’entrepôt précédent est illisible\u00a0: les effectifs et les codes NAFA des éditions d’avant ont été repris de "
    "celui du {}, le plus récent qui soit lisible."
)


@dataclass(frozen=True)
class Plan:
    """What a build was asked for, completed by what `etabli.json` says."""

    inventory: Inventory
    covers: tuple[str, ...] | None
    fictitious: bool
    on: date | None
    version: str
    root: Path  # of the stores, where the one in force is


@dataclass(frozen=True)
class Axes:
    """What spells are numbered by."""

    communes: tuple[str, ...]
    trades: tuple[str, ...]


def write_version(plan: Plan, shop: Workshop) -> None:
    """Write every file of a version into the workshop's folder. Raises BadSource, BuildFailed, OSError."""
    axes = Axes(leaf_codes(), tuple(trade.code for trade in trades()))
    day = plan.on or stock_date(shop, datetime.now(UTC).date())
    limits = bounds(day)
    codes = _read_stock(shop, axes, limits)
    raw = _make_spells(shop, codes, limits)
    numbering, spells = _write_spells(shop, raw, axes)
    facts, units, band_year = _write_details(shop, numbering, axes)
    editions, lost = _carry(plan, shop, facts, units, day)
    save_table(shop.folder, read_links(shop, limits))
    shop.say("Contours, équipements, zonages")
    around = write_surroundings(shop.folder, plan.inventory, axes.communes, facts)
    for tally in shop.tallies.values():
        tally.refuse_if_doubtful()
    manifest = _manifest(plan, shop, axes, day, band_year, around, _counters(shop, facts, spells))
    manifest = replace(manifest, editions=editions, notes=(*manifest.notes, *lost))
    save_text(shop.folder / MANIFEST_NAME, manifest.to_json())
    save_text(shop.folder / REPORT_NAME, report(manifest))


def _read_stock(shop: Workshop, axes: Axes, limits: Bounds) -> CodeTable:
    shop.say("Lecture des établissements")
    codes = number_everything(shop, axes.communes, len(axes.trades))
    read_stock(shop, limits)
    shop.tally(STOCK).refuse_if_doubtful()
    choose_craft(shop)
    return codes


def _make_spells(shop: Workshop, codes: CodeTable, limits: Bounds) -> RawSpells:
    shop.say("Lecture des périodes")
    read_history(shop, limits)
    written = sorted_periods(shop)
    periods = cut_overlaps(written)
    if shop.table(HISTORY):
        shop.tally(HISTORY).move(Reason.OVERLAP, len(written) - len(periods))
    shop.say("Construction des épisodes")
    return merge(periods, resolve_trades(periods, codes))


def _write_spells(shop: Workshop, raw: RawSpells, axes: Axes) -> tuple[Numbering, Spells]:
    numbering, spells, pointers = number_facts(shop, raw, len(axes.communes))
    save_table(shop.folder, spells)
    save_array(shop.folder / POINTERS_NAME, pointers)
    save_array(shop.folder / PRESENCE_NAME, presence(shop, len(axes.communes)))
    return numbering, spells


def _write_details(shop: Workshop, numbering: Numbering, axes: Axes) -> tuple[Establishments, Firms, int | None]:
    shop.say("Lecture des unités légales et des adresses")
    read_details(shop)
    band_year = read_units(shop)
    facts = establishments(shop, numbering, axes.communes)
    save_table(shop.folder, facts)
    units = firms(shop, numbering)
    save_table(shop.folder, units)
    shop.say("Écriture de l’annuaire")
    write_directory(shop, axes.trades)
    return facts, units, band_year


def _carry(
    plan: Plan, shop: Workshop, facts: Establishments, units: Firms, day: date
) -> tuple[tuple[Edition, ...], tuple[str, ...]]:
    """Write what the store in force, if it came before in the same place, knew of bands and NAFA codes.

    When it cannot be read, the latest that can stands for it. Returns the editions kept, and what must be said when
    some were lost.
    """
    fits = partial(may_carry, fictitious=plan.fictitious, covers=plan.covers, on=day)
    before, said = _before(plan.root, fits)
    if before is None:
        return (), said
    try:
        if not fits(before.manifest):
            return (), ()
        carried = carry(before, facts, units, day)
    finally:
        before.close()
    if carried.editions:
        save_table(shop.folder, carried.establishments)
        save_table(shop.folder, carried.firms)
    return carried.editions, said


def _before(root: Path, fits: Callable[[Manifest], bool]) -> tuple[Store | None, tuple[str, ...]]:
    """The store to carry from, and what to say when it is not the one in force."""
    try:
        return open_store(root), ()
    except NoStore:
        if not (root / CURRENT_NAME).exists():
            return None, ()  # nothing was ever built here
    older = latest(root, fits)
    return older, (LOST if older is None else OLDER.format(f"{older.manifest.stock_date:%d/%m/%Y}"),)


def _manifest(
    plan: Plan,
    shop: Workshop,
    axes: Axes,
    day: date,
    band_year: int | None,
    around: Surroundings,
    counters: dict[str, int],
) -> Manifest:
    return Manifest(
        version=plan.version,
        format=FORMAT,
        built_at=datetime.now(UTC),
        stock_date=day,
        fictitious=plan.fictitious,
        sources=(*(tally.source_file() for tally in shop.tallies.values()), *around.sources),
        unknown_files=plan.inventory.unknown,
        covers=plan.covers,
        communes=axes.communes,
        trades=axes.trades,
        history=shop.table(HISTORY) is not None,
        succession=shop.table(LINKS) is not None,
        band_year=band_year,
        bpe_year=around.bpe_year,
        notes=_notes(shop),
        counters=counters,
    )


def _counters(shop: Workshop, facts: Establishments, spells: Spells) -> dict[str, int]:
    odd = count_odd_texts(shop)
    return ({ODD_TEXTS: odd} if odd else {}) | {
        "Établissements sans date de création": _unknown(facts.created),
        "Épisodes sans date de début": _unknown(spells.start),
    }


def _unknown(days: I32) -> int:
    return int(np.count_nonzero(days == UNKNOWN_START))


def _notes(shop: Workshop) -> tuple[str, ...]:
    absent = {
        HISTORY: "Sans fichier historique : un seul épisode par établissement, avec son activité d’aujourd’hui.",
        UNITS: "Sans unités légales : taille, forme juridique et nom des entreprises inconnus.",
        LINKS: "Sans liens de succession : une transmission ressemble à une fermeture et une création.",
    }
    return tuple(note for name, note in absent.items() if not shop.table(name))
