"""Where a build happens: a scratch DuckDB, the folder of the version being made, and the files to read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from maillage.sources.inventory import Inventory, Table
from maillage.sources.relation import Relation, explain, open_relation
from maillage.store.reasons import Tally

# Half of what a small server has: DuckDB spills to disk beyond it.
MEMORY_LIMIT = "4GB"

# Errors of our own SQL, which no file can cause.
OUR_FAULT = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException)

Columns = Mapping[str, NDArray[Any]]


@dataclass
class Workshop:
    """One build under way. `scratch` is deleted when it ends."""

    inventory: Inventory
    folder: Path
    scratch: Path
    connection: duckdb.DuckDBPyConnection
    say: Callable[[str], None]
    tallies: dict[str, Tally] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)

    def table(self, name: str) -> Table | None:
        """The recognised file of a dataset, if there is one."""
        return self.inventory.tables.get(name)

    def relation(self, name: str) -> Relation:
        """How to read a dataset that is there; a zip is unpacked once."""
        if name not in self.relations:
            self.relations[name] = open_relation(self.connection, self.inventory.tables[name], self.scratch)
        return self.relations[name]

    def tally(self, name: str) -> Tally:
        """The count of rows of a dataset that is there."""
        return self.tallies.setdefault(name, Tally(self.inventory.tables[name]))

    def run(self, sql: str, reading: str = "") -> None:
        """Run a statement; an error while `reading` a dataset becomes a French refusal of its file."""
        with self._explained(reading):
            self.connection.execute(sql)

    def rows(self, sql: str, reading: str = "") -> list[tuple[Any, ...]]:
        """All rows of a small answer."""
        with self._explained(reading):
            return self.connection.execute(sql).fetchall()

    def number(self, sql: str, reading: str = "") -> int:
        """The only number of an answer."""
        return int(self.rows(sql, reading)[0][0])

    def arrays(self, sql: str, reading: str = "") -> dict[str, NDArray[Any]]:
        """Columns of a large answer, none of which may hold NULL."""
        with self._explained(reading):
            return {name: np.asarray(values) for name, values in self.connection.execute(sql).fetchnumpy().items()}

    def load(self, name: str, columns: Columns) -> None:
        """Make a table of numpy arrays of numbers."""
        self.connection.register("incoming", dict(columns))
        self.connection.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")  # noqa: S608 (names are ours)
        self.connection.unregister("incoming")

    def load_rows(self, name: str, types: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Make a small table; `types` is the SQL list of its columns: « code VARCHAR, number INTEGER »."""
        self.connection.execute(f"CREATE TABLE {name} ({types})")
        kinds = [column.split()[1] for column in types.split(",")]
        slots = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
        columns = [[row[position] for row in rows] for position in range(len(kinds))]
        self.connection.execute(f"INSERT INTO {name} SELECT {slots}", columns)

    @contextmanager
    def _explained(self, reading: str) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            if reading and not is_disk_full(error) and not isinstance(error, OUR_FAULT):
                raise explain(error, self.inventory.tables[reading]) from error
            raise


@contextmanager
def open_workshop(inventory: Inventory, folder: Path, say: Callable[[str], None]) -> Iterator[Workshop]:
    """A workshop in `folder`, which must exist; closes its scratch database at the end."""
    scratch = folder / "scratch"
    scratch.mkdir()
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": str(scratch / "spill"),
        "preserve_insertion_order": "false",
    }
    with duckdb.connect(config=settings) as connection:
        yield Workshop(inventory, folder, scratch, connection, say)


def is_disk_full(error: BaseException) -> bool:
    """Does DuckDB say that the disk is full?"""
    text = str(error).lower()
    return "no space left" in text or "disk is full" in text or "could not write" in text
