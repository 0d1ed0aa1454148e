"""A whole population of fictitious firms: generated once, exported as it stood at any date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from maillage.synthetic import years
from maillage.synthetic.activities import activities
from maillage.synthetic.births import Births, births, closing
from maillage.synthetic.firms import Firms, found
from maillage.synthetic.places import Places, places
from maillage.synthetic.shops import Shops, open_shops

Integers = npt.NDArray[np.int64]

PURGE_YEAR = 2003
"""INSEE removed from Sirene the units that stopped before the end of 2002."""

HORIZON = 2027
"""Last year of invented births: a population may be exported at any date up to its end."""

_HANDOVER = {"alimentation": 0.22, "services": 0.08, "batiment": 0.05, "fabrication": 0.09}
"""Share of the firms that stop after five years or more and find a successor, by sector."""


@dataclass(frozen=True, eq=False)
class Links:
    """Successions between establishments: positions in ``Shops``, day, and whether it is a seat that moved."""

    before: Integers
    after: Integers
    day: years.Days
    seat: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Population:
    """Firms, their establishments over time, and the links between them."""

    places: Places
    firms: Firms
    shops: Shops
    links: Links
    seed: int

    @classmethod
    def generate(
        cls,
        communes: Iterable[str],
        seed: int = 2026,
        *,
        scale: float = 1.0,
        since: int = PURGE_YEAR,
        other_share: float = 0.2,
        wide: bool = False,
    ) -> Population:
        """Invent every firm that was alive in these communes at some time since 1 January of the year ``since``.

        ``scale`` multiplies the number of firms; ``other_share`` is the part of active firms that are no craft;
        ``wide`` allows more than 99 998 firms, for measurements. The same arguments give the same population.
        Raises NoInhabitants and TooManyFirms.
        """
        rng = np.random.default_rng(seed)
        where = places(communes, seed)
        first = births(rng, where, reference=HORIZON - 1, other_share=other_share, scale=scale)
        born, heir_of = _with_heirs(rng, first)
        born, heir_of = _kept(born, heir_of, years.day(since))
        firms = found(rng, born, wide=wide)
        shops, moved, moved_on = open_shops(rng, born, firms, where)
        before, after, shops = _handovers(shops, firms, heir_of)
        return cls(
            places=where,
            firms=firms,
            shops=shops,
            links=Links(
                before=np.concatenate([moved[0], before]),
                after=np.concatenate([moved[1], after]),
                day=np.concatenate([moved_on, shops.start[after]]),
                seat=np.arange(len(moved_on) + len(after)) < len(moved_on),
            ),
            seed=seed,
        )

    def active(self, on: date) -> npt.NDArray[np.bool_]:
        """Which establishments are active on a day."""
        day = years.day(on.year, on.month, on.day)
        shops = self.shops
        first = (shops.start <= day) & (day < shops.end)
        return first | ((shops.reopen <= day) & (day < shops.end_again))


def _with_heirs(rng: np.random.Generator, first: Births) -> tuple[Births, Integers]:
    """Add the firms that take over another one on the day it stops; -1, or the rank of the firm taken over."""
    share = np.array([_HANDOVER.get(one.sector, 0.0) for one in activities()])[first.activity]
    old = (first.end - first.start > 5 * 365) & (first.end >= years.day(2004)) & (first.end < years.day(HORIZON))
    chosen = np.flatnonzero(old & (rng.random(len(first)) < share))
    company = rng.random(len(chosen)) < 0.62
    start = first.end[chosen]
    end = closing(rng, start, company, 0.8)
    heirs = Births(first.commune[chosen], first.activity[chosen], start, company, end)
    return first.then(heirs), np.concatenate([np.full(len(first), -1, dtype=np.int64), chosen])


def _kept(born: Births, heir_of: Integers, since: int) -> tuple[Births, Integers]:
    """Leave out the firms that stopped before ``since``, and put the others in order of birth."""
    kept = np.flatnonzero(born.end >= since)
    order = kept[np.argsort(born.start[kept], kind="stable")]
    rank = np.full(len(born) + 1, -1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    return born.take(order), rank[heir_of[order]]


def _handovers(shops: Shops, firms: Firms, heir_of: Integers) -> tuple[Integers, Integers, Shops]:
    """Establishments handed over (before, after); the heir opens at the same address, in the same activity."""
    opened = np.flatnonzero(np.concatenate([[True], shops.firm[1:] != shops.firm[:-1]]))
    last_seat = np.zeros(len(firms), dtype=np.int64)
    seats = np.flatnonzero(shops.chain)
    last_seat[shops.firm[seats]] = seats
    heirs = np.flatnonzero(heir_of >= 0)
    before, after = last_seat[heir_of[heirs]], opened[heirs]
    same = (
        (shops.commune[before] == shops.commune[after])
        & (shops.end[before] == shops.start[after])
        & (shops.reopen[before] == years.NEVER)
        & (shops.later[before] == shops.activity[after])
    )
    before, after = before[same], after[same]
    x, y, dice = shops.x.copy(), shops.y.copy(), shops.dice.copy()
    x[after], y[after], dice[after] = x[before], y[before], dice[before]
    return before, after, replace(shops, x=x, y=y, dice=dice)
