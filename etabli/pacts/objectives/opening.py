"""Acts behind a figure that a reader opens, read from the ledger as they are shown: a page, or all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from etabli.acts import lookups  # noqa: F401 - registers itself
from etabli.acts.columns import Columns, Rows
from etabli.acts.models import Act

AT_ONCE = 5000


@dataclass(frozen=True)
class ActRows(Sequence[Act]):
    """Acts, the latest first. Their number, and what they make, is known without reading them."""

    numbers: Sequence[int] = ()

    @classmethod
    def of(cls, acts: Columns, rows: Rows) -> "ActRows":
        """Some acts of the columns."""
        return cls(acts.act[rows[np.lexsort((acts.act[rows], acts.day[rows]))[::-1]]].tolist())

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> Act: ...

    @overload
    def __getitem__(self, place: slice) -> list[Act]: ...

    def __getitem__(self, place: int | slice) -> Act | list[Act]:
        if isinstance(place, slice):
            return _read(self.numbers[place])
        return _read([self.numbers[place]])[0]

    def __iter__(self) -> Iterator[Act]:
        for start in range(0, len(self), AT_ONCE):
            yield from _read(self.numbers[start : start + AT_ONCE])


def _read(numbers: Sequence[int]) -> list[Act]:
    if not numbers:
        return []
    found = Act.objects.filter(pk__among=numbers).select_related("organisation", "adviser").order_by()
    by_number = {act.pk: act for act in found}
    return [by_number[number] for number in numbers]
