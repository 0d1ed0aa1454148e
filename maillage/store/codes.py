"""Activity codes as numbers: which trades each (nomenclature, code) pair may stand for.

A code of another nomenclature often covers several of today's trades; `spells.py` chooses among them.
"""

from collections.abc import Iterable, Sequence

from maillage.reference.nomenclatures import AGES, NAF25, mapping_rows, nomenclature_of
from maillage.reference.trades import Reach
from maillage.store.periods import NO_CODE, OUTSIDE, CodeTable, empty_codes

REACHES = {Reach.WHOLE: 0, Reach.EXCEPT: 1, Reach.PARTIAL: 2}
OTHER_NAMES = {"NAF2025": NAF25}
NOT_YET_KNOWN = "0000Z"  # what Sirene writes while INSEE has not chosen a code

Pair = tuple[str, str]  # nomenclature, code as Sirene writes them; either may be empty
Candidate = tuple[int, Reach]  # trade number or OUTSIDE, reach


def plain(code: str) -> str:
    """A code without its dots: "10.71C" → "1071C"."""
    return code.replace(".", "").upper()


def number_codes(pairs: Iterable[Pair]) -> dict[Pair, int]:
    """A number for each pair seen in the files, from 1; pairs without an activity get NO_CODE.

    Two writings of one code share a number: with or without its dot, as NAF 1993 or as NAF rév. 1.
    """
    seen = sorted(set(pairs))
    known = _candidates()
    readings = {
        (name, code): (AGES[_nomenclature(name, code, known)], plain(code))
        for name, code in seen
        if not _is_empty(code)
    }
    numbers = {reading: number for number, reading in enumerate(sorted(set(readings.values())), start=1)}
    return dict.fromkeys(seen, NO_CODE) | {pair: numbers[reading] for pair, reading in readings.items()}


def code_table(numbers: dict[Pair, int], trade_count: int) -> CodeTable:
    """The candidates of each numbered pair, from the reference table of trades."""
    table = empty_codes(max(numbers.values(), default=0) + 1, trade_count)
    known = _candidates()
    for (given, code), number in numbers.items():
        if number != NO_CODE:
            name = _nomenclature(given, code, known)
            table.age[number], table.coarse[number] = AGES[name], name == NAF25
            _fill(table, number, known.get((name, plain(code)), ()))
    return table


def _fill(table: CodeTable, number: int, candidates: Sequence[Candidate]) -> None:
    """The first candidate is the default; without any, the code is outside craft."""
    for trade, _reach in candidates or [(OUTSIDE, Reach.WHOLE)]:
        table.allowed[number, trade] = True
    if candidates:
        trade, reach = candidates[0]
        table.trade[number], table.reach[number] = trade, REACHES[reach]


def _candidates() -> dict[Pair, list[Candidate]]:
    found: dict[Pair, list[Candidate]] = {}
    for nomenclature, code, trade, reach, _rank in sorted(mapping_rows(), key=lambda row: (row[0], row[1], row[4])):
        found.setdefault((nomenclature, plain(code)), []).append((trade, reach))
    return found


def _nomenclature(given: str, code: str, known: dict[Pair, list[Candidate]]) -> str:
    """What the file says, unless it says nothing, or something under which the code means nothing."""
    name = OTHER_NAMES.get(given, given)
    guessed = nomenclature_of(code)
    if name not in AGES or ((name, plain(code)) not in known and (guessed, plain(code)) in known):
        return guessed
    return name


def _is_empty(code: str) -> bool:
    return plain(code) in {"", NOT_YET_KNOWN}
