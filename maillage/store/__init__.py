"""The store: immutable columnar facts built from official files.

`open_store(path)` reads one; `maillage.store.build.build(source, out)` makes one.
"""

from maillage.store.columns import (
    OPEN_END,
    UNKNOWN_BAND,
    UNKNOWN_START,
    Closing,
    Establishments,
    Firms,
    Links,
    Opening,
    Spells,
    Status,
    to_date,
    to_day,
)
from maillage.store.coverage import Coverage
from maillage.store.directory import EstablishmentRow
from maillage.store.manifest import Edition, Manifest, SourceFile
from maillage.store.past import Known, known
from maillage.store.store import Store, open_store

__all__ = [
    "OPEN_END",
    "UNKNOWN_BAND",
    "UNKNOWN_START",
    "Closing",
    "Coverage",
    "Edition",
    "EstablishmentRow",
    "Establishments",
    "Firms",
    "Known",
    "Links",
    "Manifest",
    "Opening",
    "SourceFile",
    "Spells",
    "Status",
    "Store",
    "known",
    "open_store",
    "to_date",
    "to_day",
]
