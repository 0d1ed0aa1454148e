"""What must hold in every store. A build that fails one of these is never made current."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np

from maillage.errors import DamagedStore
from maillage.store.columns import OPEN_END, UNKNOWN_START, Closing, Opening
from maillage.store.store import Store


@dataclass(frozen=True)
class CheckResult:
    """One rule and whether it holds; `detail` says in French what was found."""

    name: str
    label: str
    ok: bool
    detail: str


Check = Callable[[Store], tuple[bool, str]]


def check(store: Store) -> tuple[CheckResult, ...]:
    """Run every check, in order; none raises."""
    return tuple(CheckResult(name, label, *_held(rule, store)) for name, (label, rule) in CHECKS.items())


def _held(rule: Check, store: Store) -> tuple[bool, str]:
    """What a rule finds; numbers that lead nowhere break the rules that follow them too."""
    try:
        return rule(store)
    except IndexError:
        return False, "des renvois sans objet empêchent de le savoir"
    except DamagedStore as damaged:
        return False, damaged.message


def _rows_add_up(store: Store) -> tuple[bool, str]:
    wrong = [
        source.file
        for source in store.manifest.sources
        if source.read != source.kept + sum(source.set_aside.values()) or source.kept < 0
    ]
    return not wrong, ", ".join(wrong) or f"{len(store.manifest.sources)} fichiers"


def _columns_are_even(store: Store) -> tuple[bool, str]:
    tables = (
        store.spells, store.establishments, store.firms, store.links, store.past_establishments, store.past_firms,
    )  # fmt: skip
    uneven = [
        type(table).__name__ for table in tables if len({len(getattr(table, f.name)) for f in fields(table)}) != 1
    ]
    return not uneven, ", ".join(uneven) or f"{len(store.spells)} épisodes"


def _numbers_exist(store: Store) -> tuple[bool, str]:
    limits = (
        (store.spells.commune, len(store.manifest.communes)),
        (store.spells.trade, len(store.manifest.trades)),
        (store.spells.establishment, len(store.establishments)),
        (store.spells.firm, len(store.firms)),
        (store.establishments.firm, len(store.firms)),
        (store.links.predecessor, len(store.establishments)),
        (store.links.successor, len(store.establishments)),
        (store.past_establishments.establishment, len(store.establishments)),
        (store.past_establishments.edition, len(store.manifest.editions)),
        (store.past_firms.firm, len(store.firms)),
        (store.past_firms.edition, len(store.manifest.editions)),
    )
    wrong = sum(int(np.count_nonzero(numbers >= limit)) for numbers, limit in limits)
    return not wrong, f"{wrong} renvois sans objet"


def _spells_are_sorted(store: Store) -> tuple[bool, str]:
    spells = store.spells
    commune, trade, start = (
        np.diff(column.astype(np.int64)) for column in (spells.commune, spells.trade, spells.start)
    )
    before = (commune < 0) | ((commune == 0) & ((trade < 0) | ((trade == 0) & (start < 0))))
    wrong = int(np.count_nonzero(before))
    return not wrong, f"{wrong} épisodes hors de leur rang"


def _pointers_match(store: Store) -> tuple[bool, str]:
    expected = np.searchsorted(store.spells.commune, np.arange(len(store.manifest.communes) + 1))
    return bool(np.array_equal(expected, store.pointers)), f"{len(store.pointers) - 1} communes"


def _spells_last(store: Store) -> tuple[bool, str]:
    wrong = int(np.count_nonzero(store.spells.start >= store.spells.end))
    return not wrong, f"{wrong} épisodes sans durée"


def _spells_do_not_overlap(store: Store) -> tuple[bool, str]:
    spells = store.spells
    order = np.lexsort((spells.start, spells.establishment))
    establishment, start, end = spells.establishment[order], spells.start[order], spells.end[order]
    overlap = (establishment[1:] == establishment[:-1]) & (start[1:] < end[:-1])
    wrong = int(np.count_nonzero(overlap))
    return not wrong, f"{wrong} recouvrements"


def _spells_agree_with_establishments(store: Store) -> tuple[bool, str]:
    spells, establishments = store.spells, store.establishments
    wrong = int(np.count_nonzero(spells.commune != establishments.commune[spells.establishment]))
    wrong += int(np.count_nonzero(spells.firm != establishments.firm[spells.establishment]))
    wrong += int(np.count_nonzero(establishments.siren != store.firms.siren[establishments.firm]))
    return not wrong, f"{wrong} désaccords de commune ou d’entreprise"


def _ends_say_what_they_are(store: Store) -> tuple[bool, str]:
    spells = store.spells
    wrong = int(np.count_nonzero((spells.end == OPEN_END) != (spells.closing == Closing.OPEN)))
    wrong += int(np.count_nonzero((spells.start == UNKNOWN_START) & (spells.opening != Opening.UNKNOWN)))
    wrong += int(np.count_nonzero(~np.isin(spells.opening, list(Opening)) | ~np.isin(spells.closing, list(Closing))))
    return not wrong, f"{wrong} débuts ou fins incohérents"


def _every_establishment_has_a_spell(store: Store) -> tuple[bool, str]:
    seen = np.zeros(len(store.establishments), dtype=bool)
    seen[store.spells.establishment] = True
    missing = int(np.count_nonzero(~seen))
    return not missing, f"{missing} établissements sans épisode"


def _sirets_are_distinct(store: Store) -> tuple[bool, str]:
    facts = store.establishments
    sirets = np.sort(facts.siren.astype(np.int64) * 100_000 + facts.nic)
    twice = int(np.count_nonzero(sirets[1:] == sirets[:-1]))
    return not twice, f"{twice} SIRET en double"


def _directory_is_whole(store: Store) -> tuple[bool, str]:
    count = store.directory_size()
    return count == len(store.establishments), f"{count} fiches pour {len(store.establishments)} établissements"


def _editions_are_in_order(store: Store) -> tuple[bool, str]:
    days = [edition.stock_date for edition in store.manifest.editions]
    wrong = sum(one >= other for one, other in pairwise([*days, store.manifest.stock_date]))
    wrong += sum(int(np.count_nonzero(np.diff(past.edition.astype(np.int64)) < 0))
                 for past in (store.past_establishments, store.past_firms))  # fmt: skip
    return not wrong, f"{len(days)} éditions d’avant" if len(days) != 1 else "1 édition d’avant"


CHECKS: dict[str, tuple[str, Check]] = {
    "rows_add_up": ("Lignes lues = gardées + écartées, fichier par fichier", _rows_add_up),
    "columns_even": ("Colonnes de même longueur", _columns_are_even),
    "numbers_exist": ("Communes, métiers, établissements et entreprises connus", _numbers_exist),
    "sorted": ("Épisodes rangés par commune, métier et début", _spells_are_sorted),
    "pointers": ("Index des communes exact", _pointers_match),
    "spells_last": ("Chaque épisode commence avant de finir", _spells_last),
    "no_overlap": ("Épisodes d’un établissement disjoints", _spells_do_not_overlap),
    "agreement": ("Épisodes, établissements et entreprises d’accord", _spells_agree_with_establishments),
    "ends": ("Débuts et fins cohérents", _ends_say_what_they_are),
    "all_used": ("Chaque établissement a un épisode", _every_establishment_has_a_spell),
    "sirets": ("SIRET distincts", _sirets_are_distinct),
    "editions": ("Éditions d’avant dans l’ordre", _editions_are_in_order),
    "directory": ("Annuaire complet", _directory_is_whole),
}
