"""Which acts of an objective other pacts claim too, and what of them each side counts: parts + overlaps = whole.

`pieces` counts in memory, as `columns.py` does; `acts_of` gives the rows of a piece, as `selection.py` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from django.db.models import QuerySet

from etabli.acts.columns import Array, Rows
from etabli.acts.models import Act
from etabli.facts import Period
from etabli.pacts.models import Measure
from etabli.pacts.models.objective import ADDITIVE
from etabli.pacts.objectives import columns, measures, sharing
from etabli.pacts.objectives.columns import Counting
from etabli.pacts.objectives.selection import Selector
from maillage import secrecy

FULL = columns.WHOLE**2  # every `scale_of` divides it


@dataclass(frozen=True)
class Piece:
    """What an objective selects and these other pacts claim too; no pact: it alone.

    `value` is selected; `counted` what the figure takes of it; `elsewhere` what the other pacts count of it.
    `firms`: distinct beneficiaries in it; `largest`: what one of them weighs at most in `value`.
    """

    pacts: frozenset[int]
    value: Decimal
    counted: Decimal
    elsewhere: Decimal
    firms: int
    largest: Decimal

    @property
    def surplus(self) -> Decimal:
        """Counted more than once (above 0), or less than once (below)."""
        return self.counted + self.elsewhere - self.value


@dataclass(frozen=True)
class Split:
    """All that an objective selects, and its pieces: the one that it claims alone first, then the overlaps."""

    whole: Decimal
    pieces: tuple[Piece, ...]

    @property
    def overlaps(self) -> tuple[Piece, ...]:
        """What other pacts claim too."""
        return tuple(one for one in self.pieces if one.pacts)

    @property
    def counted(self) -> Decimal:
        """The figure: its own, and its share of the overlaps."""
        return sum((one.counted for one in self.pieces), Decimal())

    @property
    def shared(self) -> Decimal:
        """What other pacts claim too, whoever counts it."""
        return sum((one.value for one in self.overlaps), Decimal())

    @property
    def tells_a_firm(self) -> bool:
        """Whether a piece would single out a firm."""
        cells = secrecy.Cells(
            np.array([one.firms for one in self.pieces]), np.array([float(one.value) for one in self.pieces]),
            np.array([float(one.largest) for one in self.pieces]),
        )  # fmt: skip
        return bool(secrecy.primary(cells).any())


def by_pact(selector: Selector) -> dict[int, list[Selector]]:
    """The rivals of an objective, by pact."""
    found: dict[int, list[Selector]] = {}
    for rival in sharing.rivals(selector):
        found.setdefault(rival.standing.pact, []).append(rival)
    return found


def split(acts: Counting, selector: Selector, period: Period) -> Split:
    """The pieces of what an objective selects in a period."""
    rows, rivals = acts.selected(selector, period), by_pact(selector)
    claims = np.zeros(len(rows), dtype=np.int64)
    for place, several in enumerate(rivals.values()):
        claims |= _any(acts, several, period, rows).astype(np.int64) << place
    kept = _once(acts, selector.measure, rows)
    whole = measures.quantity(selector.measure, _each(acts, selector.measure, rows[kept]).sum())
    pieces = [
        _piece(acts, selector, period, (rows[claims == key], rows[kept][claims[kept] == key]), _named(rivals, int(key)))
        for key in np.unique(claims)
    ]
    return Split(whole, tuple(pieces))


def _named(rivals: dict[int, list[Selector]], key: int) -> dict[int, list[Selector]]:
    """The rivals whose bit is set."""
    return {pact: several for place, (pact, several) in enumerate(rivals.items()) if key >> place & 1}


def _any(acts: Counting, several: Sequence[Selector], period: Period, rows: Rows) -> Array:
    found = np.zeros(len(rows), dtype=bool)
    for one in several:
        found |= acts.claimed(one, period)[rows]
    return found


def _once(acts: Counting, measure: str, rows: Rows) -> Rows:
    """Positions of rows: one for each unit counted once, all of them when each act counts."""
    if measure in ADDITIVE:
        return np.arange(len(rows))
    return np.sort(np.unique(acts.acts.unit(measure)[rows], return_index=True)[1])


def _each(acts: Counting, measure: str, rows: Rows) -> Array:
    """What each row makes, in the integers of the ledger."""
    if measure not in ADDITIVE or measure == Measure.ACTS:
        return np.ones(len(rows), dtype=np.int64)
    return acts.acts.records[measure][rows].astype(np.int64)


def _piece(
    acts: Counting, selector: Selector, period: Period, rows: tuple[Rows, Rows], rivals: dict[int, list[Selector]]
) -> Piece:
    """One piece: all its rows, and one row for each unit."""
    every, once = rows
    each, measure = _each(acts, selector.measure, once), selector.measure
    theirs = [
        np.max([_weights(acts, one, period, once) * acts.claimed(one, period)[once] for one in several], axis=0)
        for several in rivals.values()
    ]
    who, where = np.unique(acts.acts.beneficiary[every], return_inverse=True)
    sums = np.bincount(where, weights=_each(acts, measure, every)) if measure in ADDITIVE else np.ones(len(who))
    sums = sums[who > 0]
    return Piece(
        frozenset(rivals),
        measures.quantity(measure, each.sum()),
        measures.quantity(measure, (each * _weights(acts, selector, period, once)).sum(), FULL),
        sum((measures.quantity(measure, (each * one).sum(), FULL) for one in theirs), Decimal()),
        len(sums),
        measures.quantity(measure, int(sums.max()) if len(sums) else 0),
    )


def _weights(acts: Counting, selector: Selector, period: Period, rows: Rows) -> Array:
    """For how much of `FULL` an objective counts each of some rows."""
    weight = acts.weight(selector, period, rows)
    found = np.ones(len(rows), dtype=np.int64) if weight is None else weight
    return found * ~acts.lost(selector, period, rows) * (FULL // columns.scale_of(selector))


def acts_of(selector: Selector, period: Period, pacts: frozenset[int]) -> QuerySet[Act]:
    """The rows of the piece that exactly these other pacts claim."""
    found = selector.acts(period)
    for pact, several in by_pact(selector).items():
        theirs = sharing.claimed(selector.measure, several, period)
        found = found.filter(theirs if pact in pacts else ~theirs)
    return found


def is_shared(selector: Selector) -> bool:
    """Whether another pact promises the same; a ratio adds up nowhere, and is left out."""
    return not selector.objective.denominator_measure and bool(sharing.rivals(selector))
