"""What two pacts may both claim, and who counts it: parts + listed overlaps = whole.

Two objectives of two pacts share when they have the same measure and a kind of act in common. What is shared is an act
for additive measures, else a beneficiary or a commune (see `measures.unit`).

- exclusive: among the exclusive objectives that claim it, the pact to which its author attributed the act, else the
  pact of the smallest perimeter, else the oldest one;
- k %: counted for k % whenever another pact claims it;
- both: counted whole, and flagged.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import BooleanField, Case, Exists, Q, Value, When

from etabli.facts import Period
from etabli.pacts.models import Objective, Sharing
from etabli.pacts.objectives import measures
from etabli.pacts.objectives.selection import Selector, standing_attributions, valid_acts
from etabli.pacts.objectives.standing import Register, Standing

NEVER = Q(pk__in=[])


@dataclass(frozen=True)
class Overlap:
    """What several pacts claim together: its measure, and how much of it each of them counts."""

    objectives: frozenset[int]
    value: Decimal
    counted: Mapping[int, Decimal]

    @property
    def surplus(self) -> Decimal:
        """Counted more than once (above 0), or less than once (below)."""
        return sum(self.counted.values(), Decimal()) - self.value


@dataclass(frozen=True)
class Split:
    """A whole, what each objective claims alone, and what several claim."""

    whole: Decimal
    alone: Mapping[int, Decimal]
    overlaps: tuple[Overlap, ...]

    def counted(self, objective: int) -> Decimal:
        """What an objective shows: its own, and its share of the overlaps."""
        shared = (overlap.counted.get(objective, Decimal()) for overlap in self.overlaps)
        return self.alone.get(objective, Decimal()) + sum(shared, Decimal())


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


def shared(selector: Selector, period: Period) -> Q:
    """Of what an objective selects, what another pact claims too."""
    return claimed(selector.measure, rivals(selector), period)


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


def split(objectives: Sequence[Objective], register: Register, period: Period) -> Split:
    """How objectives of different pacts, of one and the same measure, share what they select together."""
    measure = objectives[0].measure
    selectors = [Selector.of(objective, register) for objective in objectives]
    flags = {f"claim_{one.objective.pk}": _flag(measure, one, period) for one in selectors}
    wins = {f"wins_{one.objective.pk}": _wins(one, period) for one in selectors}
    rows = (
        valid_acts()
        .filter(claimed(measure, selectors, period))
        .annotate(**flags, **wins)
        .values(*flags, *wins)
        .annotate(value=measures.total(measure))
    )
    return _gathered([one.objective for one in selectors], list(rows), measure)


def _flag(measure: str, selector: Selector, period: Period) -> Case:
    return Case(When(claimed(measure, [selector], period), then=Value(True)), default=Value(False),
                output_field=BooleanField())  # fmt: skip


def _wins(selector: Selector, period: Period) -> Case:
    condition = kept(selector, period)
    if not condition:
        return Case(default=Value(True), output_field=BooleanField())
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _gathered(objectives: Sequence[Objective], rows: Sequence[Mapping[str, object]], measure: str) -> Split:
    values: dict[frozenset[int], Decimal] = {}
    counted: dict[frozenset[int], dict[int, Decimal]] = {}
    for row in rows:
        value = measures.quantity(measure, row["value"])
        claims = frozenset(one.pk for one in objectives if row[f"claim_{one.pk}"])
        values[claims] = values.get(claims, Decimal()) + value
        sums = counted.setdefault(claims, dict.fromkeys(claims, Decimal()))
        for one in objectives:
            if one.pk in claims:
                wins = bool(row[f"wins_{one.pk}"])
                sums[one.pk] += value * weight(one, alone=len(claims) == 1, wins=wins)
    alone = {pk: value for claims, value in values.items() if len(claims) == 1 for pk in claims}
    overlaps = tuple(
        Overlap(claims, values[claims], counted[claims])
        for claims in sorted(values, key=sorted) if len(claims) > 1
    )  # fmt: skip
    return Split(sum(values.values(), Decimal()), alone, overlaps)


def weight(objective: Objective, *, alone: bool, wins: bool) -> Decimal:
    """For how much of a unit an objective counts it."""
    if alone or objective.sharing == Sharing.BOTH:
        return Decimal(1)
    if objective.sharing == Sharing.SHARE:
        return Decimal(objective.share_percent) / 100
    return Decimal(1) if wins else Decimal(0)
