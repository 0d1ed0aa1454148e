"""Sirene files as DuckDB tables: one SQL expression per column, whatever the container and the types.

INSEE's Parquet files carry dates as dates or as text according to the month; CSV files carry text alone.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from maillage.errors import BadSource
from maillage.sources.archive import open_archive, open_member
from maillage.sources.container import Container
from maillage.sources.inventory import Table
from maillage.sources.text import not_utf8

DAY_ZERO = "DATE '1970-01-01'"
NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DOUBLE", "FLOAT", "DECIMAL")


@dataclass(frozen=True)
class Relation:
    """A table expression for FROM, and the type of each column it has."""

    sql: str
    types: dict[str, str]

    def text(self, column: str) -> str:
        """SQL of a column as text; empty text and absent columns are NULL."""
        if column not in self.types:
            return "NULL::VARCHAR"
        if self.types[column] == "VARCHAR":
            return f"nullif({_quoted(column)}, '')"
        return f"CAST({_quoted(column)} AS VARCHAR)"

    def digits(self, column: str, width: int) -> str:
        """SQL of an identifier as text, its leading zeros put back where the file holds a number."""
        kind = self.types.get(column, "")
        if not kind.startswith(NUMBERS):
            return self.text(column)
        return f"lpad(CAST(CAST({_quoted(column)} AS BIGINT) AS VARCHAR), {width}, '0')"

    def day(self, column: str) -> str:
        """SQL of a date column as days since 1970-01-01 (BIGINT); NULL when empty or no date."""
        if column not in self.types:
            return "NULL::BIGINT"
        kind = self.types[column]
        value = _quoted(column) if kind == "DATE" else f"TRY_CAST({_quoted(column)} AS DATE)"
        return f"({value} - {DAY_ZERO})"

    def is_no_date(self, column: str) -> str:
        """SQL condition: something is written, and it is no date."""
        if self.types.get(column) != "VARCHAR":
            return "false"
        return f"({self.text(column)} IS NOT NULL AND TRY_CAST({_quoted(column)} AS DATE) IS NULL)"


def open_relation(connection: duckdb.DuckDBPyConnection, table: Table, work: Path) -> Relation:
    """How to read a recognised file; a zipped CSV is first unpacked into `work`. Raises BadSource."""
    sql = _expression(table, work)
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {sql}").fetchall()  # noqa: S608 (built below)
    except duckdb.Error as error:
        raise explain(error, table) from error
    return Relation(sql, {row[0]: row[1] for row in described})


def _expression(table: Table, work: Path) -> str:
    sniffed = table.sniffed
    if sniffed.container is Container.PARQUET:
        return f"read_parquet({_literal(sniffed.path)})"
    path = _unpacked(table, work) if sniffed.container is Container.ZIP else sniffed.path
    types = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in sniffed.columns)
    compression = "gzip" if sniffed.container is Container.GZIP else "none"
    return (
        f"read_csv({_literal(path)}, auto_detect=false, header=true, delim=',', quote='\"', escape='\"', "
        f"compression='{compression}', columns={{{types}}})"
    )


def _unpacked(table: Table, work: Path) -> Path:
    target = work / f"{table.dataset.name}.csv"
    if not target.exists():
        with (
            open_archive(table.path) as archive,
            open_member(table.path, archive, table.sniffed.member) as packed,
            target.open("wb") as file,
        ):
            shutil.copyfileobj(packed, file, 1 << 20)
    return target


def explain(error: duckdb.Error, table: Table) -> BadSource:
    """The French refusal behind a DuckDB error on a source file."""
    text, name = str(error), table.path.name
    if "unicode" in text or "utf-8" in text.lower():
        return BadSource(not_utf8(name))
    line = re.search(r"Line: (\d+)", text)
    if line:
        return BadSource(
            f"Le fichier « {name} » est mal formé à la ligne {line.group(1)} : nombre de colonnes ou guillemets. "
            "Téléchargez-le de nouveau."
        )
    reason = " ".join(text.split())[:200]
    return BadSource(f"Le fichier « {name} » est illisible, tronqué ou abîmé. Téléchargez-le de nouveau. ({reason})")


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _literal(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
