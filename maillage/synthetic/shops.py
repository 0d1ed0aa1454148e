"""The establishments of a population and what happens to them: moves, second shops, changes of activity, reopenings.

An establishment never changes commune: a firm that moves closes one and opens another the same day, as in Sirene.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from maillage.synthetic import words, years
from maillage.synthetic.activities import activities
from maillage.synthetic.births import Births
from maillage.synthetic.firms import Firms
from maillage.synthetic.places import Places

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Days = years.Days


@dataclass(frozen=True, eq=False)
class Shops:
    """Establishments; parallel arrays. Days are NEVER when the event does not happen.

    Active on [start, end) and again on [reopen, end_again); ``later`` is the activity from ``change`` on. ``chain``
    tells the line of seats from secondary shops. ``x`` and ``y`` in Lambert-93 metres, NaN when unknown. ``dice``: 48
    random bits from which the export draws addresses and other details.
    """

    firm: Integers
    commune: Integers
    activity: Integers
    later: Integers
    start: Days
    end: Days
    reopen: Days
    end_again: Days
    change: Days
    hired: Days
    chain: Flags
    x: Floats
    y: Floats
    dice: Integers

    def __len__(self) -> int:
        return len(self.firm)


def open_shops(rng: np.random.Generator, born: Births, firms: Firms, where: Places) -> tuple[Shops, Integers, Days]:
    """Establishments sorted by firm and start; the old and the new seat of each move (2 × n); the day of each move."""
    seats, others = _seats(rng, born, where), _secondary(rng, born, where)
    firm, commune, start, end, chain = Opened(
        firm=np.concatenate([seats.firm, others.firm]),
        commune=np.concatenate([seats.commune, others.commune]),
        start=np.concatenate([seats.start, others.start]),
        end=np.concatenate([seats.end, others.end]),
        chain=np.concatenate([seats.chain, others.chain]),
    ).sorted()
    moved = np.flatnonzero((firm[1:] == firm[:-1]) & chain[1:] & chain[:-1] & (end[:-1] == start[1:]))
    single = np.bincount(firm, minlength=len(firms))[firm] == 1
    reopen, end_again = _reopenings(rng, start, end, single)
    later, change = _changes(rng, firms.activity[firm], start, end)
    x, y = _positions(rng, where, commune)
    shops = Shops(
        firm=firm,
        commune=commune,
        activity=firms.activity[firm],
        later=later,
        start=start,
        end=end,
        reopen=reopen,
        end_again=end_again,
        change=change,
        hired=_hirings(rng, firms.employer[firm], start, end),
        chain=chain,
        x=x,
        y=y,
        dice=rng.integers(0, 2**48, len(firm)),
    )
    return shops, np.stack([moved, moved + 1]), start[moved + 1]


class Opened(NamedTuple):
    """Establishments before anything happens to them but opening and closing."""

    firm: Integers
    commune: Integers
    start: Days
    end: Days
    chain: Flags

    def sorted(self) -> Opened:
        """The same by firm, then by day of opening."""
        order = np.lexsort((self.start, self.firm))
        return Opened(self.firm[order], self.commune[order], self.start[order], self.end[order], self.chain[order])


def _seats(rng: np.random.Generator, born: Births, where: Places) -> Opened:
    """One seat per firm, or two when it moves once in its life."""
    count = len(born)
    life = np.minimum(born.end, years.day(2032)).astype(np.int64) - born.start
    moves = (rng.random(count) < 0.11) & (life > 400)
    when = (born.start + 200 + rng.random(count) * np.maximum(life - 300, 1)).astype(np.int32)
    first_end = np.where(moves, when, born.end).astype(np.int32)
    movers = np.flatnonzero(moves)
    near = _neighbours(rng, where, born.commune[movers])
    same = rng.random(len(movers)) < 0.55
    everyone = np.arange(count)
    return Opened(
        firm=np.concatenate([everyone, movers]),
        commune=np.concatenate([born.commune, np.where(same, born.commune[movers], near)]),
        start=np.concatenate([born.start, when[movers]]),
        end=np.concatenate([first_end, born.end[movers]]),
        chain=np.ones(count + len(movers), dtype=np.bool_),
    )


def _secondary(rng: np.random.Generator, born: Births, where: Places) -> Opened:
    """Second shops of companies, opened and closed during the life of the firm."""
    owners = np.repeat(np.flatnonzero(born.company), rng.poisson(0.13, int(born.company.sum())))
    life = np.minimum(born.end[owners], years.day(2030)).astype(np.int64) - born.start[owners]
    owners, life = owners[life > 500], life[life > 500]
    start = (born.start[owners] + 100 + rng.random(len(owners)) * (life - 200)).astype(np.int32)
    length = years.closing_days(rng, start, rng.exponential(1.3, len(owners)))
    return Opened(
        firm=owners,
        commune=_neighbours(rng, where, born.commune[owners]),
        start=start,
        end=np.minimum(length, born.end[owners]),
        chain=np.zeros(len(owners), dtype=np.bool_),
    )


def _neighbours(rng: np.random.Generator, where: Places, commune: Integers) -> Integers:
    """A commune of the same group for each one given, drawn by population."""
    order = np.argsort(where.group, kind="stable")
    weight = np.cumsum(where.population[order])
    last = np.searchsorted(where.group[order], np.arange(len(where.profiles)), side="right") - 1
    high = weight[last]
    low = np.concatenate([[0.0], high[:-1]])
    group = where.group[commune]
    aim = low[group] + rng.random(len(commune)) * (high - low)[group]
    return np.asarray(order[np.minimum(np.searchsorted(weight, aim, side="right"), len(order) - 1)])


def _reopenings(rng: np.random.Generator, start: Days, end: Days, single: Flags) -> tuple[Days, Days]:
    """A few establishments closed for good turn out to open again, within the year or later."""
    chosen = single & (end < years.day(2030)) & (rng.random(len(end)) < 0.025) & (start > years.day(1985))
    reopen = end.astype(np.int64) + rng.integers(40, 1100, len(end))
    reached = np.minimum(reopen, years.day(2032)).astype(np.int32)
    again = years.closing_days(rng, reached, rng.exponential(1.0, len(end)))
    return np.where(chosen, reopen, years.NEVER).astype(np.int32), np.where(chosen, again, years.NEVER).astype(np.int32)


def _changes(rng: np.random.Generator, activity: Integers, start: Days, end: Days) -> tuple[Integers, Days]:
    """Some establishments turn to a neighbouring activity of their sector during their life."""
    table = activities()
    neighbours = [(one.sector, words.families()[one.words]) for one in table]
    groups = sorted(set(neighbours))
    group_of = np.array([groups.index(one) for one in neighbours])
    later = activity.copy()
    life = np.minimum(end, years.day(2030)).astype(np.int64) - start
    chosen = (rng.random(len(activity)) < 0.08) & (life > 400)
    change = np.where(chosen, start + 200 + (rng.random(len(activity)) * np.maximum(life - 250, 1)), years.NEVER)
    for number in range(len(groups)):
        which = np.flatnonzero(chosen & (group_of[activity] == number))
        pool = np.flatnonzero(group_of == number)
        weight = np.array([table[one].weight for one in pool])
        later[which] = rng.choice(pool, size=len(which), p=weight / weight.sum())
    unchanged = later == activity
    return later, np.where(unchanged, years.NEVER, change).astype(np.int32)


def _hirings(rng: np.random.Generator, employer: Flags, start: Days, end: Days) -> Days:
    """Day of the first hire: at once for half of the employers, some years later for the others, never for the rest."""
    wait = np.where(rng.random(len(start)) < 0.5, 0, rng.exponential(900.0, len(start))).astype(np.int64)
    day = start + np.minimum(wait, 9_000)
    life = np.minimum(end, years.day(2024, 12, 1)).astype(np.int64)
    day = np.where(day < life, day, start)
    return np.where(employer, day, years.NEVER).astype(np.int32)


def _positions(rng: np.random.Generator, where: Places, commune: Integers) -> tuple[Floats, Floats]:
    """Lambert-93 position around the centre of the commune: wider spread where more people live."""
    spread = 240.0 * (where.population[commune] / 1_000) ** 0.28
    x = where.x[commune] + rng.normal(0.0, 1.0, len(commune)) * spread
    y = where.y[commune] + rng.normal(0.0, 1.0, len(commune)) * spread
    missing = rng.random(len(commune)) < 0.02
    return np.where(missing, np.nan, x), np.where(missing, np.nan, y)
