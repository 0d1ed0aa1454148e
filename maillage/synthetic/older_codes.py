"""Codes of an activity in the nomenclatures of other years, from the tables of `maillage.reference`."""

from __future__ import annotations

from functools import cache

from maillage.reference.tables import rows
from maillage.synthetic.activities import activities
from maillage.synthetic.periods import NOMENCLATURES

_READ_AS = {"NAFRev1": "NAF1993"}


def codes_by_era() -> tuple[tuple[str, ...], ...]:
    """For each activity, its code in NAP, NAF 1993, NAF rév. 1 and NAF rév. 2; « » where no table gives one."""
    return tuple(
        tuple(one.naf if name == "NAFRev2" else code_in(_READ_AS.get(name, name), one.naf) for name in NOMENCLATURES)
        for one in activities()
    )


def code_in(nomenclature: str, naf: str) -> str:
    """The code of ``nomenclature`` that stands most squarely for a NAF rév. 2 sub-class; « » when there is none."""
    ranked = _candidates(nomenclature).get(naf, ())
    return min(ranked)[1] if ranked else ""


@cache
def _candidates(nomenclature: str) -> dict[str, list[tuple[int, str]]]:
    """NAF rév. 2 sub-class → (its rank within an older code, that code)."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row in rows("nomenclatures.csv"):
        if row["nomenclature"] == nomenclature:
            for rank, naf in enumerate(row["naf_rev2"].split()):
                found.setdefault(naf, []).append((rank, row["code"]))
    return found
