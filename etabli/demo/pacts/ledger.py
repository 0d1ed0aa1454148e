"""The acts of a pact: drawn from its batches with a fixed seed, recorded and given to their axis by the actions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from etabli.accounts.models import User
from etabli.acts import actions as acts
from etabli.acts.actions import Entry
from etabli.acts.kinds import ActKind, Confidentiality, Origin
from etabli.acts.models import Act
from etabli.demo.pacts import clock
from etabli.demo.pacts.conventions import Cast, axis_of
from etabli.demo.pacts.firms import Firm, basket, of_body
from etabli.demo.pacts.tables import Batch, Pact
from etabli.pacts.attributions import actions as attributions
from etabli.pacts.models import Axis, Convention

SEED = 2026
FICTITIOUS_QPV = "QPFICTIF"
NOTED_BY_HAND = frozenset({ActKind.VISIT, ActKind.PHONE, ActKind.MEETING, ActKind.OUTREACH})
MISTAKES = 17  # one act in so many was a mistake, and is cancelled
LATE, LATE_BY = 23, 430  # one act in so many is written down more than a year later, after any yearly report
PLURAL = 3  # a firm is met that many times as often when it was met before


@dataclass(frozen=True)
class Drawn:
    """One act to record."""

    batch: Batch
    day: date
    firm: Firm | None
    minutes: int
    amount: int
    quantity: int
    qpv: str
    note: str


@dataclass(frozen=True)
class Planned:
    """An act, its number in the pact, and the day somebody writes it down."""

    number: int
    drawn: Drawn
    noted_on: date


def plan(pact: Pact, convention: Convention, first: int) -> list[Planned]:
    """Every act of a pact up to yesterday, in the order in which they are written down."""
    rng = Random(f"{SEED} {pact.slug}")  # noqa: S311 - a demonstration that is the same everywhere
    firms = basket(convention.perimeter, rng, first, pact.starts_on)
    drawn = enumerate((one for batch in pact.batches for one in _drawn(batch, firms, rng)), 1)
    planned = [Planned(number, one, _noted_on(number, one)) for number, one in drawn if one.day <= _yesterday()]
    return sorted(planned, key=lambda one: (one.noted_on, one.number))


def record(pact: Pact, convention: Convention, cast: Cast, planned: Sequence[Planned]) -> int:
    """Write them down; returns how many were recorded, reversals included."""
    axes = {number: axis_of(convention, number) for number in range(1, len(pact.axes) + 1)}
    written = 0
    for one in planned:
        act = _recorded(pact, one, cast, axes[one.drawn.batch.axis])
        written += 1
        if one.number % MISTAKES == 0:
            _cancelled(pact, act, one.drawn, cast)
            written += 1
    return written


def _noted_on(number: int, drawn: Drawn) -> date:
    late = LATE_BY if number % LATE == 0 and drawn.batch.kind in NOTED_BY_HAND else number % 3
    return min(drawn.day + timedelta(days=late), _yesterday())


def _drawn(batch: Batch, firms: Sequence[Firm], rng: Random) -> Iterator[Drawn]:
    met: list[Firm] = []
    for _ in range(batch.count):
        firm = None
        if batch.about:
            firm = of_body(batch.about)
        elif batch.firm:
            firm = rng.choice(met) if met and rng.random() < 1 / PLURAL else rng.choice(firms)
            met.append(firm)
        low, high = batch.minutes
        yield Drawn(
            batch=batch, day=_working_day(batch.first, batch.last, rng), firm=firm,
            minutes=5 * rng.randint(low // 5, high // 5), amount=100 * rng.choice(batch.amounts),
            quantity=rng.choice(batch.quantities), qpv=FICTITIOUS_QPV if rng.random() < batch.qpv else "",
            note=rng.choice(batch.notes) if batch.notes else "",
        )  # fmt: skip


def _working_day(first: date, last: date, rng: Random) -> date:
    """A day from Monday to Friday between two."""
    day = first + timedelta(days=rng.randint(0, (last - first).days))
    back = max(day.weekday() - 4, 0)
    return max(day - timedelta(days=back), first)


def _recorded(pact: Pact, planned: Planned, cast: Cast, axis: Axis) -> Act:
    organisations, users = cast
    drawn, author = planned.drawn, users[planned.drawn.batch.by or pact.field_worker]
    batch, firm = drawn.batch, drawn.firm
    with clock.on(planned.noted_on, 18):
        act = acts.record(
            by=author,
            entry=Entry(
                kind=batch.kind, day=drawn.day, organisation=organisations[pact.chamber],
                source=f"demo:{pact.slug}-{planned.number:04d}", beneficiary=firm.opened(drawn.day) if firm else None,
                commune=firm.commune if firm else batch.commune, qpv=drawn.qpv, trade=firm.trade if firm else "",
                band=firm.band if firm else "", adviser=author, minutes=drawn.minutes, amount=drawn.amount,
                quantity=drawn.quantity, themes=batch.themes, note=drawn.note,
                origin=Origin.DIARY if batch.kind in NOTED_BY_HAND else Origin.DEMO,
                confidentiality=Confidentiality.RESERVED if batch.reserved else Confidentiality.NORMAL,
            ),
        )  # fmt: skip
        _given(act, axis, author)
    return act


def _yesterday() -> date:
    """The last day that something may be dated: the demonstration never writes into the future."""
    return date.today() - timedelta(days=1)  # noqa: DTZ011 - the machine's own day, whatever the clock shows


def _given(act: Act, axis: Axis, author: User) -> None:
    attributions.attribute(by=author, act=act, axis=axis, reason="choix de l’auteur")


def _cancelled(pact: Pact, act: Act, drawn: Drawn, cast: Cast) -> None:
    """A mistake seen ten days later: the act is reversed, nothing is erased."""
    with clock.on(min(drawn.day + timedelta(days=10), _yesterday()), 9):
        acts.reverse(by=cast[1][drawn.batch.by or pact.field_worker], act=act)
