"""Who is behind the numbers: names and addresses, read from `directory.duckdb` by establishment number."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Self

import duckdb

from maillage.reference.bands import BANDS
from maillage.reference.places.words import fold
from maillage.store.columns import UNKNOWN_BAND, Establishments, Status, to_date
from maillage.store.damage import told
from maillage.store.manifest import Manifest
from maillage.territory import commune_name

DIRECTORY_NAME = "directory.duckdb"
QUERY = """
    SELECT id, name, sign, address, postcode, trade, naf, nafa FROM establishment
    WHERE id IN (SELECT unnest(?::UINTEGER[]))
"""
# Folded as `words.fold` folds what is typed; what starts as typed comes first, then short names.
NAMED = """
    WITH folded AS (
        SELECT id, ' ' || regexp_replace(regexp_replace(regexp_replace(
                   replace(strip_accents(lower(concat_ws(' ', name, sign))), 'œ', 'oe'),
                   '[^a-z0-9]+', ' ', 'g'), '\\bst\\b', 'saint', 'g'), '\\bste\\b', 'sainte', 'g') AS text
        FROM establishment WHERE {within}
    )
    SELECT id FROM folded WHERE {words}
    ORDER BY NOT starts_with(text, ' ' || ?), length(text), id LIMIT ?
"""


@dataclass(frozen=True)
class EstablishmentRow:
    """One establishment as a list shows it. `name`, `sign`, `address`, `postcode` are None when they must be hidden."""

    establishment: int
    siret: str
    siren: str
    name: str | None
    sign: str | None
    address: str | None
    postcode: str | None
    commune: str
    commune_name: str
    trade: str  # trade code of its latest spell
    naf: str | None
    nafa: str | None
    created: date | None
    band: str | None  # Sirene code of the establishment's headcount band: NN, 00, 01…
    status: Status

    def masked(self) -> Self:
        """The same, without what a partially diffusible establishment hides."""
        return replace(self, name=None, sign=None, address=None, postcode=None, status=Status.PARTIAL)


class Directory:
    """Read-only door to `directory.duckdb`; opened at first use, safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / DIRECTORY_NAME
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._lock = Lock()

    def rows(self, numbers: Iterable[int]) -> dict[int, tuple[str | None, ...]]:
        """Texts of each establishment number. Raises DamagedStore when one is absent."""
        wanted = [int(number) for number in numbers]
        with told(self._path):
            found = {row[0]: row[1:] for row in self._cursor().execute(QUERY, [wanted]).fetchall()}
            return {number: found[number] for number in wanted}

    def named(self, text: str, ranges: Iterable[tuple[int, int]], limit: int) -> list[int]:
        """Numbers, within half-open ranges of numbers, whose name or sign has a word that starts as each word typed."""
        spans = [bound for span in ranges for bound in span]
        words = fold(text).split()
        if not words or not spans:
            return []
        within = " OR ".join(["id >= ? AND id < ?"] * (len(spans) // 2))
        contains = " AND ".join(["contains(text, ' ' || ?)"] * len(words))
        query = NAMED.format(within=within, words=contains)
        found = self._cursor().execute(query, [*spans, *words, " ".join(words), limit]).fetchall()
        return [int(row[0]) for row in found]

    def count(self) -> int:
        """How many establishments it holds."""
        with told(self._path):
            found = self._cursor().execute("SELECT count(*) FROM establishment").fetchall()
            return int(found[0][0])

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            if self._connection is None:
                self._connection = duckdb.connect(str(self._path), read_only=True)
            return self._connection.cursor()

    def close(self) -> None:
        """Release the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def describe(
    numbers: Iterable[int], directory: Directory, facts: Establishments, manifest: Manifest, *, public: bool
) -> list[EstablishmentRow]:
    """Rows in the order asked. With `public`, a partially diffusible establishment has no name nor address."""
    wanted = [int(number) for number in numbers]
    texts = directory.rows(wanted)
    return [_row(number, texts[number], facts, manifest, public=public) for number in wanted]


def _row(
    number: int, texts: tuple[str | None, ...], facts: Establishments, manifest: Manifest, *, public: bool
) -> EstablishmentRow:
    name, sign, address, postcode, trade, naf, nafa = texts
    status = Status(int(facts.status[number]))
    if public and status is not Status.DIFFUSIBLE:
        name = sign = address = postcode = None
    siren = f"{facts.siren[number]:09d}"
    commune = manifest.communes[facts.commune[number]]
    band = int(facts.band[number])
    return EstablishmentRow(
        establishment=number,
        siret=f"{siren}{facts.nic[number]:05d}",
        siren=siren,
        name=name,
        sign=sign,
        address=address,
        postcode=postcode,
        commune=commune,
        commune_name=commune_name(commune),
        trade=trade or "",
        naf=naf,
        nafa=nafa,
        created=to_date(int(facts.created[number])),
        band=None if band == UNKNOWN_BAND else BANDS[band].code,
        status=status,
    )
