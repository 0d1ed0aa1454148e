"""Employees of craft establishments: a protected measure, published in fixed frames only."""

from __future__ import annotations

from maillage.errors import BadQuestion
from maillage.indicators.answer import Row
from maillage.indicators.calendar import french_date
from maillage.indicators.card import Grouping
from maillage.indicators.case import Case
from maillage.indicators.frames import ALL, SECTORS, Frame, Key, home_of, local_frame, wide_frame
from maillage.indicators.past import band_year
from maillage.indicators.result import Result
from maillage.reference.trades import Sector, trade
from maillage.scope import EMPLOYEES
from maillage.territory import Level, Territory, alphabetical, commune_name, members

HIDDEN = (
    "Secret statistique : les cases masquées comptent moins de 3 entreprises, sont dominées par l’une d’elles (85 % ou "
    "plus), ou les révéleraient par soustraction."
)


def employees(case: Case) -> Result:
    """Low and high bounds; the value is their middle. Only cells of the fixed frames, hidden ones included."""
    _check(case)
    where, activity = case.question.where, case.question.sector or case.question.trade or ALL
    if case.by is Grouping.COMMUNE:
        keys: list[Key] = [(code, activity) for code in members(where)]
    elif case.by is Grouping.SECTOR:
        keys = [(_place(where), name) for name in SECTORS]
    elif case.by is Grouping.TRADE:
        keys = [(_place(where), code) for code in case.store.manifest.trades]
    else:
        keys = [(_place(where), activity)]
    cells = [_cell(case, key) for key in keys]
    total = _cell(case, (_place(where), activity))
    rows = [row for row in cells if row.extra["establishments"] or case.by in (None, Grouping.COMMUNE, Grouping.SECTOR)]
    if case.by is not None:
        rows.sort(key=lambda row: (row.value is None, -(row.value or 0), alphabetical(row.label)))
    secret = any(row.extra.get("secret") for row in (*rows, total))
    said = (*((HIDDEN,) if secret else ()), *_dated(case))
    return Result(tuple(rows), total.value, notes=said)


def _dated(case: Case) -> list[str]:
    """Of which day the figure is, when it is not the one asked for, and where its bands come from."""
    asked, year = case.question.on, band_year(case.store, case.source.bands)
    day = french_date(case.on)
    said = [f"Effectifs du 31 décembre {year}, gardés de l’édition du {day}."] if case.source.bands is not None else []
    if asked is not None and asked != case.on and asked < case.store.manifest.stock_date:
        said.append(f"Une seule date par année d’effectifs\u00a0: le chiffre est au {day}.")
    return said


def _check(case: Case) -> None:
    where, question = case.question.where, case.question
    if question.scope != EMPLOYEES:
        raise BadQuestion(
            f"Secret statistique\u00a0: les salariés ne sont publiés que dans un périmètre ({EMPLOYEES.label})\u202f; "
            "deux périmètres emboîtés se retrancheraient l’un de l’autre."
        )
    wide = where.level in (Level.DEPARTEMENT, Level.REGION, Level.FRANCE)
    if wide and (case.by is not None or question.sector):
        raise BadQuestion(
            "Secret statistique\u00a0: au-dessus de l’intercommunalité, seul le total des salariés est publié."
        )
    by_trade = case.by is Grouping.TRADE or question.trade is not None
    if by_trade and (where.level is not Level.EPCI or case.by is Grouping.COMMUNE):
        raise BadQuestion(
            "Secret statistique : les salariés par métier ne sont publiés que pour une intercommunalité entière. "
            "Choisir la répartition par secteur."
        )


def _place(where: Territory) -> str:
    return where.code if where.level is Level.COMMUNE else where.key


def _cell(case: Case, key: Key) -> Row:
    """The row of one cell; a list is the union of its communes, published when all of them are."""
    place, activity = key
    where = case.question.where
    if place == where.key and where.level is Level.LISTE:
        return _union([_cell(case, (code, activity)) for code in members(where)], key)
    frame = _frame(case, place)
    if key not in frame.index:  # a commune outside any EPCI is its own frame, under its territory key
        key = (f"commune:{place}", activity)
    return _row(frame, frame.index[key], place, activity, case)


def _frame(case: Case, place: str) -> Frame:
    where = case.question.where
    if place == where.key and where.level in (Level.DEPARTEMENT, Level.REGION, Level.FRANCE):
        return wide_frame(case.store, where, case.source.bands)
    home = where if place == where.key else home_of(place)
    return local_frame(case.store, home, case.source.bands)


def _row(frame: Frame, cell: int, place: str, activity: str, case: Case) -> Row:
    key, label = _named(place, activity, case)
    count, known = int(frame.count[cell]), int(frame.known[cell])
    if frame.hidden[cell]:
        return Row(key, label, None, {"secret": 1, "establishments": count})
    low, high = int(frame.low[cell]), int(frame.high[cell])
    extra = {"low": low, "high": high, "known": known, "establishments": count}
    if count and not known:
        return Row(key, label, None, {"known": 0, "establishments": count})
    return Row(key, label, (low + high) / 2, extra)


def _named(place: str, activity: str, case: Case) -> tuple[str, str]:
    if case.by is Grouping.COMMUNE:
        return (place, commune_name(place)) if place != case.question.where.key else ("", case.card.label)
    if case.by is Grouping.SECTOR and activity:
        return activity, Sector(activity).label
    if case.by is Grouping.TRADE and activity:
        return activity, trade(activity).label
    return "", case.card.label


def _union(cells: list[Row], key: Key) -> Row:
    count = sum(int(row.extra["establishments"] or 0) for row in cells)
    label = Sector(key[1]).label if key[1] in SECTORS else cells[0].label
    if any(row.extra.get("secret") for row in cells):
        return Row(key[1], label, None, {"secret": 1, "establishments": count})
    low, high, known = (sum(int(row.extra.get(name) or 0) for row in cells) for name in ("low", "high", "known"))
    extra = {"low": low, "high": high, "known": known, "establishments": count}
    return Row(key[1], label, (low + high) / 2 if known else None, extra)
