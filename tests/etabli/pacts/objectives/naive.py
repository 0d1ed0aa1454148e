"""Counting again, in plain Python over plain lists: what the SQL must agree with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from etabli.facts import Period
from etabli.pacts.models import Measure, Sharing

ADD = {Measure.ACTS: (lambda act: 1), Measure.QUANTITY: (lambda act: act.quantity),
       Measure.AMOUNT: (lambda act: Decimal(act.amount) / 100),
       Measure.MINUTES: (lambda act: Decimal(act.minutes) / 60)}  # fmt: skip


@dataclass
class Promise:
    """An objective of one pact, as the twin sees it; `chosen`: shares by act, the last word for its axis."""

    pact: int
    size: int
    kinds: frozenset[str]
    measure: str
    sharing: str
    percent: int
    first: date
    last: date
    chosen: dict[int, int] = field(default_factory=dict)
    attributed: frozenset[int] = frozenset()  # acts with a standing attribution to any axis of the pact

    def takes(self, act, communes: frozenset[str], period: Period) -> bool:
        """Whether the objective selects an act, sharing apart."""
        return (
            act.commune in communes
            and (not self.kinds or act.kind in self.kinds)
            and period.start <= act.day < period.end
            and (self.measure != Measure.BENEFICIARIES or act.beneficiary is not None)
            and (act.pk not in self.attributed or self.chosen.get(act.pk, 0) > 0)
        )


def standing(acts: Sequence) -> list:
    """Acts that neither reverse nor are reversed."""
    dead = {act.reverses_id for act in acts if act.reverses_id}
    return [act for act in acts if act.pk not in dead and act.reverses_id is None]


def unit(act, measure: str):
    """What is counted once."""
    if measure == Measure.BENEFICIARIES:
        return act.beneficiary.canonical_id or act.beneficiary_id
    return act.commune if measure == Measure.COMMUNES else act.pk


def within(promise: Promise, period: Period) -> Period | None:
    """The part of the period in which the convention runs."""
    start, end = max(period.start, promise.first), min(period.end, promise.last + timedelta(days=1))
    return Period(start, end) if start < end else None


def loses(mine: Promise, claims: list[Promise], act) -> bool:
    """Whether an exclusive objective leaves a unit to another one that promises the same."""
    by_author = mine.measure in ADD

    def order(one: Promise):
        return (by_author and act.pk not in one.attributed, one.size, one.pact)

    return any(
        other.sharing == Sharing.EXCLUSIVE and order(other) < order(mine)
        and (not mine.kinds or not other.kinds or mine.kinds & other.kinds)
        for other in claims if other is not mine
    )  # fmt: skip


def figures(promises: list[Promise], acts: Sequence, communes: list[frozenset[str]], period: Period) -> list[Decimal]:
    """What each promise shows over a period in which all conventions run."""
    measure = promises[0].measure
    claims: dict[object, list[Promise]] = {}
    example = {}
    for act in standing(acts):
        for one, where in zip(promises, communes, strict=True):
            own = within(one, period)
            if own and one.takes(act, where, own):
                taken = claims.setdefault(unit(act, measure), [])
                if one not in taken:
                    taken.append(one)
                example[unit(act, measure)] = act
    return [
        sum((worth(one, taken, example[key]) for key, taken in claims.items() if one in taken), Decimal())
        for one in promises
    ]


def worth(one: Promise, taken: list[Promise], act) -> Decimal:
    """For how much a promise counts a unit that these promises claim."""
    value = Decimal(ADD[one.measure](act)) if one.measure in ADD else Decimal(1)
    if one.sharing == Sharing.EXCLUSIVE and loses(one, taken, act):
        return Decimal()
    if one.sharing == Sharing.SHARE and len(taken) > 1:
        value = value * one.percent / 100
    return value * one.chosen.get(act.pk, 100) / 100 if one.measure in ADD else value
