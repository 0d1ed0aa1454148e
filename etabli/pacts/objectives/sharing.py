"""What two pacts may both claim, and who counts it. `overlaps.py` lists it: parts + listed overlaps = whole.

Two objectives of two pacts share when they have the same measure and a kind of act in common. What is shared is an act
for additive measures, else a beneficiary or a commune (see `measures.unit`).

- exclusive: among the exclusive objectives that claim it, the pact to which its author attributed the act, else the
  pact of the smallest perimeter, else the oldest one;
- k %: counted for k % whenever another pact claims it;
- both: counted whole, and flagged.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, Q

from etabli.facts import Period
from etabli.pacts.models import Objective, Sharing
from etabli.pacts.objectives import measures
from etabli.pacts.objectives.selection import Selector, standing_attributions
from etabli.pacts.objectives.standing import Register, Standing

NEVER = Q(pk__in=[])


def kept(selector: Selector, period: Period) -> Q:
    """Of what an objective selects, what it does not leave to another pact."""
    if selector.objective.sharing != Sharing.EXCLUSIVE:
        return Q()
    lost = Q()
    for rival in rivals(selector):
        if rival.objective.sharing == Sharing.EXCLUSIVE:
            yields = _yields(selector, rival)
            if yields is not None:
                lost |= claimed(selector.measure, [rival], period) & yields
    return ~lost if lost else Q()


def rivals(selector: Selector) -> list[Selector]:
    """What other signed pacts promise that is the same."""
    others = selector.register.rivals(selector.objective, selector.measure)
    return [_selector(other, selector.register, selector.measure) for other in others]


def _selector(objective: Objective, register: Register, measure: str) -> Selector:
    found = Selector.of(objective, register)
    return found if objective.measure == measure else found.denominator()


def claimed(measure: str, selectors: Iterable[Selector], period: Period) -> Q:
    """Acts whose unit (act, beneficiary, commune) one of the selectors takes, each within its convention's dates."""
    found = NEVER
    unit = measures.unit(measure)
    for selector in selectors:
        own = within(period, selector.standing)
        if own is None:
            continue
        if unit == "pk":
            found |= selector.scope() & selector.during(own) & selector.attributed()
        else:
            found |= Q(**{f"{unit}__in": selector.acts(own).values(unit)})
    return found


def within(period: Period, standing: Standing) -> Period | None:
    """The part of a period that lies in a convention."""
    start, end = max(period.start, standing.starts_on), min(period.end, standing.ends_on + timedelta(days=1))
    return Period(start, end) if start < end else None


def _yields(mine: Selector, rival: Selector) -> Q | None:
    """When an exclusive act goes to the rival; None: never."""
    prior = rival.standing.rank < mine.standing.rank
    if measures.unit(mine.measure) != "pk":
        return Q() if prior else None
    chosen_mine, chosen_theirs = _chosen(mine.standing), _chosen(rival.standing)
    if prior:
        return ~(chosen_mine & ~chosen_theirs) if mine.standing.attributed else Q()
    return chosen_theirs & ~chosen_mine if rival.standing.attributed else None


def _chosen(standing: Standing) -> Q:
    return Q(Exists(standing_attributions(pact=standing.pact))) if standing.attributed else NEVER
