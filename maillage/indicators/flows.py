"""Figures over a period: creations, closures, balance, rates; with and without succession links."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillage.columnar.events import Edges
from maillage.columnar.facts import I64, Mask
from maillage.columnar.tallies import distinct, tally
from maillage.indicators.answer import Row
from maillage.indicators.calendar import Slot, slots
from maillage.indicators.case import SERIES, Case
from maillage.indicators.grouping import Lines, lines
from maillage.indicators.question import Period
from maillage.indicators.result import Extra, Result, per, rows
from maillage.indicators.stocks import firms_by_line
from maillage.store import UNKNOWN_START, to_day
from maillage.territory import alphabetical

PROVISIONAL_DAYS = 365
TRANSFERS = "transmissions connues par un lien de succession"
OTHER_ACTIVITY = "changements d’activité"
UNKNOWN_STARTS = "entreprises de début inconnu"


@dataclass(frozen=True, eq=False)
class Flow:
    """The events that a question counts; ``all`` ignores succession links, ``net`` follows the question."""

    edges: Edges
    net: Mask
    all: Mask
    other: Mask


def flow(case: Case, edges: Edges) -> Flow:
    """Creations (from openings) or closures (from closings) of the trade or sector asked for, whatever the day."""
    inside = case.kept_trades[case.fabric.facts.trade[edges.spell]]
    real = edges.real & inside
    net = real & ~edges.transferred if case.question.links else real
    return Flow(edges, net, real, edges.other & inside)


def creations(case: Case) -> Result:
    """Births of firms in the territory."""
    return _counted(case, births(case), late=False)


def closures(case: Case) -> Result:
    """Deaths of firms in the territory."""
    return _counted(case, deaths(case), late=True)


def births(case: Case) -> Flow:
    """The births of the question, of all days."""
    return flow(case, case.fabric.openings)


def deaths(case: Case) -> Flow:
    """The deaths of the question, of all days."""
    return flow(case, case.fabric.closings)


def in_period(edges: Edges, period: Period) -> Mask:
    """Edges of a period."""
    return edges.within(to_day(period.start), to_day(period.end))


def _counted(case: Case, found: Flow, *, late: bool) -> Result:
    inside = in_period(found.edges, case.during)
    total = int((found.net & inside).sum())
    firms = distinct(case.fabric.facts.firm[found.edges.spell[found.net & inside]])
    left_out = _left_out(case, found, inside, late=late)
    if case.by in SERIES:
        made = [_slot_row(case, slot, _by_slot(found, slot), late=late) for slot in slots(case.by, case.during)]
        return Result(tuple(made), total, left_out=left_out, firms=firms)
    split = lines(case)
    net, gross = (_by_line(case, found, mask & inside, split).tolist() for mask in (found.net, found.all))
    extras: list[Extra] = [{"without_links": count} for count in gross]
    shown = rows(split, net, extras, shown=[count > 0 for count in gross])
    return Result(shown, total, left_out=left_out, firms=firms)


def _left_out(case: Case, found: Flow, inside: Mask, *, late: bool) -> dict[str, int]:
    counts = {
        TRANSFERS: int((found.all & ~found.net & inside).sum()),
        OTHER_ACTIVITY: int((found.other & inside).sum()),
    }
    if not late:
        unknown = case.fabric.presences.start == UNKNOWN_START
        counts[UNKNOWN_STARTS] = int((unknown & case.kept_trades[case.fabric.facts.trade[found.edges.spell]]).sum())
    return {reason: count for reason, count in counts.items() if count}


def _by_line(case: Case, found: Flow, chosen: Mask, split: Lines) -> I64:
    """Events of each line: that of the first spell for a birth, of the last for a death."""
    facts = case.fabric.facts.take(found.edges.spell[chosen])
    return tally(split.of(facts, case.store), len(split))


def _by_slot(found: Flow, slot: Slot) -> tuple[int, int]:
    inside = in_period(found.edges, slot.period)
    return int((found.net & inside).sum()), int((found.all & inside).sum())


def _slot_row(case: Case, slot: Slot, counts: tuple[int, int], *, late: bool) -> Row:
    extra: dict[str, float | int | str | None] = {"without_links": counts[1]} | _flags(case, slot, late=late)
    return Row(slot.key, slot.label, counts[0], extra)


def _flags(case: Case, slot: Slot, *, late: bool) -> dict[str, float | int | str | None]:
    flags: dict[str, float | int | str | None] = {}
    if slot.partial:
        flags["partial"] = 1
    if late and to_day(slot.period.end) > case.stock_day - PROVISIONAL_DAYS:
        flags["provisional"] = 1
    return flags


def balance(case: Case) -> Result:
    """Creations minus closures."""
    opened, closed = _counted(case, births(case), late=False), _counted(case, deaths(case), late=True)
    ends = {row.key: row for row in closed.rows}
    starts = {row.key: row for row in opened.rows}
    both = [
        _difference(starts.get(key), ends.get(key)) for key in dict.fromkeys([*starts, *ends])
    ]  # lines that count nothing are absent from one side or both
    split = None if case.by in SERIES else lines(case)
    if split is not None and split.ranked:
        both.sort(key=lambda row: (-(row.value or 0), alphabetical(row.label)))
    elif split is not None:
        both.sort(key=lambda row: split.keys.index(row.key))
    left_out = {f"{reason} (ouvertures)": count for reason, count in opened.left_out.items()}
    left_out |= {f"{reason} (fermetures)": count for reason, count in closed.left_out.items()}
    firms = None
    if opened.firms is not None and closed.firms is not None:
        firms = distinct(np.concatenate([opened.firms, closed.firms]))
    return Result(tuple(both), int(opened.total or 0) - int(closed.total or 0), left_out=left_out, firms=firms)


def _difference(opened: Row | None, closed: Row | None) -> Row:
    """At least one side is there."""
    net = [int(row.value or 0) if row else 0 for row in (opened, closed)]
    gross = [int(row.extra["without_links"] or 0) if row else 0 for row in (opened, closed)]
    extra = {**(opened.extra if opened else {}), **(closed.extra if closed else {})}
    extra |= {"creations": net[0], "closures": net[1], "without_links": gross[0] - gross[1]}
    shown = opened or closed
    key, label = (shown.key, shown.label) if shown else ("", "")
    return Row(key, label, net[0] - net[1], extra)


def creation_rate(case: Case) -> Result:
    """Creations for 100 firms present at the start."""
    return _rated(case, births(case), late=False)


def closure_rate(case: Case) -> Result:
    """Closures for 100 firms present at the start."""
    return _rated(case, deaths(case), late=True)


def _rated(case: Case, found: Flow, *, late: bool) -> Result:
    counted = _counted(case, found, late=late)
    start = to_day(case.during.start)
    if case.by in SERIES:
        made = [_slot_rate(case, slot, _by_slot(found, slot), late=late) for slot in slots(case.by, case.during)]
        return Result(tuple(made), None, left_out=counted.left_out, firms=counted.firms)
    split = lines(case)
    present = case.active(start)
    inside = in_period(found.edges, case.during)
    net, gross = (_by_line(case, found, mask & inside, split).tolist() for mask in (found.net, found.all))
    before = firms_by_line(case, present, split).tolist()
    values = [per(count, base, 100) for count, base in zip(net, before, strict=True)]
    extras = [_rate_extra(*counts) for counts in zip(net, gross, before, strict=True)]
    total = per(counted.total or 0, len(distinct(present.firm)), 100)
    shown = rows(split, values, extras, shown=[base + count > 0 for base, count in zip(before, gross, strict=True)])
    return Result(shown, total, left_out=counted.left_out, firms=counted.firms)


def _rate_extra(net: int, gross: int, base: int) -> dict[str, float | int | str | None]:
    return {"numerator": net, "denominator": base, "without_links": per(gross, base, 100)}


def _slot_rate(case: Case, slot: Slot, counts: tuple[int, int], *, late: bool) -> Row:
    base = len(case.active_firms(to_day(slot.period.start)))
    extra = _rate_extra(counts[0], counts[1], base) | _flags(case, slot, late=late)
    return Row(slot.key, slot.label, per(counts[0], base, 100), extra)
