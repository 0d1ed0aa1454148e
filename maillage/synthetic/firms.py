"""The legal units of a population: who they are, how large, under which form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.synthetic import words, years
from maillage.synthetic.activities import activities, column
from maillage.synthetic.births import Births
from maillage.synthetic.keys import siren_numbers

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SOLE_TRADER = 1000
BAND_CODES = ("NN", "00", "01", "02", "03", "11", "12", "21", "22", "31", "32", "")
"""Headcount bands in use here; empty when Sirene says nothing."""

_FORMS = ((5499, 0.38), (5498, 0.20), (5710, 0.24), (5720, 0.15), (5599, 0.02), (5454, 0.004), (5453, 0.006))
_BAND_STEPS = np.array([0.17, 0.23, 0.53, 0.80, 0.915, 0.975, 0.991, 0.997, 0.9991, 0.99985, 1.0])
"""Cumulated share of the bands NN, 00, 01… among companies of ordinary size."""


@dataclass(frozen=True, eq=False)
class Firms:
    """Legal units, in order of birth; parallel arrays. ``band`` points into BAND_CODES; ``sign`` is -1 without one."""

    siren: Integers
    activity: Integers
    start: years.Days
    end: years.Days
    form: Integers
    band: Integers
    employer: Flags
    partial: Flags
    social: Flags
    surname: Integers
    first_name: Integers
    sign: Integers
    head: Integers
    named: Flags

    def __len__(self) -> int:
        return len(self.siren)


def found(rng: np.random.Generator, born: Births, *, wide: bool) -> Firms:
    """Give each firm its number, form, size and names. ``born`` must be in order of birth.

    Raises TooManyFirms when the block of numbers is too small.
    """
    count = len(born)
    form = _forms(rng, born)
    band = _bands(rng, born)
    sole = form == SOLE_TRADER
    signed = rng.random(count) < np.where(sole, 0.42, 0.72)
    signed |= form >= 6000
    return Firms(
        siren=siren_numbers(count, wide=wide),
        activity=born.activity,
        start=born.start,
        end=born.end,
        form=form,
        band=band,
        employer=_employers(rng, band),
        partial=rng.random(count) < np.where(sole, 0.09, 0.012),
        social=(rng.random(count) < 0.006) | (form >= 9000) | np.isin(form, (5453, 5454)),
        surname=rng.integers(0, len(words.surnames()), count),
        first_name=rng.integers(0, len(words.FIRST_NAMES), count),
        sign=np.where(signed, rng.integers(0, len(words.complements()), count), -1),
        head=rng.integers(0, 60, count),
        named=rng.random(count) < 0.45,
    )


def _forms(rng: np.random.Generator, born: Births) -> Integers:
    codes, shares = zip(*_FORMS, strict=True)
    form = rng.choice(np.array(codes), size=len(born), p=np.array(shares) / sum(shares))
    group = np.array([one.words for one in activities()])[born.activity]
    form = np.where(born.company, form, SOLE_TRADER)
    form = np.where(group == "association", 9220, form)
    return np.where(group == "public", 7346, form).astype(np.int64)


def _bands(rng: np.random.Generator, born: Births) -> Integers:
    """Headcount band: small firms mostly, larger with the activity and among companies; blank for one in forty."""
    staff = column("staff")[born.activity]
    draw = rng.random(len(born))
    # A power below one pushes towards the large bands; sole traders and light activities stay without employee.
    draw = np.where(born.company, draw ** (1.0 / np.clip(0.55 + 0.65 * staff, 0.3, 2.4)), draw * 0.23 / 0.86)
    helped = ~born.company & (rng.random(len(born)) < 0.07 + 0.08 * staff)
    draw = np.where(helped, 0.30 + 0.47 * rng.random(len(born)), draw)
    band = np.searchsorted(_BAND_STEPS, np.minimum(draw, 0.999999), side="right")
    recent = born.start >= years.day(2025)
    band = np.where(recent & (rng.random(len(born)) < 0.85), 0, band)
    return np.where(rng.random(len(born)) < 0.025, BAND_CODES.index(""), band).astype(np.int64)


def _employers(rng: np.random.Generator, band: Integers) -> Flags:
    """Whether the firm declares itself an employer: all those with staff, and a few that Sirene has no figure for."""
    staffed = (band >= 1) & (band < BAND_CODES.index(""))
    return staffed | (rng.random(len(band)) < 0.03)
