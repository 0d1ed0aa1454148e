"""What a whole pact does that other pacts count too, all objectives together: its acts, its firms."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from etabli.acts.columns import Array, Columns, Numbers, Rows, each_once
from etabli.facts import Period
from etabli.pacts.models import Convention
from etabli.pacts.objectives import overlaps, sharing
from etabli.pacts.objectives.columns import of_parties, of_spans
from etabli.pacts.objectives.spans import every
from etabli.pacts.objectives.standing import Asked, Register, Standing


@dataclass(frozen=True)
class Common:
    """Of the acts of a pact (`rows`): those in another one too, those of the firms that another one helps too.

    `pacts`: the other ones that have some of them; `by_pact`: for each of them, its acts among all of `acts`.
    """

    acts: Columns
    both: Rows
    of_firms: Rows
    pacts: frozenset[int]
    rows: Rows
    by_pact: dict[int, Array]

    def tells_firms(self, own: Collection[int]) -> bool:
        """Whether how many firms others help too tells which, to whom the acts of some organisations are known."""
        ours, who = np.isin(self.acts.organisation, sorted(own)), self.acts.beneficiary
        firms = each_once(who[self.rows])
        known = {pact: Numbers.of(who[rows & ours]).has(firms) for pact, rows in self.by_pact.items()}
        taken = {pact: Numbers.of(who[rows]).has(firms) for pact, rows in self.by_pact.items()}
        return overlaps.tells_firms(known, taken, len(firms))


def rows_of(acts: Columns, convention: Convention, standing: Standing, period: Period) -> Rows:
    """The acts of the parties in the signed perimeter over a period."""
    inside = every(standing.spans) if standing.spans else frozenset(convention.perimeter.communes)
    rows = acts.matching(organisations=standing.organisations, communes=inside)
    rows = of_parties(acts, acts.during(rows, period.start, period.last), standing)
    return of_spans(acts, rows, standing.spans) if standing.spans else rows


def asked_for(standings: Sequence[Standing], periods: Sequence[Period]) -> Asked:
    """The acts of the parties of some pacts, from the first year to the last."""
    organisations = frozenset[int]().union(*(one.organisations or () for one in standings))
    years = min(period.start.year for period in periods), max(period.last.year for period in periods)
    return Asked(organisations, frozenset(), years)


def others_of(standing: Standing, known: Register) -> dict[int, Convention]:
    """The signed conventions of other pacts of the same parties, by number."""
    found = {one.axis.convention_id: one.axis.convention for one in known.objectives}
    return {pk: one for pk, one in found.items() if known.standings[pk].pact != standing.pact}


def common(convention: Convention, standing: Standing, period: Period, known: Register) -> Common | None:
    """What the signed pacts of the same parties count too over a period; None when there is nothing."""
    others = others_of(standing, known)
    if not others:
        return None
    acts = known.acts(asked_for([standing, *(known.standings[pk] for pk in others)], [period]))
    mine = rows_of(acts, convention, standing, period)
    theirs: dict[int, Array] = {}
    for pk, one in others.items():
        other = known.standings[pk]
        own = sharing.within(period, other)
        if own is not None:
            theirs.setdefault(other.pact, np.zeros(len(acts), dtype=bool))[rows_of(acts, one, other, own)] = True
    shared = {pact: (taken[mine], _of_same_firms(acts, mine, taken)) for pact, taken in theirs.items()}
    pacts = frozenset(pact for pact, (same, firms) in shared.items() if same.any() or firms.any())
    if not pacts:
        return None
    both = np.logical_or.reduce([shared[pact][0] for pact in pacts])
    firms = np.logical_or.reduce([shared[pact][1] for pact in pacts])
    return Common(acts, mine[both], mine[firms], pacts, mine, {pact: theirs[pact] for pact in pacts})


def _of_same_firms(acts: Columns, mine: Rows, theirs: Array) -> Array:
    who = acts.beneficiary[mine]
    found: Array = (who > 0) & Numbers.of(acts.beneficiary[theirs]).has(who)
    return found
