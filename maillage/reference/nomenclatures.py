"""Reads the activity codes of every nomenclature that Sirene has used as trades.

Each older or newer code corresponds to one or several NAF rév. 2 sub-classes, most frequent first; the trades follow.
A code that stands only partly for crafts keeps its other sub-classes too: they mean « outside craft », at their rank.

Rule for a period coded in an older nomenclature, followed the next day by a period of the same establishment in a
newer one: it takes the trade of the newer period (or « outside ») when its own code allows it, else its default.
Where the newer code is the coarser one (NAF 2025 after NAF rév. 2), the newer period keeps the older trade if allowed.
NAF 1993 and NAF rév. 1 share their codes but for some thirty: both are read with the union of the two and have one age,
so that from one to the other a new code is a new activity, and the same code is the same code (`canonical`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from maillage.reference.tables import rows
from maillage.reference.trades import Reach, Trade, craft_activities, dotted, trade_of_naf, trades

NAP, NAF1993, NAF_REV1, NAF_REV2, NAF25 = "NAP", "NAF1993", "NAFRev1", "NAFRev2", "NAF25"
NOMENCLATURES = (NAP, NAF1993, NAF_REV1, NAF_REV2, NAF25)  # values of Sirene, oldest first
AGES = {NAP: 0, NAF1993: 1, NAF_REV1: 1, NAF_REV2: 2, NAF25: 3}  # order in time, for the rule of the next day
OUTSIDE = -1  # trade number of what is no craft
ANY_CRAFT = "*"  # head offices (74.1J) were coded by what they do; in 2008 many took the activity of their firm
_SHARED = {NAF_REV1: NAF1993}
_FORMS = (  # the last letters of NAF 2025 are Y and G to L; those of NAF rév. 2 are Z and A to F
    (re.compile(r"\d\d\.\d\d[G-LY]"), NAF25),
    (re.compile(r"\d\d\.\d\d[A-FZ]"), NAF_REV2),
    (re.compile(r"\d\d\.\d[A-Z]"), NAF_REV1),
    (re.compile(r"\d\d\.\d\d"), NAP),
)
Craft = tuple[Trade, Reach]


@cache
def _correspondence() -> dict[tuple[str, str], tuple[str, ...]]:
    """NAF rév. 2 sub-classes of each code, by rank; NAF rév. 1 is read as NAF 1993."""
    table = {(row["nomenclature"], row["code"]): tuple(row["naf_rev2"].split()) for row in rows("nomenclatures.csv")}
    return table | {(NAF_REV2, naf): (naf,) for trade in trades() for naf, _ in trade.naf}


def canonical(nomenclature: str, code: str) -> tuple[str, str]:
    """The pair under which a code is read, so that two writings of one code compare equal.

    NAF rév. 1 is read as NAF 1993; a nomenclature that is empty, unknown or does not know the code is guessed.
    """
    written = dotted(code)
    name = _SHARED.get(nomenclature, nomenclature)
    if name in NOMENCLATURES and (name, written) in _correspondence():
        return name, written
    guessed = nomenclature_of(written)
    return _SHARED.get(guessed, guessed), written


def naf_rev2_of(nomenclature: str, code: str) -> tuple[str, ...]:
    """NAF rév. 2 sub-classes to which a code corresponds, most frequent first; () when none of them is craft.

    ANY_CRAFT stands for every sub-class of the legal list.

    `nomenclature` is a value of `nomenclatureActivitePrincipaleEtablissement`; when it is empty, unknown or does not
    know the code, the nomenclature is guessed from the form of the code.
    """
    return _correspondence().get(canonical(nomenclature, code), ())


def _spelled_out(nafs: tuple[str, ...]) -> Iterator[str]:
    """The sub-classes, with ANY_CRAFT replaced by all those of the legal list."""
    for naf in nafs:
        if naf == ANY_CRAFT:
            yield from (activity.naf for activity in craft_activities())
        else:
            yield naf


@cache
def _ranked(nomenclature: str, code: str) -> tuple[Craft | None, ...]:
    """Trades of a code by rank, each once, None where a sub-class is outside craft; () when all of them are."""
    ranked: dict[str | None, Craft | None] = {}
    for naf in _spelled_out(naf_rev2_of(nomenclature, code)):
        craft = trade_of_naf(naf)
        ranked.setdefault(craft[0].code if craft else None, craft)
    return tuple(ranked.values())


def candidates(nomenclature: str, code: str) -> tuple[Craft, ...]:
    """Trades that an establishment so coded may have, most frequent first; () outside craft.

    Part of the code may be outside craft as well: see `default` and `may_be_outside`.
    """
    return tuple(craft for craft in _ranked(nomenclature, code) if craft is not None)


def default(nomenclature: str, code: str) -> Craft | None:
    """Trade of most establishments so coded; None when most of them are outside craft."""
    ranked = _ranked(nomenclature, code)
    return ranked[0] if ranked else None


def may_be_outside(nomenclature: str, code: str) -> bool:
    """Whether an establishment so coded may be outside craft, wholly or by part of the code."""
    ranked = _ranked(nomenclature, code)
    return not ranked or None in ranked


def back_cast(nomenclature: str, code: str, newer: Craft | None) -> Craft | None:
    """Trade of a period whose next day opens a period in a newer nomenclature, with trade `newer` (None: outside)."""
    ranked = _ranked(nomenclature, code)
    if newer is None:
        return None if may_be_outside(nomenclature, code) else ranked[0]
    if any(craft is not None and craft[0] == newer[0] for craft in ranked):
        return newer
    return default(nomenclature, code)


def nomenclature_of(code: str) -> str:
    """Nomenclature of a code when Sirene's column is missing, from its form: « 70.22Z », « 70.2C », « 70.22 ».

    NAF 1993 and NAF rév. 1 look alike: the answer is then NAFRev1, which reads both. Raises nothing: a form that no
    nomenclature has is taken for NAFRev2, where it is outside craft.
    """
    written = dotted(code)
    return next((name for form, name in _FORMS if form.fullmatch(written)), NAF_REV2)


def mapping_rows() -> list[tuple[str, str, int, Reach, int]]:
    """Whole table, to load elsewhere: (nomenclature, code, trade number, reach, rank), sorted.

    Rank 0 is the default. The trade number OUTSIDE (with reach PARTIAL) means « outside craft » at that rank: a period
    so coded whose newer neighbour is outside is outside too. Codes wholly outside craft are absent.
    """
    found = []
    for nomenclature, code in _correspondence():
        names = (NAF1993, NAF_REV1) if nomenclature == NAF1993 else (nomenclature,)
        for rank, craft in enumerate(_ranked(nomenclature, code)):
            number, reach = (craft[0].number, craft[1]) if craft else (OUTSIDE, Reach.PARTIAL)
            found += [(name, code, number, reach, rank) for name in names]
    return sorted(found, key=lambda row: (row[0], row[1], row[4]))
