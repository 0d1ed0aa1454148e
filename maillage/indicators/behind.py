"""A public figure opened onto the establishments that make it, with the day of what happened to each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from maillage.errors import BadQuestion
from maillage.indicators import flows
from maillage.indicators.card import Moment, Regime
from maillage.indicators.case import Case, settle
from maillage.indicators.question import Question
from maillage.indicators.within import WHOLE, Within
from maillage.scope import Applied
from maillage.store import Store, to_date

Events = tuple[NDArray[np.int64], NDArray[np.uint32]]  # days, establishments


@dataclass(frozen=True, eq=False)
class Behind:
    """Numbers of establishments, each once; ``days``: of the opening or closure of each, None for a stock.

    ``applied`` is the scope in which they are counted.
    """

    numbers: NDArray[np.int64]
    days: NDArray[np.int64] | None
    applied: Applied

    def __len__(self) -> int:
        return len(self.numbers)

    def on(self, place: int) -> date | None:
        """The day of what happened to the establishment at that place of the list."""
        return None if self.days is None else to_date(int(self.days[place]))


def behind(store: Store, question: Question, limit: int | None = None, within: Within = WHOLE) -> Behind:
    """The establishments behind a public figure, or those of a part of them, at most ``limit``.

    Stocks: active establishments, in store order (commune, trade). Flows: that of the first (last) spell, latest
    event first; survival: those born in the cohort. ``by`` is ignored. Raises BadQuestion for a protected measure.
    """
    case = settle(store, question)
    if case.card.regime is Regime.PROTECTED:
        raise BadQuestion(
            "Secret statistique : la liste des établissements derrière une mesure protégée n’est pas publique."
        )
    if case.card.moment is Moment.DAY:
        found = case.active().establishment
        numbers = found[_firsts(found)].astype(np.int64)
        return Behind(numbers[within.mask(store, numbers)][:limit], None, case.applied)
    days, found = _events(case)
    once = _firsts(found)
    numbers = found[once].astype(np.int64)
    kept = np.flatnonzero(within.mask(store, numbers))[:limit]
    return Behind(numbers[kept], days[once][kept], case.applied)


def rows_behind(store: Store, question: Question, limit: int | None = None) -> NDArray[np.int64]:
    """The numbers alone."""
    return behind(store, question, limit).numbers


def _firsts(found: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Places where an establishment is met for the first time."""
    _, first = np.unique(found, return_index=True)
    return np.sort(first)


def _events(case: Case) -> Events:
    """Days and establishments of what the question counts, latest first."""
    sides = []
    if case.card.id not in ("closures", "closure_rate"):
        sides.append(flows.births(case))
    if case.card.id in ("closures", "closure_rate", "balance"):
        sides.append(flows.deaths(case))
    inside = [side.net & flows.in_period(side.edges, case.during) for side in sides]
    day = np.concatenate([side.edges.day[mask] for side, mask in zip(sides, inside, strict=True)])
    spell = np.concatenate([side.edges.spell[mask] for side, mask in zip(sides, inside, strict=True)])
    order = np.argsort(-day, kind="stable")
    return day[order], case.fabric.facts.establishment[spell[order]]
