"""Survival of the firms born during a period, with and without succession links."""

from __future__ import annotations

import numpy as np

from maillage.columnar.facts import I64, Mask
from maillage.columnar.survival import TICKS, Curve, elapsed, kaplan_meier
from maillage.columnar.tallies import distinct
from maillage.indicators.answer import Row
from maillage.indicators.calendar import years
from maillage.indicators.card import Grouping
from maillage.indicators.case import Case
from maillage.indicators.flows import PROVISIONAL_DAYS, in_period
from maillage.indicators.grouping import Lines, lines
from maillage.indicators.result import Extra, Number, Result, rows
from maillage.store import to_day

FEWEST = 10  # births under which no curve is drawn
HORIZONS = (12, 36, 60)
HEADLINE = 36
MONTHS = 60


def survival(case: Case) -> Result:
    """Monthly curve of the cohort; with a split, one line per group with its value at 36 months."""
    net, gross = _cohorts(case)
    facts = case.fabric.facts
    curve = _curve(*net)
    total = _value(case, curve, HEADLINE, net[0])
    left_out = _left_out(net[0], gross[0])
    notes = () if curve else (f"Moins de {FEWEST} créations : pas de courbe de survie.",)
    firms = distinct(facts.firm[case.fabric.openings.spell[net[0]]])
    if case.by is None:
        made = _monthly(case, net, gross)
    elif case.by is Grouping.YEAR:
        made = _by_year(case, net, gross)
    else:
        made = _by_line(case, lines(case), net, gross)
    return Result(made, total, left_out=left_out, notes=notes, firms=firms)


Cohort = tuple[I64, I64, Mask]


def _cohorts(case: Case) -> tuple[Cohort, Cohort]:
    """Positions of the presences born in the period, their duration on the clock, whether they died.

    First the cohort of the question, then the one that ignores links. With links a taken-over firm is not born, and a
    handed-on firm is followed until that day, like a firm that changes activity or is still there at the store's date.
    """
    fabric = case.fabric
    opened, closed = fabric.openings, fabric.closings
    born = opened.real & case.kept_trades[fabric.facts.trade[opened.spell]] & in_period(opened, case.during)
    members = np.flatnonzero(born)
    over = np.minimum(closed.day[members], case.stock_day)
    died = closed.real[members] & (closed.day[members] <= case.stock_day)
    gross = members, elapsed(opened.day[members], over), died
    if not case.question.links:
        return gross, gross
    net = _part(gross, ~opened.transferred[members])
    return (net[0], net[1], net[2] & ~closed.transferred[net[0]]), gross


def _curve(members: I64, time: I64, died: Mask) -> Curve | None:
    return kaplan_meier(time, died) if len(members) >= FEWEST else None


def _reached(case: Case, members: I64, months: int) -> bool:
    """Could the oldest firm of the cohort have reached this age by the date of the store?"""
    oldest = case.fabric.openings.day[members].min(keepdims=True)
    return bool(elapsed(oldest, np.array([case.stock_day]))[0] >= months * TICKS)


def _point(case: Case, curve: Curve | None, months: int, members: I64) -> tuple[float, float, float] | None:
    """Survival and interval in percent; None without a curve, or when nobody could be followed that long."""
    if curve is None or not _reached(case, members, months):
        return None
    value, low, high = curve.at(months)
    return (100 * value, 100 * low, 100 * high) if curve.followed(months) or not value else None


def _value(case: Case, curve: Curve | None, months: int, members: I64) -> float | None:
    point = _point(case, curve, months, members)
    return point[0] if point else None


def _provisional(case: Case, months: int) -> bool:
    """Does the last year of the register, still incomplete, weigh on this age? It does for the youngest of the cohort.

    The youngest are born at the end of the period and reach the age ``months`` later.
    """
    youngest = np.array([to_day(case.during.end)])
    complete_until = case.stock_day - PROVISIONAL_DAYS
    return bool(complete_until < youngest[0] or elapsed(youngest, np.array([complete_until]))[0] < months * TICKS)


def _monthly(case: Case, net: Cohort, gross: Cohort) -> tuple[Row, ...]:
    found = []
    curve, other = _curve(*net), _curve(*gross)
    for months in range(MONTHS + 1):
        point = _point(case, curve, months, net[0])
        if curve is None or point is None:
            break
        value, low, high = point
        extra: dict[str, float | int | str | None] = {
            "month": months,
            "low": low,
            "high": high,
            "at_risk": curve.followed(months),
            "births": curve.births,
            "without_links": _value(case, other, months, gross[0]),
            "provisional": int(_provisional(case, months)),
        }
        found.append(Row(str(months), f"{months} mois", value, extra))
    return tuple(found)


def _part(cohort: Cohort, chosen: Mask) -> Cohort:
    return cohort[0][chosen], cohort[1][chosen], cohort[2][chosen]


def _group_extra(case: Case, net: Cohort, gross: Cohort) -> Extra:
    """Births, then survival with its interval at each horizon that was reached."""
    extra: dict[str, float | int | str | None] = {"births": len(net[0])}
    curve, other = _curve(*net), _curve(*gross)
    for months in HORIZONS:
        point = _point(case, curve, months, net[0]) or (None, None, None)
        for name, value in zip(("at", "low", "high"), point, strict=True):
            extra[f"{name}_{months}"] = value
        extra[f"without_links_{months}"] = _value(case, other, months, gross[0])
    return extra


def _by_year(case: Case, net: Cohort, gross: Cohort) -> tuple[Row, ...]:
    found = []
    for slot in years(case.during):
        inside = in_period(case.fabric.openings, slot.period)
        extra = _group_extra(case, _part(net, inside[net[0]]), _part(gross, inside[gross[0]]))
        found.append(Row(slot.key, slot.label, extra[f"at_{HEADLINE}"], extra))  # type: ignore[arg-type]
    return tuple(found)


def _by_line(case: Case, split: Lines, net: Cohort, gross: Cohort) -> tuple[Row, ...]:
    """One line per group of the first spell that saw a birth."""
    facts, spell = case.fabric.facts, case.fabric.openings.spell
    groups, others = (split.of(facts.take(spell[part[0]]), case.store) for part in (net, gross))
    extras: list[Extra] = [
        _group_extra(case, _part(net, groups == line), _part(gross, others == line)) for line in range(len(split))
    ]
    values: list[Number] = [extra[f"at_{HEADLINE}"] for extra in extras]  # type: ignore[misc]
    return rows(split, values, extras, shown=[bool(extra["births"]) for extra in extras])


def _left_out(net: I64, gross: I64) -> dict[str, int]:
    return {"reprises connues par un lien de succession": len(gross) - len(net)} if len(gross) > len(net) else {}
