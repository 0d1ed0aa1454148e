"""The shape of the fabric: specialisation of a territory, trades present, absent or last."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from maillage.columnar.facts import I64
from maillage.columnar.selection import From, fabric
from maillage.columnar.tallies import tally
from maillage.indicators.answer import Row
from maillage.indicators.card import Grouping
from maillage.indicators.case import Case
from maillage.indicators.grouping import Lines, commune_lines, sector_lines, trade_lines
from maillage.indicators.result import Extra, Result, per, rows
from maillage.reference.trades import Trade, trades
from maillage.scope import ActivityScope, SizeScope
from maillage.store import Store
from maillage.territory import alphabetical, parse

FRANCE = "france"


def specialisation(case: Case) -> Result:
    """Share of each trade (or sector) here ÷ its share in France, or in all the communes of the store."""
    split = sector_lines(case.store) if case.by is Grouping.SECTOR else trade_lines(case.store)
    active = case.active()
    here = tally(split.of(active, case.store), len(split))
    scope = case.activity, case.size, case.source
    there = _reference(case.store, case.day, *scope, by_sector=case.by is Grouping.SECTOR)
    values = [_quotient(*pair, int(here.sum()), int(there.sum())) for pair in zip(here, there, strict=True)]
    extras: list[Extra] = [
        {
            "count": int(count),
            "share": per(int(count), int(here.sum()), 100),
            "reference_share": per(int(base), int(there.sum()), 100),
        }
        for count, base in zip(here, there, strict=True)
    ]
    named = (
        "la France" if _has_france(case.store) else "toutes les communes de cet entrepôt (il ne couvre pas la France)"
    )
    return Result(rows(split, values, extras), None, notes=(f"Territoire de référence : {named}.",))


def _quotient(count: int, base: int, here: int, there: int) -> float | None:
    return (count / here) / (base / there) if here and base else None


@lru_cache(maxsize=8)
def _has_france(store: Store) -> bool:
    return store.covers(parse(FRANCE)).complete


@lru_cache(maxsize=64)
def _reference(
    store: Store, day: int, activity: ActivityScope, size: SizeScope | None, source: From, *, by_sector: bool
) -> I64:
    """Active establishments by trade (or sector) of the whole store, all trades whatever the question's filter."""
    split = sector_lines(store) if by_sector else trade_lines(store)
    facts = fabric(store, frozenset(store.manifest.communes), activity, size, source).facts
    active = facts.take(facts.active(day))
    return tally(split.of(active, store), len(split))


def presence(case: Case) -> Result:
    """By trade: communes where it is present, last or absent; by commune: trades present, or one trade's state."""
    by_commune, by_trade = commune_lines(case.store, case.question.where), trade_lines(case.store)
    grid = _grid(case, by_commune, by_trade)
    wanted = [trade for trade in trades() if _asked(case, trade)]
    if case.by is not Grouping.COMMUNE:
        read = np.array([code not in case.unread for code in by_commune.keys], dtype=bool)
        return _presence_by_trade(grid[read], by_trade, wanted)
    if case.question.trade:
        return _one_trade_by_commune(grid, by_commune, by_trade, case.question.trade)
    return _presence_by_commune(grid, by_commune, by_trade, wanted)


def _asked(case: Case, trade: Trade) -> bool:
    question = case.question
    return (question.trade is None or trade.code == question.trade) and question.sector in (None, trade.sector)


def _grid(case: Case, by_commune: Lines, by_trade: Lines) -> I64:
    """Active establishments, shape (communes, trades)."""
    active = case.active()
    width = len(by_trade)
    groups = by_commune.of(active, case.store) * width + by_trade.of(active, case.store)
    return np.bincount(groups, minlength=len(by_commune) * width).reshape(-1, width)


def _state(count: int) -> str:
    return "absent" if count == 0 else "last" if count == 1 else "present"


def _column(grid: I64, by_trade: Lines, code: str) -> I64:
    """Establishments of a trade by commune; zeros when the store never saw the trade."""
    return grid[:, by_trade.keys.index(code)] if code in by_trade.keys else np.zeros(len(grid), dtype=np.int64)


def _presence_by_trade(grid: I64, by_trade: Lines, wanted: list[Trade]) -> Result:
    made = []
    for trade in wanted:
        column = _column(grid, by_trade, trade.code)
        extra: dict[str, float | int | str | None] = {
            "count": int(column.sum()),
            "state": _state(int(column.sum())),
            "communes_last": int((column == 1).sum()),
            "communes_absent": int((column == 0).sum()),
            "everyday": int(trade.everyday),
        }
        made.append(Row(trade.code, trade.label, int((column > 0).sum()), extra))
    made.sort(key=lambda row: (-int(row.value or 0), -int(row.extra["count"] or 0), alphabetical(row.label)))
    return Result(tuple(made), None)


def _one_trade_by_commune(grid: I64, by_commune: Lines, by_trade: Lines, code: str) -> Result:
    column = _column(grid, by_trade, code).tolist()
    extras: list[Extra] = [{"count": count, "state": _state(count)} for count in column]
    return Result(rows(by_commune, column, extras), sum(column), unit="établissements")


def _presence_by_commune(grid: I64, by_commune: Lines, by_trade: Lines, wanted: list[Trade]) -> Result:
    codes = {trade.code for trade in wanted}
    everyday = {trade.code for trade in wanted if trade.everyday}
    columns = np.array([code in codes for code in by_trade.keys], dtype=bool)
    daily = np.array([code in everyday for code in by_trade.keys], dtype=bool)
    values = (grid[:, columns] > 0).sum(axis=1).tolist()
    last = (grid[:, columns] == 1).sum(axis=1).tolist()
    present = (grid[:, daily] > 0).sum(axis=1).tolist()
    extras: list[Extra] = [
        {"last": alone, "everyday": near, "everyday_total": len(everyday)}
        for alone, near in zip(last, present, strict=True)
    ]
    total = int((grid[:, columns].sum(axis=0) > 0).sum())
    return Result(rows(by_commune, values, extras), total, unit="métiers")
