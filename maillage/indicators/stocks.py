"""Figures at a date: establishments, firms, density, age, share of the social economy."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from maillage.columnar.facts import I64, Facts
from maillage.columnar.tallies import distinct, distinct_pairs, quartiles, tally
from maillage.indicators.answer import Row
from maillage.indicators.calendar import months
from maillage.indicators.card import Grouping
from maillage.indicators.case import SERIES, Case
from maillage.indicators.grouping import Lines, line_population, lines
from maillage.indicators.question import Period
from maillage.indicators.result import Extra, Result, per, rows
from maillage.store import UNKNOWN_START, to_day

DAYS_PER_YEAR = 365.25
PEOPLE = 10_000
ESS_YES = 2


def stock(case: Case) -> Result:
    """Active establishments."""
    if case.by in SERIES:
        return _series(case, firms=False)
    active = case.active()
    split = lines(case)
    values = tally(split.of(active, case.store), len(split)).tolist()
    return Result(rows(split, values), len(active), firms=distinct(active.firm))


def stock_firms(case: Case) -> Result:
    """Distinct firms with at least one active establishment."""
    if case.by in SERIES:
        return _series(case, firms=True)
    active = case.active()
    firms = distinct(active.firm)
    split = lines(case)
    return Result(rows(split, firms_by_line(case, active, split).tolist()), len(firms), firms=firms)


def firms_by_line(case: Case, active: Facts, split: Lines) -> I64:
    """Distinct firms of each line."""
    if len(split) == 1 and split.column == "":
        return np.array([len(distinct(active.firm))])
    groups, _ = distinct_pairs(split.of(active, case.store), active.firm)
    return tally(groups, len(split))


def series_days(by: Grouping | None, during: Period) -> tuple[tuple[str, str, date], ...]:
    """Key, label and day of each point: first of January of each year, first of each month, inside ``during``."""
    if by is Grouping.MONTH:
        firsts = [(slot.key, slot.label, slot.period.start.replace(day=1)) for slot in months(during)]
    else:
        span = range(during.start.year, during.end.year + 1)
        firsts = [(str(year), f"1er janvier {year}", date(year, 1, 1)) for year in span]
    return tuple(point for point in firsts if during.start <= point[2] <= during.end)


def _series(case: Case, *, firms: bool) -> Result:
    facts = case.fabric.facts
    chosen = case.chosen(facts)
    points = []
    for key, label, day in series_days(case.by, case.during):
        active = facts.active(to_day(day)) & chosen
        count = len(distinct(facts.firm[active])) if firms else int(active.sum())
        points.append(Row(key, label, count, {"on": day.isoformat()}))
    return Result(tuple(points), None)


def density(case: Case) -> Result:
    """Firms per 10 000 inhabitants."""
    firms = _series(case, firms=True) if case.by in SERIES else stock_firms(case)
    if case.by in SERIES:
        found = tuple(
            Row(row.key, row.label, per(row.value or 0, case.people or 0, PEOPLE), {"numerator": row.value})
            for row in firms.rows
        )
        return Result(found, None)
    split = lines(case)
    people = line_population(case, split)
    counts = firms_by_line(case, case.active(), split).tolist()
    values = [per(count, inhabitants or 0, PEOPLE) for count, inhabitants in zip(counts, people, strict=True)]
    extras: list[Extra] = [
        {"numerator": count, "population": inhabitants} for count, inhabitants in zip(counts, people, strict=True)
    ]
    total = per(firms.total or 0, case.people or 0, PEOPLE)
    notes = () if case.people else ("La population de ce territoire n’est pas connue.",)
    return Result(rows(split, values, extras), total, notes=notes, firms=firms.firms)


def age(case: Case) -> Result:
    """Median age of the firms present, in years, with quartiles; a firm counts once in each line where it is."""
    if case.by in SERIES:
        return _ages_by_year(case)
    active = case.active()
    split = lines(case)
    everyone = distinct(active.firm)
    alone = np.zeros(len(everyone), dtype=np.int64)
    whole = _ages(case, case.day, alone, everyone, 1)
    groups, firms = distinct_pairs(split.of(active, case.store), active.firm) if case.by else (alone, everyone)
    found, counts, _ = _ages(case, case.day, groups, firms, len(split)) if case.by else whole
    extras: list[Extra] = [
        {"q1": _number(low), "q3": _number(high), "firms": int(count)}
        for (low, _, high), count in zip(found, counts, strict=True)
    ]
    left_out = {"entreprises de début inconnu": whole[2]} if whole[2] else {}
    medians = [_number(row[1]) for row in found]
    shown = rows(split, medians, extras, shown=[count > 0 for count in counts])
    return Result(shown, _number(whole[0][0, 1]), left_out=left_out, firms=everyone)


def _ages_by_year(case: Case) -> Result:
    """Of the firms present at each point, their age on that day; a firm of unknown start is left out of all of them."""
    points = []
    for key, label, day in series_days(case.by, case.during):
        firms = case.active_firms(to_day(day))
        found, counts, _ = _ages(case, to_day(day), np.zeros(len(firms), dtype=np.int64), firms, 1)
        low, median, high = map(_number, found[0])
        points.append(Row(key, label, median, {"q1": low, "q3": high, "firms": int(counts[0]), "on": day.isoformat()}))
    return Result(tuple(points), None)


def _ages(
    case: Case, day: int, groups: I64, firms: NDArray[np.uint32], size: int
) -> tuple[NDArray[np.float64], I64, int]:
    """Quartiles of age by group, firms of known age by group, number of firms of unknown age."""
    present = case.fabric.presences
    now = np.flatnonzero((present.start <= day) & (present.end > day))
    order = now[np.argsort(present.firm[now])]
    starts = present.start[order][np.searchsorted(present.firm[order], firms)]
    known = starts != UNKNOWN_START
    ages = (day - starts[known]) / DAYS_PER_YEAR
    return quartiles(groups[known], ages, size), tally(groups[known], size), int((~known).sum())


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def ess_share(case: Case) -> Result:
    """Firms of the social economy, for 100 firms whose mention is known."""
    active = case.active()
    split = lines(case)
    groups, firms = distinct_pairs(split.of(active, case.store), active.firm)
    mention = case.store.firms.ess[firms]
    known = tally(groups[mention != 0], len(split)).tolist()
    yes = tally(groups[mention == ESS_YES], len(split)).tolist()
    values = [per(inside, all_known, 100) for inside, all_known in zip(yes, known, strict=True)]
    extras: list[Extra] = [{"numerator": y, "denominator": k} for y, k in zip(yes, known, strict=True)]
    everyone = distinct(active.firm)
    mention = case.store.firms.ess[everyone]
    total = per(int((mention == ESS_YES).sum()), int((mention != 0).sum()), 100)
    missing = int((mention == 0).sum())
    left_out = {"entreprises sans mention ESS renseignée": missing} if missing else {}
    shown = rows(split, values, extras, shown=[count > 0 for count in known])
    return Result(shown, total, left_out=left_out, firms=everyone)
