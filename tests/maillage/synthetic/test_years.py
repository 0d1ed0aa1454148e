import numpy as np

from maillage.synthetic import years


def test_lifetime_is_the_inverse_of_the_cumulated_risk():
    ages = np.linspace(0.1, 39.0, 50)
    assert np.allclose(years.lifetime(years.cumulative_hazard(ages)), ages)


def test_micro_entrepreneurs_of_2009_and_the_dip_of_2020_show_in_creations():
    at = dict(zip(range(2005, 2027), years.level(np.arange(2005, 2027)), strict=True))
    assert at[2009] > 1.3 * at[2008]
    assert at[2020] < at[2019] < at[2021]
    assert at[2023] < at[2022]


def test_a_day_of_birth_lies_in_its_year():
    rng = np.random.default_rng(3)
    which = rng.integers(1970, 2027, 2_000)
    days = years.days_in_year(rng, which).astype("datetime64[D]")
    assert (days.astype("datetime64[Y]").astype(int) + 1970 == which).all()


def test_spring_2020_saw_few_births():
    rng = np.random.default_rng(3)
    days = years.days_in_year(rng, np.full(20_000, 2020)).astype("datetime64[D]").astype("datetime64[M]")
    april, september = (np.sum(days == np.datetime64(month)) for month in ("2020-04", "2020-09"))
    assert 0 < april < 0.5 * september


def test_nobody_stops_before_having_started():
    rng = np.random.default_rng(3)
    start = np.full(5_000, years.day(2015), dtype=np.int32)
    assert (years.closing_days(rng, start, rng.exponential(1.0, 5_000)) > start).all()
