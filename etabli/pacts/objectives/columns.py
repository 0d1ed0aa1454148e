"""What objectives count, in memory: the bundles that they ask for, read once for all of them, then numpy.

`selection.py` and `sharing.py` say the same of the rows behind a figure, in SQL; tests hold the two equal.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import numpy as np

from etabli.acts.columns import Array, Columns, Numbers, Rows
from etabli.facts import Period
from etabli.pacts.attributions import bundles as attributions
from etabli.pacts.attributions.bundles import Given
from etabli.pacts.models import Nature, Objective, Sharing
from etabli.pacts.models.objective import ADDITIVE
from etabli.pacts.objectives import sharing
from etabli.pacts.objectives.selection import Selector
from etabli.pacts.objectives.spans import Spans
from etabli.pacts.objectives.standing import Asked, Register, Standing

WHOLE = 100
BITS_OF_A_NUMBER = 32  # of a beneficiary


def scale_of(selector: Selector) -> int:
    """What every weight is a part of: 1 when every act counts whole, 100 for each rule that may take a part of it."""
    if selector.measure not in ADDITIVE:
        return 1
    by_rule = selector.objective.sharing == Sharing.SHARE
    return (WHOLE if by_rule else 1) * (WHOLE if selector.standing.partial else 1)


def of_parties(acts: Columns, rows: Rows, standing: Standing) -> Rows:
    """Without the acts that a party recorded for days after its last one, before its first, or while it was away."""
    for organisation, last in standing.left.items():
        rows = rows[(acts.organisation[rows] != organisation) | (acts.day[rows] <= last.toordinal())]
    for organisation, first in standing.since.items():
        rows = rows[(acts.organisation[rows] != organisation) | (acts.day[rows] >= first.toordinal())]
    for organisation, gaps in standing.away.items():
        for first, last in gaps:
            out = (acts.day[rows] >= first.toordinal()) & (acts.day[rows] <= last.toordinal())
            rows = rows[(acts.organisation[rows] != organisation) | ~out]
    return rows


def of_spans(acts: Columns, rows: Rows, spans: Spans) -> Rows:
    """Without the acts in a commune that was not in the convention on their day."""
    kept = np.zeros(len(rows), dtype=bool)
    for span in spans:
        days = (acts.day[rows] >= span.first.toordinal()) & (acts.day[rows] <= span.last.toordinal())
        kept |= days & acts.among(span.communes)[rows]
    return rows[kept]


def _who(acts: Columns, rows: Rows, selector: Selector) -> Array:
    """The beneficiary of each row, apart for each organisation when these look at nothing but their own acts."""
    who = acts.beneficiary[rows].astype(np.int64)
    return who + (acts.organisation[rows] << BITS_OF_A_NUMBER) if selector.alone else who


@dataclass(frozen=True)
class Counting:
    """The acts that some objectives and their rivals may count, and the axes these acts were given to.

    `everywhere` holds the acts of anybody: an objective with a window or an absence looks at them.
    `pacts`: those whose attributions were read.
    """

    acts: Columns
    everywhere: Columns | None
    given: dict[int, Given]
    pacts: frozenset[int]
    _known: dict[Any, Any] = field(default_factory=dict, repr=False)

    def holds(self, acts: Columns, everywhere: Columns | None, pacts: Collection[int]) -> bool:
        """Whether it holds these acts and the attributions of these pacts."""
        return self.acts is acts and (everywhere is None or self.everywhere is everywhere) and self.pacts >= set(pacts)

    def total(self, selector: Selector, period: Period) -> int:
        """The integer of a figure: what is selected and kept, multiplied by `scale_of`."""
        rows = self.kept(selector, period)
        return self.acts.total(rows, selector.measure, self.weight(selector, period, rows))

    def kept(self, selector: Selector, period: Period) -> Rows:
        """The acts that make a figure: what is selected, without what is left to another pact."""
        rows = self.selected(selector, period)
        return rows[~self.lost(selector, period, rows)]

    def selected(self, selector: Selector, period: Period) -> Rows:
        """The acts of a selector in a period, before any sharing with another pact."""
        asked, first = selector.objective, period.start
        window = timedelta(days=asked.window_days) if asked.window_days else None
        if window and asked.nature == Nature.STOCK and not asked.absent_kinds:
            first = max(first, period.end - window)
        rows = self.acts.during(self._scope(selector), first, period.last)
        if asked.absent_kinds:
            since = period.end - window if window else None
            others = self._others.during(self._others.matching(kinds=asked.absent_kinds), since, period.last)
            met = np.isin(_who(self.acts, rows, selector), _who(self._others, others, selector))
            return rows[(self.acts.beneficiary[rows] > 0) & ~met]
        if window and asked.nature == Nature.FLOW:
            return rows[np.isin(self.acts.act[rows], self._followed(selector, window, period))]
        return rows

    @property
    def _others(self) -> Columns:
        return self.everywhere if self.everywhere is not None else self.acts

    def _followed(self, selector: Selector, window: timedelta, period: Period) -> Array:
        """Acts with another one of the same beneficiary within the window: the nearest is next to it, once sorted."""
        others = self._others
        rows = others.during(others.matching(kinds=selector.kinds), None, period.last)
        rows = rows[others.beneficiary[rows] > 0]
        rows = rows[np.lexsort((others.day[rows], _who(others, rows, selector)))]
        who, day = _who(others, rows, selector), others.day[rows]
        near = (who[1:] == who[:-1]) & (day[1:] - day[:-1] <= window.days)
        return others.act[rows[np.append(near, False) | np.append(False, near)]] if len(rows) else others.act[:0]

    def _scope(self, selector: Selector) -> Rows:
        """Conditions that do not depend on the period; kept, since several periods and rivals ask for them."""
        key = "scope", selector.objective, id(selector.objective), selector.kinds, selector.measure
        if key not in self._known:
            asked, standing = selector.objective, selector.standing
            rows = of_parties(self.acts, self._matching(selector), standing)
            if standing.spans and asked.perimeter is None:
                rows = of_spans(self.acts, rows, standing.spans)
            if selector.measure not in ADDITIVE:
                rows = rows[self.acts.unit(selector.measure)[rows] > 0]
            if standing.attributed:
                rows = rows[self._belongs(selector)[rows]]
            self._known[key] = rows
        return self._known[key]  # type: ignore[no-any-return] # what the line above wrote

    def _matching(self, selector: Selector) -> Rows:
        """What the ledger has of an objective; kept, since other objectives and other pacts ask for the same."""
        asked = selector.objective
        wanted: dict[str, Any] = {
            "organisations": selector.standing.organisations, "kinds": selector.kinds, "themes": tuple(asked.themes),
            "communes": self._communes(selector), "trades": tuple(asked.trades), "only_qpv": asked.only_qpv,
        }  # fmt: skip
        key = "matching", *wanted.values()
        if key not in self._known:
            self._known[key] = self.acts.matching(**wanted)
        return self._known[key]  # type: ignore[no-any-return] # what the line above wrote

    def _communes(self, selector: Selector) -> frozenset[str]:
        objective = selector.objective
        own = objective.perimeter
        key = "communes", id(own or objective.axis.convention.perimeter), bool(selector.standing.spans and not own)
        if key not in self._known:
            self._known[key] = selector.register.communes(objective)
        return self._known[key]  # type: ignore[no-any-return] # what the line above wrote

    def _belongs(self, selector: Selector) -> Array:
        """Whether each act was given to the axis of an objective, or to none of its pact."""
        key = "belongs", selector.standing.pact, selector.register.axes(selector.objective)
        if key not in self._known:
            self._known[key] = (self._share(selector) > 0) | ~self._chosen(selector.standing)
        return self._known[key]  # type: ignore[no-any-return] # what the line above wrote

    def _share(self, selector: Selector) -> Array:
        """For each act, the percentage given to the axis of an objective, or to those inside it; 0 for none."""
        axes = selector.register.axes(selector.objective)
        key = "share", axes
        if key not in self._known:
            given = sum((self._given(axis) for axis in axes), np.zeros(1, dtype=np.int64))
            self._known[key] = np.minimum(given, WHOLE)
        return self._known[key]  # type: ignore[no-any-return] # what the line above wrote

    def _chosen(self, standing: Standing) -> Array:
        """Whether each act was given to an axis of a pact."""
        key = "chosen", standing.pact
        if key not in self._known:
            found = np.zeros(len(self.acts), dtype=bool)
            for axis, given in self.given.items():
                if standing.attributed and given.pact == standing.pact:
                    found |= self._given(axis) > 0
            self._known[key] = found
        return self._known[key]  # type: ignore[no-any-return] # what the line above wrote

    def _given(self, axis: int) -> Array:
        """For each act, the percentage given to one axis."""
        key = "given", axis
        if key not in self._known:
            given = self.given.get(axis)
            found = np.zeros(len(self.acts), dtype=np.int64) if given is None else given.to(self.acts.act)
            self._known[key] = found
        return self._known[key]  # type: ignore[no-any-return] # what the line above wrote

    def lost(self, selector: Selector, period: Period, rows: Rows) -> Array:
        """Of some rows, those that an exclusive objective leaves to another pact."""
        lost = np.zeros(len(rows), dtype=bool)
        if selector.objective.sharing == Sharing.EXCLUSIVE:
            for rival in sharing.rivals(selector):
                if rival.objective.sharing == Sharing.EXCLUSIVE:
                    lost |= self._yields(selector, rival, rows) & self.claimed(rival, period, rows)
        return lost

    def _yields(self, mine: Selector, rival: Selector, rows: Rows) -> Array | bool:
        """Which rows would go to the rival: the author's choice first, then the rank of the pacts."""
        prior = rival.standing.rank < mine.standing.rank
        if mine.measure not in ADDITIVE or not (mine.standing.attributed or rival.standing.attributed):
            return prior
        ours, theirs = self._chosen(mine.standing)[rows], self._chosen(rival.standing)[rows]
        return np.where(ours == theirs, prior, theirs)

    def claimed(self, rival: Selector, period: Period, rows: Rows) -> Array:
        """Of some rows, those whose unit (act, beneficiary, commune) a rival takes within its convention's dates."""
        own = sharing.within(period, rival.standing)
        if own is None:
            return np.zeros(len(rows), dtype=bool)
        unit = None if rival.measure in ADDITIVE else self.acts.unit(rival.measure)
        key = "claimed", rival.objective, id(rival.objective), rival.kinds, rival.measure, rival.alone, own
        if key not in self._known:
            taken = self.selected(rival, own)
            self._known[key] = Numbers.of(taken if unit is None else unit[taken])
        return self._known[key].has(rows if unit is None else unit[rows])  # type: ignore[no-any-return] # `Numbers`

    def weight(self, selector: Selector, period: Period, rows: Rows) -> Array | None:
        """The integer that each row's measure is multiplied by; None when every act counts whole."""
        if scale_of(selector) == 1:
            return None
        weight = np.ones(len(rows), dtype=np.int64)
        if selector.objective.sharing == Sharing.SHARE:
            shared = np.zeros(len(rows), dtype=bool)
            for rival in sharing.rivals(selector):
                shared |= self.claimed(rival, period, rows)
            weight = np.where(shared, selector.objective.share_percent, WHOLE)
        if selector.standing.partial:
            share = self._share(selector)[rows]
            weight = weight * np.where(share > 0, share, WHOLE)
        return weight


def read(asked: Mapping[Objective, Sequence[Period]], register: Register) -> Counting:
    """All that counting these objectives over these periods needs, in a fixed number of queries; once for a page."""
    mine = [one for objective in asked for one in selectors(objective, register)]
    every = [*mine, *(rival for one in mine for rival in sharing.rivals(one))]
    periods = [period for several in asked.values() for period in several]
    years = min(period.start.year for period in periods), max(period.last.year for period in periods)
    standings = {one.standing.pact: one.standing for one in every}.values()
    acts = register.acts(Asked(_organisations(every), _kinds(every), years))
    pacts = [standing.pact for standing in standings if standing.attributed]
    everywhere = _everywhere(every, register, years[1])
    before: list[Counting] = register.countings
    for known in before:
        if known.holds(acts, everywhere, pacts):
            return known
    found = Counting(acts, everywhere, attributions.read(pacts), frozenset(pacts))
    before.append(found)
    return found


def selectors(objective: Objective, register: Register) -> list[Selector]:
    """What an objective counts, and for a ratio what it divides by."""
    first = Selector.of(objective, register)
    return [first, first.denominator()] if objective.denominator_measure else [first]


def _organisations(every: Sequence[Selector]) -> frozenset[int] | None:
    found = frozenset[int]()
    for one in every:
        if one.standing.organisations is None:
            return None
        found |= one.standing.organisations
    return found


def _kinds(every: Sequence[Selector]) -> frozenset[str]:
    """Empty, that is every kind, as soon as one of them asks for every kind."""
    return frozenset[str]().union(*(one.kinds for one in every) if all(one.kinds for one in every) else ())


def _everywhere(every: Sequence[Selector], register: Register, last: int) -> Columns | None:
    """The acts of anybody that windows and absences look at; None when there are none."""
    looked_at: list[tuple[str, ...]] = []
    for one in every:
        asked = one.objective
        if asked.absent_kinds:
            looked_at.append(tuple(asked.absent_kinds))
        elif asked.window_days and asked.nature == Nature.FLOW:
            looked_at.append(one.kinds)
    if not looked_at:
        return None
    kinds = frozenset[str]().union(*looked_at) if all(looked_at) else frozenset[str]()
    return register.acts(Asked(None, kinds, (1, last)))
