"""Forecasts, statuses and targets: pure rules, each computed by hand here."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from etabli.facts import Period
from etabli.pacts.models import Aggregation, Convention, Target
from etabli.pacts.objectives import forecast, years
from etabli.pacts.objectives.counting import Count, ratio
from etabli.pacts.objectives.forecast import Course, Rhythm, Status


def course(realised=100, target=300, on=date(2025, 7, 1), **more):
    """Half a year of 2025 behind, unless told otherwise."""
    period = {"start": date(2025, 1, 1), "end": date(2026, 1, 1)} | more
    return Course(realised if realised is None else Decimal(realised), target and Decimal(target), on=on, **period)


def test_the_forecast_adds_the_days_to_come_at_the_rhythm_of_the_last_months():
    so_far = course(100)
    assert (so_far.elapsed, so_far.remaining) == (182, 183)
    assert forecast.forecast(so_far, Rhythm(Decimal(365), 365, "")) == 100 + 183
    assert forecast.forecast(so_far, Rhythm(Decimal(90), 182, "")) == 190  # 100 + 90 × 183 / 182 = 190.49


def test_what_is_counted_once_goes_on_as_new_ones_came():
    so_far = course(91)
    assert forecast.forecast(so_far, forecast.of_new_ones(so_far)) == 183  # 91 + 91 × 183 / 182 = 182.5


def test_there_is_no_forecast_without_rhythm_nor_before_thirty_days_nor_after_the_end():
    assert forecast.forecast(course(), None) is None
    early = course(4, on=date(2025, 1, 29))
    assert forecast.forecast(early, forecast.of_new_ones(early)) is None
    assert forecast.rule(early, forecast.of_new_ones(early)) == forecast.TOO_EARLY
    over = course(on=date(2026, 1, 1))
    assert forecast.forecast(over, Rhythm(Decimal(365), 365, "")) is None
    assert forecast.rule(over, None) == ""
    assert forecast.rule(course(), None) == forecast.OF_FLOWS_ONLY


def test_the_rule_of_the_forecast_is_printed():
    assert forecast.of_last_months(Decimal(3), 365).rule.startswith("Au rythme des douze derniers mois")
    assert "des 120 jours depuis le début" in forecast.of_last_months(Decimal(3), 120).rule
    so_far = course()
    assert "nouveaux venus" in forecast.rule(so_far, forecast.of_new_ones(so_far))


@pytest.mark.parametrize(
    ("realised", "expected", "status"),
    [(300, 310, Status.HELD), (299, 300, Status.AHEAD), (100, 299, Status.WATCH), (100, 225, Status.WATCH),
     (100, 224, Status.LATE), (None, 500, Status.NONE)],
)  # fmt: skip
def test_the_status_compares_the_forecast_with_the_target(realised, expected, status):
    assert forecast.status(course(realised), Decimal(expected)) == status


def test_once_over_an_objective_is_held_or_missed():
    assert forecast.status(course(300, on=date(2026, 2, 1)), None) == Status.HELD
    assert forecast.status(course(299, on=date(2026, 2, 1)), None) == Status.MISSED


def test_without_forecast_the_figure_is_compared_with_the_way_from_baseline_to_target():
    def stock(value):
        return forecast.status(course(value, 160, baseline=Decimal(60)), None)  # 182 days of 365: 49.9 of 100

    assert [stock(value) for value in (110, 109, 98, 97)] == [Status.AHEAD, Status.WATCH, Status.WATCH, Status.LATE]
    assert forecast.status(course(61, 160, date(2025, 1, 15), baseline=Decimal(60)), None) == Status.NONE
    assert forecast.status(course(61, None), None) == Status.NONE


def target(year, value, set_at, pk, reason=""):
    """A target set on a day."""
    return Target(pk=pk, year=year, value=Decimal(value), set_at=datetime.fromisoformat(set_at).replace(tzinfo=UTC),
                  reason=reason)  # fmt: skip


def test_a_target_lowered_after_its_year_began_is_marked():
    before = [target(2025, 300, "2024-10-01", 1), target(2025, 250, "2024-12-01", 2)]
    assert years.targets(before)[2025].mark == ""
    lowered = years.targets([*before, target(2025, 200, "2025-06-03", 3, "moins de conseillers")])[2025]
    assert (lowered.value, lowered.lowered_from) == (200, 250)
    assert lowered.mark == "cible 2025 abaissée de 250 à 200 le 3\u00a0juin 2025\u00a0: moins de conseillers"
    raised_back = years.targets([*before, target(2025, 200, "2025-06-03", 3), target(2025, 260, "2025-07-01", 4)])[2025]
    assert raised_back.mark == ""


def test_a_target_that_an_amendment_lowers_on_new_year_s_day_is_not_lowered_during_the_year():
    before = [target(2025, 300, "2024-10-01", 1)]
    assert years.targets([*before, target(2025, 200, "2025-01-01", 2)])[2025].mark == ""
    assert years.targets([*before, target(2025, 200, "2025-01-02", 2)])[2025].mark != ""


def test_raising_then_lowering_during_the_year_still_shows():
    rows = [target(2025, 100, "2024-10-01", 1), target(2025, 150, "2025-02-01", 2), target(2025, 120, "2025-06-01", 3)]
    assert years.targets(rows)[2025].lowered_from == 150


def counts(*values):
    """Years from 2023, with these values."""
    return {2023 + place: Count(Decimal(value), Decimal(value)) for place, value in enumerate(values)}


def test_years_are_summed_averaged_or_the_last_is_kept():
    found = {rule: years.together(rule, counts(10, 20, 60)).value for rule in ("sum", "last", "mean")}
    assert found == {"sum": 90, "last": 60, "mean": 30}


def test_a_sum_of_distinct_firms_counts_each_once_and_lists_the_repeated_ones():
    whole = years.together(Aggregation.SUM, counts(10, 20), Count(Decimal(25), Decimal(25)))
    assert (whole.value, whole.repeated) == (25, 5)
    assert sum(one.value for one in counts(10, 20).values()) == whole.value + whole.repeated
    assert "moins 5 déjà comptés" in whole.rule


def test_a_ratio_is_recomputed_and_never_averaged():
    parts = {2024: ratio(Decimal(9), Decimal(10)), 2025: ratio(Decimal(10), Decimal(90))}
    found = years.together(Aggregation.RATIO, parts)
    assert found.value == 19
    average = sum(one.value for one in parts.values()) / 2
    assert found.value != average


def test_the_target_of_all_the_years_follows_the_same_rule():
    wanted = {year: years.YearTarget(year, Decimal(value)) for year, value in ((2024, 100), (2025, 200))}
    found = {rule: years.whole_target(rule, wanted) for rule in Aggregation.values}
    assert found == {"sum": 300, "last": 200, "mean": 150, "ratio": 200}
    assert years.whole_target("sum", {}) is None


def test_years_are_cut_at_the_dates_of_the_convention():
    pact = Convention(starts_on=date(2017, 11, 16), ends_on=date(2020, 11, 15))
    cut = years.periods_of(pact)
    assert list(cut) == [2017, 2018, 2019, 2020]
    assert cut[2017] == Period(date(2017, 11, 16), date(2018, 1, 1))
    assert cut[2020] == Period(date(2020, 1, 1), date(2020, 11, 16))
    assert sum(period.days for period in cut.values()) == years.whole_period(pact).days
