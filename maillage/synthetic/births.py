"""How many firms are born, where, in which activity, in which year: the first half of a population.

For each commune and activity the number wanted *today* is population × weight × features of the place; births of past
years are scaled so that, once the risk of stopping has done its work, that number is still there at the reference date.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from maillage.synthetic import years
from maillage.synthetic.activities import OUTSIDE, activities, column
from maillage.synthetic.places import Places
from maillage.synthetic.profiles import CRAFT_SECTORS, Profile

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_URBAN_PULL = {"alimentation": 0.06, "services": 0.10, "batiment": -0.05, "fabrication": -0.03, OUTSIDE: 0.08}
"""How much a larger commune draws a sector, as a power of its population: shops gather, builders work from home."""


@dataclass(frozen=True, eq=False)
class Births:
    """Firms as they are born; parallel arrays of equal length."""

    commune: Integers
    activity: Integers
    start: years.Days
    company: npt.NDArray[np.bool_]
    end: years.Days

    def __len__(self) -> int:
        return len(self.start)

    def take(self, which: Integers) -> Births:
        """The same firms in another order, or part of them."""
        return Births(*(getattr(self, one.name)[which] for one in fields(self)))

    def then(self, others: Births) -> Births:
        """These firms, then others."""
        return Births(*(np.concatenate([getattr(self, one.name), getattr(others, one.name)]) for one in fields(self)))


def births(rng: np.random.Generator, where: Places, *, reference: int, other_share: float, scale: float) -> Births:
    """All the firms ever born there until the end of the ``reference`` year, with the day each one stops.

    ``other_share``: share of active firms that are no craft. ``scale`` multiplies every number.
    """
    wanted = _wanted(rng, where, other_share) * scale
    every = years.years(reference)
    weights, companies = _by_year(where.profiles, every)
    alive = (weights * _survival(where.profiles, companies, every, reference)).sum(axis=2)
    expected = wanted * (weights.sum(axis=2) / alive)[where.group]
    number = np.floor(expected + rng.random(expected.shape)).astype(np.int64)
    pair = np.repeat(np.arange(number.size), number.ravel())
    commune, activity = np.divmod(pair, number.shape[1])
    cell = where.group[commune] * number.shape[1] + activity
    year_rank = _draw_years(rng, weights.reshape(-1, len(every)), cell)
    share = companies.reshape(-1, len(every))[cell, year_rank]
    company = rng.random(len(pair)) < share
    start = years.days_in_year(rng, every[year_rank])
    risk = np.array([one.hazard for one in where.profiles])[where.group[commune]]
    return Births(commune, activity, start, company, closing(rng, start, company, risk))


def closing(
    rng: np.random.Generator, start: years.Days, company: npt.NDArray[np.bool_], risk: Floats | float
) -> years.Days:
    """Day on which each firm stops; companies last longer than sole traders."""
    hazard = np.where(company, years.COMPANY_HAZARD, years.SOLE_HAZARD) * risk
    return years.closing_days(rng, start, rng.exponential(1.0, len(start)) / hazard)


def _wanted(rng: np.random.Generator, where: Places, other_share: float) -> Floats:
    """Active firms wanted at the reference date: communes × activities."""
    table = activities()
    population = where.population[:, None]
    presence = 1.0 / (1.0 + (np.maximum(column("threshold"), 1.0)[None, :] / population) ** 1.6)
    presence = np.where(column("threshold")[None, :] == 0, 1.0, presence)
    pull = np.array([_URBAN_PULL[one.sector] for one in table])
    commune_factor = np.exp(rng.normal(0.0, 0.10, (len(where), 1)))
    wanted = population / 10_000 * column("weight") * presence * (population / 8_000) ** pull * commune_factor
    wanted = wanted * _features(where.profiles)[where.group]
    craft = np.array([one.craft for one in table])
    others = wanted[:, craft].sum() * other_share / (1.0 - other_share)
    wanted[:, ~craft] *= others / max(float(wanted[:, ~craft].sum()), 1e-9)
    return np.asarray(wanted, dtype=np.float64)


def _features(profiles: tuple[Profile, ...]) -> Floats:
    """Density × sector tilt: profiles × activities."""
    sectors = [*CRAFT_SECTORS, OUTSIDE]
    rank = [sectors.index(one.sector) for one in activities()]
    return np.array([[one.density * (*one.tilt, 1.0)[sector] for sector in rank] for one in profiles])


def _by_year(profiles: tuple[Profile, ...], every: Integers) -> tuple[Floats, Floats]:
    """Weight of each year of birth, and share of companies in it: profiles × activities × years."""
    drift = column("trend")[None, :, None] + np.array([one.slope for one in profiles])[:, None, None]
    since = np.clip(every - 2012, 0, None)[None, None, :]
    weights = years.level(every)[None, None, :] * np.exp(drift * since)
    share = np.clip(0.82 * column("company")[:, None] * years.company_factor(every)[None, :], 0.0, 0.97)
    return weights, np.broadcast_to(share[None, :, :], weights.shape)


def _survival(profiles: tuple[Profile, ...], companies: Floats, every: Integers, reference: int) -> Floats:
    """Share of the firms born in each year still there in the middle of the reference year."""
    age = np.maximum(reference + 0.75 - (every + 0.5), 0.0)
    hazard = years.cumulative_hazard(age)[None, None, :] * np.array([one.hazard for one in profiles])[:, None, None]
    sole = 1.0 - companies
    kept = companies * np.exp(-hazard * years.COMPANY_HAZARD) + sole * np.exp(-hazard * years.SOLE_HAZARD)
    return np.asarray(kept)


def _draw_years(rng: np.random.Generator, weights: Floats, cell: Integers) -> Integers:
    """Rank of a year for each firm, from the distribution of its cell (inverse of the cumulated weights)."""
    cumulated = np.cumsum(weights, axis=1)
    cumulated /= cumulated[:, -1:]
    flat = (cumulated + np.arange(len(weights))[:, None]).ravel()
    found = np.searchsorted(flat, cell + rng.random(len(cell)), side="right")
    return np.asarray(np.minimum(found - cell * weights.shape[1], weights.shape[1] - 1))
