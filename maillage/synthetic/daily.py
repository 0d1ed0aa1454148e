"""Writes what the official API would answer when asked for the changes of a few days: `/siret`, with all periods."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from maillage.synthetic import expressions, years
from maillage.synthetic.layouts import ETABLISSEMENT, HISTORIQUE, UNITE_LEGALE, projection
from maillage.synthetic.population import Population
from maillage.synthetic.snapshot import Columns, snapshot

Row = dict[str, Any]
_OF_THE_PERIOD = frozenset(HISTORIQUE) - {"siren", "nic", "siret"}


def write_daily(population: Population, path: Path, since: date, on: date) -> Path:
    """Write the establishments treated from `since` to the day before `on`, as the register knows them then.

    `etabli.json` beside it says that they are fictitious. Existing files are replaced. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    known = snapshot(population, on)
    treated = known.shops["treated"].astype(np.int64)
    shops = _take(known.shops, np.flatnonzero(treated >= years.day(since.year, since.month, since.day)))
    firms = _take(known.firms, np.flatnonzero(np.isin(known.firms["siren"], shops["siren"])))
    periods = _take(known.periods, np.flatnonzero(np.isin(_siret(known.periods), _siret(shops))))
    with duckdb.connect(config={"preserve_insertion_order": "true"}) as connection:
        connection.execute(expressions.macros(population.places))
        rows = _rows(connection, shops, ETABLISSEMENT, expressions.etablissement(on))
        units = {one["siren"]: one for one in _rows(connection, firms, UNITE_LEGALE, expressions.unite_legale(on))}
        lives: dict[str, list[Row]] = {}
        for period in _rows(connection, periods, HISTORIQUE, expressions.historique()):
            lives.setdefault(period["siret"], []).append(period)
    found = [_establishment(row, units[row["siren"]], lives[row["siret"]]) for row in rows]
    header = {"statut": 200, "message": "OK", "total": len(found), "debut": 0, "nombre": len(found)}
    answer = json.dumps({"header": header, "etablissements": found}, ensure_ascii=False, separators=(",", ":"))
    path.write_text(answer, encoding="utf-8")
    (path.parent / "etabli.json").write_text(json.dumps({"fictitious": True}) + "\n", encoding="utf-8")
    return path


def _take(columns: Columns, which: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Columns:
    return {name: values[which] for name, values in columns.items()}


def _siret(columns: Columns) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return columns["siren"].astype(np.int64) * 100_000 + columns["nic"].astype(np.int64)


def _rows(
    connection: duckdb.DuckDBPyConnection, rows: Columns, columns: tuple[str, ...], values: Mapping[str, str]
) -> list[Row]:
    connection.register("snapshot_rows", rows)
    found = connection.view("snapshot_rows").project(projection(columns, values)).fetchall()
    connection.unregister("snapshot_rows")
    return [{name: _plain(name, cell) for name, cell in zip(columns, row, strict=True)} for row in found]


def _plain(name: str, cell: Any) -> Any:
    """Dates as the API writes them; years and legal forms are texts there, counts are not."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    is_text = isinstance(cell, int) and not isinstance(cell, bool) and not name.startswith("nombre")
    return str(cell) if is_text else cell


def _establishment(row: Row, unit: Row, periods: list[Row]) -> Row:
    """One establishment, nested as the API does it: the unit, the two addresses, the periods, latest first."""
    places = _addresses(row)
    second = {name for name in row if "2Etablissement" in name and name not in _OF_THE_PERIOD}
    plain = {name: cell for name, cell in row.items() if name not in _OF_THE_PERIOD | second | places.keys()}
    return plain | {
        "uniteLegale": {name: cell for name, cell in unit.items() if name.endswith("UniteLegale")},
        "adresseEtablissement": places,
        "adresse2Etablissement": {name: row[name] for name in sorted(second)},
        "periodesEtablissement": [_period(period) for period in sorted(periods, key=_begun, reverse=True)],
    }


def _addresses(row: Row) -> Row:
    """The columns between the number of the street and the last one of the place."""
    names = _between(row, "complementAdresseEtablissement", "libellePaysEtrangerEtablissement")
    return {name: row[name] for name in names}


def _between(names: Iterable[str], first: str, last: str) -> list[str]:
    ordered = list(names)
    return ordered[ordered.index(first) : ordered.index(last) + 1]


def _period(period: Row) -> Row:
    return {name: cell for name, cell in period.items() if name in _OF_THE_PERIOD}


def _begun(period: Row) -> str:
    return str(period["dateDebut"] or "")
