"""Among the firms created in a territory, those that left another place: they moved in."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from maillage.indicators.behind import behind
from maillage.indicators.question import Question
from maillage.store import Closing, Store

NEAR = 365  # days between the closure there and the opening here


def moved_in(store: Store, question: Question) -> int:
    """How many of the creations of a question came from outside its territory, as far as the store reaches.

    A firm came when it was at work outside before the opening, in any craft trade, and closed there within a year of
    it. A second shop, whose first one goes on, did not move.
    """
    born = behind(store, question)
    opened: dict[int, list[int]] = defaultdict(list)
    days = [] if born.days is None else born.days.tolist()
    for firm, day in zip(store.establishments.firm[born.numbers].tolist(), days, strict=True):
        opened[firm].append(day)
    if not days:
        return 0
    spells = store.spells
    near = (spells.end >= min(days) - NEAR) & (spells.end <= max(days) + NEAR)  # one spell in ten, of a year
    rows = np.flatnonzero(near & (spells.closing == Closing.CLOSED))
    wanted = np.zeros(len(store.firms), dtype=bool)
    wanted[list(opened)] = True
    rows = rows[wanted[spells.firm[rows]]]
    inside = [store.commune_numbers[code] for code in question.where.communes if code in store.commune_numbers]
    rows = rows[~np.isin(spells.commune[rows], inside)]
    lives = zip(*(column[rows].tolist() for column in (spells.firm, spells.start, spells.end)), strict=True)
    return len({
        firm for firm, start, end in lives if any(start < day and abs(end - day) <= NEAR for day in opened[firm])
    })  # fmt: skip
