"""The part of a dimension that each act of a figure is in: what its bundle says, and for the rest the ledger."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from etabli.acts import lookups  # noqa: F401 - registers itself
from etabli.acts.columns import IN_DISTRICT, KIND_NUMBERS, Array, Columns, Rows, place_code
from etabli.acts.models import Act
from etabli.pacts.objectives import wording

Cut = tuple[Sequence[str], Array]
"""Codes of parts, and for each row the place of its own among them; a part may have no row."""
FIRST_DAY = date(1970, 1, 1).toordinal()  # of numpy


def cut(acts: Columns, rows: Rows, dimension: str) -> Cut:
    """The parts of some acts by one of `wording.DIMENSIONS`; the code of what is not known is empty."""
    return _CUTS[dimension](acts, rows)


def _months(acts: Columns, rows: Rows) -> Cut:
    months, places = np.unique((acts.day[rows] - FIRST_DAY).astype("M8[D]").astype("M8[M]"), return_inverse=True)
    return months.astype(str).tolist(), places


def _kinds(acts: Columns, rows: Rows) -> Cut:
    return list(KIND_NUMBERS), acts.kind[rows]


def _communes(acts: Columns, rows: Rows) -> Cut:
    numbers, places = np.unique(acts.commune[rows], return_inverse=True)
    return [place_code(number) for number in numbers.tolist()], places


def _epcis(acts: Columns, rows: Rows) -> Cut:
    communes, places = _communes(acts, rows)
    codes, of_communes = np.unique([wording.epci_code(code) for code in communes], return_inverse=True)
    return codes.tolist(), of_communes[places]


def _trades(acts: Columns, rows: Rows) -> Cut:
    """A bundle has a number for each trade: one act of each says its code."""
    _, firsts, places = np.unique(acts.records["trade"][rows], return_index=True, return_inverse=True)
    numbers = acts.act[rows][firsts].tolist()
    told = dict(Act.objects.filter(pk__among=numbers).values_list("pk", "trade"))
    return [told[number] for number in numbers], places


def _districts(acts: Columns, rows: Rows) -> Cut:
    inside = acts.records["flags"][rows] & IN_DISTRICT != 0
    codes, places = _told(acts.act[rows[inside]], "qpv")
    found = np.full(len(rows), len(codes))
    found[inside] = places
    return [*codes, ""], found


def _bands(acts: Columns, rows: Rows) -> Cut:
    return _told(acts.act[rows], "band")


def _told(numbers: Array, column: str) -> Cut:
    """What the ledger says of some acts."""
    told = dict(Act.objects.filter(pk__among=numbers.tolist()).values_list("pk", column))
    codes = sorted(set(told.values()))
    place = {code: number for number, code in enumerate(codes)}
    return codes, np.array([place[told[number]] for number in numbers.tolist()], dtype=np.int64)


_CUTS: dict[str, Callable[[Columns, Rows], Cut]] = {
    "month": _months, "kind": _kinds, "commune": _communes, "epci": _epcis, "trade": _trades, "qpv": _districts,
    "band": _bands,
}  # fmt: skip
