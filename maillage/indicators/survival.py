"""Survival of the firms born during a period, with and without succession links."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

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


@dataclass(frozen=True, eq=False)
class Cohort:
    """Firms born in the period: their presence, duration on the clock, whether they died, day of birth."""

    members: I64
    time: I64
    died: Mask
    born: I64
    stock_day: int

    def part(self, chosen: Mask) -> Cohort:
        """The firms of a mask."""
        return Cohort(self.members[chosen], self.time[chosen], self.died[chosen], self.born[chosen], self.stock_day)

    @cached_property
    def curve(self) -> Curve | None:
        """The survival curve; None under ten births."""
        return kaplan_meier(self.time, self.died) if len(self.members) >= FEWEST else None

    @cached_property
    def followed(self) -> int:
        """Clock time from the oldest birth to the date of the store."""
        return int(elapsed(self.born.min(keepdims=True), np.array([self.stock_day]))[0])

    def point(self, months: int) -> tuple[float, float, float] | None:
        """Survival and interval in percent; None without a curve, or when nobody could be followed that long."""
        if self.curve is None or self.followed < months * TICKS:
            return None
        value, low, high = self.curve.at(months)
        return (100 * value, 100 * low, 100 * high) if self.curve.followed(months) or not value else None

    def value(self, months: int) -> float | None:
        """Survival in percent."""
        point = self.point(months)
        return point[0] if point else None


def survival(case: Case) -> Result:
    """Monthly curve of the cohort; with a split, one line per group with its value at 36 months."""
    net, gross = _cohorts(case)
    facts = case.fabric.facts
    taken_over = len(gross.members) - len(net.members)
    left_out = {"reprises connues par un lien de succession": taken_over} if taken_over else {}
    notes = () if net.curve else (f"Moins de {FEWEST} créations : pas de courbe de survie.",)
    firms = distinct(facts.firm[case.fabric.openings.spell[net.members]])
    if case.by is None:
        made = _monthly(case, net, gross)
    elif case.by is Grouping.YEAR:
        made = _by_year(case, net, gross)
    else:
        made = _by_line(case, lines(case), net, gross)
    return Result(made, net.value(HEADLINE), left_out=left_out, notes=notes, firms=firms)


def _cohorts(case: Case) -> tuple[Cohort, Cohort]:
    """The cohort of the question, then the one that ignores links.

    With links a taken-over firm is not born, and a handed-on firm is followed until that day, like a firm that changes
    activity or is still there at the store's date.
    """
    fabric = case.fabric
    opened, closed = fabric.openings, fabric.closings
    born = opened.real & case.kept_trades[fabric.facts.trade[opened.spell]] & in_period(opened, case.during)
    members = np.flatnonzero(born)
    over = np.minimum(closed.day[members], case.stock_day)
    died = closed.real[members] & (closed.day[members] <= case.stock_day)
    gross = Cohort(members, elapsed(opened.day[members], over), died, opened.day[members], case.stock_day)
    if not case.question.links:
        return gross, gross
    net = gross.part(~opened.transferred[members])
    return replace(net, died=net.died & ~closed.transferred[net.members]), gross


def _complete_until(case: Case) -> int:
    """Clock time that the youngest firms reached before the last, still incomplete, year of the register; -1 for none.

    The youngest are born at the end of the period; ages above are provisional.
    """
    youngest, complete = to_day(case.during.end), case.stock_day - PROVISIONAL_DAYS
    return int(elapsed(np.array([youngest]), np.array([complete]))[0]) if youngest <= complete else -1


def _monthly(case: Case, net: Cohort, gross: Cohort) -> tuple[Row, ...]:
    found: list[Row] = []
    complete = _complete_until(case)
    for months in range(MONTHS + 1):
        point = net.point(months)
        if net.curve is None or point is None:
            break
        extra: dict[str, float | int | str | None] = {
            "month": months,
            "low": point[1],
            "high": point[2],
            "at_risk": net.curve.followed(months),
            "births": net.curve.births,
            "without_links": gross.value(months),
            "provisional": int(complete < months * TICKS),
        }
        found.append(Row(str(months), f"{months} mois", point[0], extra))
    return tuple(found)


def _group_extra(net: Cohort, gross: Cohort) -> Extra:
    """Births, then survival with its interval at each horizon that was reached."""
    extra: dict[str, float | int | str | None] = {"births": len(net.members)}
    for months in HORIZONS:
        for name, value in zip(("at", "low", "high"), net.point(months) or (None, None, None), strict=True):
            extra[f"{name}_{months}"] = value
        extra[f"without_links_{months}"] = gross.value(months)
    return extra


def _by_year(case: Case, net: Cohort, gross: Cohort) -> tuple[Row, ...]:
    found = []
    for slot in years(case.during):
        inside = in_period(case.fabric.openings, slot.period)
        own = net.part(inside[net.members])
        extra = _group_extra(own, gross.part(inside[gross.members]))
        found.append(Row(slot.key, slot.label, own.value(HEADLINE), extra))
    return tuple(found)


def _by_line(case: Case, split: Lines, net: Cohort, gross: Cohort) -> tuple[Row, ...]:
    """One line per group of the first spell that saw a birth."""
    facts, spell = case.fabric.facts, case.fabric.openings.spell
    groups, others = (split.of(facts.take(spell[side.members]), case.store) for side in (net, gross))
    values: list[Number] = []
    extras: list[Extra] = []
    for line in range(len(split)):
        own = net.part(groups == line)
        values.append(own.value(HEADLINE))
        extras.append(_group_extra(own, gross.part(others == line)))
    return rows(split, values, extras, shown=[bool(extra["births"]) for extra in extras])
