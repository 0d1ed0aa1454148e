"""Survival: the calendar clock by example, the estimator against lifelines."""

from __future__ import annotations

import importlib
from datetime import date

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from maillage.columnar.survival import TICKS, elapsed, kaplan_meier
from maillage.store import to_day

LIVES = st.lists(st.tuples(st.integers(1, 5 * 12 * TICKS), st.booleans()), min_size=1, max_size=200)


def clock(start: date, end: date) -> int:
    return int(elapsed(np.array([to_day(start)]), np.array([to_day(end)]))[0])


@pytest.mark.parametrize(
    ("start", "end", "months", "days"),
    [
        (date(2020, 1, 1), date(2023, 1, 1), 36, 0),
        (date(2021, 1, 1), date(2024, 1, 1), 36, 0),
        (date(2020, 1, 1), date(2022, 12, 31), 35, 30),
        (date(2021, 1, 31), date(2021, 2, 28), 1, 0),
        (date(2021, 1, 31), date(2021, 3, 1), 1, 1),
        (date(2020, 2, 29), date(2021, 2, 28), 12, 0),
        (date(1955, 6, 15), date(1955, 6, 16), 0, 1),
    ],
)
def test_anniversaries_fall_on_whole_months_whatever_the_leap_years(start, end, months, days):
    assert clock(start, end) == months * TICKS + days


@given(start=st.dates(date(1900, 1, 1), date(2026, 1, 1)), length=st.integers(1, 20_000))
def test_the_clock_never_goes_back(start, length):
    born = np.full(length, to_day(start))
    times = elapsed(born, born + 1 + np.arange(length))
    assert (np.diff(times) > 0).all()


@pytest.fixture(scope="module")
def fitter():
    """Loaded by the one test that needs it: every process that collects the tests would wait two seconds for it."""
    return importlib.import_module("lifelines").KaplanMeierFitter


@settings(max_examples=60)
@given(lives=LIVES)
def test_curve_and_interval_equal_lifelines(fitter, lives):
    time, died = np.array([t for t, _ in lives]), np.array([d for _, d in lives])
    oracle = fitter().fit(time, died)
    curve = kaplan_meier(time, died)
    bounds = oracle.confidence_interval_survival_function_
    for months in (0, 1, 12, 36, 60):
        value, low, high = curve.at(months)
        at = months * TICKS
        assert value == pytest.approx(oracle.predict(at), abs=1e-9)
        if 0 < value < 1:
            row = bounds[bounds.index <= at].iloc[-1]
            assert (low, high) == pytest.approx(tuple(row), abs=1e-9)


@given(lives=LIVES)
def test_those_followed_are_those_not_yet_gone(lives):
    time, died = np.array([t for t, _ in lives]), np.array([d for _, d in lives])
    curve = kaplan_meier(time, died)
    for months in (0, 6, 12, 60):
        assert curve.followed(months) == sum(t >= months * TICKS for t, _ in lives)


@given(lives=LIVES)
def test_without_any_censoring_survival_is_the_share_still_alive(lives):
    time = np.array([t for t, _ in lives])
    assume(len(time) > 1)
    curve = kaplan_meier(time, np.ones(len(time), dtype=bool))
    for months in (1, 12, 36):
        assert curve.at(months)[0] == pytest.approx(np.mean(time > months * TICKS), abs=1e-12)


def test_the_interval_stays_between_zero_and_one_and_is_a_point_without_deaths():
    curve = kaplan_meier(np.array([40, 40, 40]), np.array([False, False, True]))
    assert curve.at(0) == (1.0, 1.0, 1.0)
    assert all(0 <= part <= 1 for part in curve.at(2))
