"""Kinds of facilities of the BPE (INSEE) that stand beside our trades, and why they may differ.

The BPE counts all sizes and public definitions that are not those of craft law: the remark says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from maillage.reference.tables import rows


@dataclass(frozen=True)
class BpeType:
    """One kind of facility: our trades whose sum compares with it (none when `comparable` is False)."""

    label: str
    trades: tuple[str, ...]
    remark: str
    comparable: bool
    codes: tuple[str, ...] = ()


@cache
def bpe_types() -> tuple[BpeType, ...]:
    """The kinds near a craft, comparable or not, with the French remark to print beside the two counts."""
    return tuple(
        BpeType(
            label=row["label"],
            trades=tuple(row["trades"].split()),
            remark=row["remark"],
            comparable=row["comparable"] == "oui",
            codes=tuple(row["codes"].split()),
        )
        for row in rows("bpe.csv")
    )


def bpe_type(kind: str) -> BpeType | None:
    """The kind written as in a BPE file: its label (« Maçon ») or its code (« A401 »); None when it is no craft."""
    return next((found for found in bpe_types() if kind == found.label or kind in found.codes), None)
