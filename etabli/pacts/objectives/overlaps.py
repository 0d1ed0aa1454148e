"""Which acts of an objective other pacts claim too, and what of them each side counts: parts + overlaps = whole.

`split` counts the pieces, `acts_of` gives the rows of one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from etabli.acts.columns import SPARSE, Array, Numbers, Rows
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
    """All that an objective selects, and its pieces: the one that it claims alone first, then the overlaps.

    `guessed`: whoever knows what their own acts say finds firms, or communes, by the numbers (`tells_firms`).
    """

    whole: Decimal
    pieces: tuple[Piece, ...]
    guessed: bool = False

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
        """Whether a piece would single out a firm, or the pieces together."""
        cells = secrecy.Cells(
            np.array([one.firms for one in self.pieces]), np.array([float(one.value) for one in self.pieces]),
            np.array([float(one.largest) for one in self.pieces]),
        )  # fmt: skip
        return self.guessed or bool(secrecy.primary(cells).any())


def by_pact(selector: Selector) -> dict[int, list[Selector]]:
    """The rivals of an objective, by pact."""
    found: dict[int, list[Selector]] = {}
    for rival in sharing.rivals(selector):
        found.setdefault(rival.standing.pact, []).append(rival)
    return found


def split(
    acts: Counting, selector: Selector, period: Period, *, elsewhere: bool = True, own: Collection[int] | None = None
) -> Split:
    """The pieces of what an objective selects in a period; without `elsewhere` what others count is not looked at.

    `own`: the organisations whose acts the reader knows.
    """
    rows, rivals, measure = acts.selected(selector, period), by_pact(selector), selector.measure
    taken = {pact: _any(acts, several, period, rows) for pact, several in rivals.items()}
    claims, claimants = _claims(taken, len(rows))
    kept = _once(acts, measure, rows)
    once, of_once = rows[kept], claims[kept]
    each, weights = _each(acts, measure, once), _weights(acts, selector, period, once)
    theirs = _elsewhere(acts, rivals, period, once) if elsewhere else {}
    pieces = []
    for key, pacts in enumerate(claimants):
        here = of_once == key
        value = measures.quantity(measure, each[here].sum())
        counted = measures.quantity(measure, (each[here] * weights[here]).sum(), FULL)
        others = sum((each[here] * theirs[pact][here]).sum() for pact in pacts if pact in theirs)
        firms, largest = _firms(acts, measure, rows[claims == key])
        pieces.append(Piece(pacts, value, counted, measures.quantity(measure, others, FULL), firms, largest))
    guessed = own is not None and _guessed(acts, rivals, period, rows, taken, own)
    return Split(measures.quantity(measure, each.sum()), tuple(pieces), guessed)


def tells_firms(known: dict[int, Array], taken: dict[int, Array], number: int) -> bool:
    """Whether how many of some units other pacts take tells which ones, to who knows what their own acts say of them.

    For each pact, which of `number` units it takes, as is `known` and in truth. Among those of which the same is known,
    one or two, all of them, or all but one or two are taken by a pact of which that was not known.
    """
    groups, _ = _claims(known, number)
    more = np.logical_or.reduce([np.zeros(number, dtype=bool), *(taken[pact] & ~known[pact] for pact in taken)])
    told, others = np.bincount(groups, more), np.bincount(groups, ~more)
    return bool(((told > 0) & (np.minimum(told, others) < secrecy.FEWEST_FIRMS)).any())


def _guessed(
    acts: Counting, rivals: dict[int, list[Selector]], period: Period, rows: Rows, taken: dict[int, Array],
    own: Collection[int],
) -> bool:  # fmt: skip
    """Of acts that are told by themselves nothing is guessed."""
    measure = next(iter(rivals.values()))[0].measure if rivals else Measure.ACTS
    if measure in ADDITIVE:
        return False
    unit, known = acts.acts.unit(measure), dict[int, Array]()
    for pact, several in rivals.items():
        found = [acts.selected(replace(one, alone=True), within) for one in several
                 if (within := sharing.within(period, one.standing))]  # fmt: skip
        theirs = np.concatenate([rows[:0], *found])
        theirs = theirs[np.isin(acts.acts.organisation[theirs], sorted(own))]
        known[pact] = taken[pact] & Numbers.of(unit[theirs]).has(unit[rows])
    once = _once(acts, measure, rows)
    return tells_firms(
        {pact: of[once] for pact, of in known.items()}, {pact: of[once] for pact, of in taken.items()}, len(once)
    )


def _claims(taken: dict[int, Array], number: int) -> tuple[Array, list[frozenset[int]]]:
    """For each of `number` rows the place of its piece, and the pacts of each piece, no pact first.

    The places are given anew after each pact, so that they never outnumber the rows, however many pacts there are.
    """
    claims, found = np.zeros(number, dtype=np.int64), [frozenset[int]()] if number else []
    for pact, rows in reversed(taken.items()):
        if rows.any():
            keys = claims * 2 + rows
            present = np.bincount(keys) > 0
            claims = (np.cumsum(present) - 1)[keys]
            found = [found[key // 2] | ({pact} if key % 2 else set()) for key in np.flatnonzero(present).tolist()]
    return claims, found


def _any(acts: Counting, several: Sequence[Selector], period: Period, rows: Rows) -> Array:
    found = np.zeros(len(rows), dtype=bool)
    for one in several:
        found |= acts.claimed(one, period, rows)
    return found


def _once(acts: Counting, measure: str, rows: Rows) -> Rows:
    """Positions of rows: one for each unit counted once, all of them when each act counts."""
    if measure in ADDITIVE:
        return np.arange(len(rows))
    units = acts.acts.unit(measure)[rows]
    if not len(units) or int(units.max()) > SPARSE:
        return np.sort(np.unique(units, return_index=True)[1])
    first = np.full(int(units.max()) + 1, -1)
    first[units] = np.arange(len(units))
    return first[first >= 0]


def _each(acts: Counting, measure: str, rows: Rows) -> Array:
    """What each row makes, in the integers of the ledger."""
    if measure not in ADDITIVE or measure == Measure.ACTS:
        return np.ones(len(rows), dtype=np.int64)
    return acts.acts.records[measure][rows].astype(np.int64)


def _elsewhere(acts: Counting, rivals: dict[int, list[Selector]], period: Period, once: Rows) -> dict[int, Array]:
    """For how much of `FULL` each other pact counts each row: of its several objectives, the one that counts most."""
    return {
        pact: np.max([_weights(acts, one, period, once) * acts.claimed(one, period, once) for one in several], axis=0)
        for pact, several in rivals.items()
    }


def _firms(acts: Counting, measure: str, rows: Rows) -> tuple[int, Decimal]:
    """How many beneficiaries some rows have, and what one of them weighs at most."""
    who = acts.acts.beneficiary[rows]
    if len(who) and int(who.max()) > SPARSE:
        who = np.unique(who, return_inverse=True)[1] + (who.min() > 0)
    acts_of_each = np.bincount(who)[1:]
    if measure not in ADDITIVE:
        return int(np.count_nonzero(acts_of_each)), Decimal(int(acts_of_each.any()))
    sums = np.bincount(who, weights=_each(acts, measure, rows))[1:]
    return int(np.count_nonzero(acts_of_each)), measures.quantity(measure, int(sums.max()) if len(sums) else 0)


def _weights(acts: Counting, selector: Selector, period: Period, rows: Rows) -> Array:
    """For how much of `FULL` an objective counts each of some rows."""
    weight = acts.weight(selector, period, rows)
    found = np.ones(len(rows), dtype=np.int64) if weight is None else weight
    return found * ~acts.lost(selector, period, rows) * (FULL // columns.scale_of(selector))


def acts_of(acts: Counting, selector: Selector, period: Period, pacts: frozenset[int]) -> Rows:
    """The rows of the piece that exactly these other pacts claim."""
    rows = acts.selected(selector, period)
    for pact, several in by_pact(selector).items():
        rows = rows[_any(acts, several, period, rows) == (pact in pacts)]
    return rows


def is_shared(selector: Selector) -> bool:
    """Whether another pact promises the same; a ratio adds up nowhere, and is left out."""
    return not selector.objective.denominator_measure and bool(sharing.rivals(selector))
