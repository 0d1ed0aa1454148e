"""From which day to which a party was one: amendments bring parties in, take them out, and bring some back.

What somebody did before it came in, or while it was away, is no part of the pact.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from etabli.pacts.models import Amendment
from etabli.pacts.workflow import AmendmentState


class Stay(NamedTuple):
    """From when an organisation acts for a party, and until which day; `last` None as long as it does."""

    first: date
    last: date | None


ALWAYS = Stay(date.min, None)
Moves = Sequence[tuple[date, bool]]  # the day, and whether it came in (else it went out)


def moves_of(conventions: Iterable[int]) -> dict[tuple[int, str], list[tuple[date, bool]]]:
    """By convention and SIREN, what the amendments in force made of each party, in their order; one query."""
    rows = Amendment.objects.filter(convention__in=list(conventions), state=AmendmentState.IN_FORCE)
    told = rows.order_by("convention", "number").values_list(
        "convention_id", "effective_on", "base__content__parties", "proposed__parties"
    )
    found: dict[tuple[int, str], list[tuple[date, bool]]] = {}
    for pk, on, before, after in told:
        old, new = ({row["siren"] for row in parties or ()} for parties in (before, after))
        for siren in old ^ new:
            found.setdefault((pk, siren), []).append((on, siren in new))
    return found


def stays_of(moves: Moves, left_on: date | None) -> list[Stay]:
    """The stays of one party, whose last one ends on `left_on`."""
    found, first = [], date.min
    for on, came in moves:
        if came:
            first = on
        else:
            found.append(Stay(first, on))
    if moves and not moves[-1][1]:
        return [*found[:-1], Stay(found[-1].first, left_on)]
    return [*found, Stay(first, left_on)]


def together(stays: Sequence[Stay]) -> list[Stay]:
    """The same days in the fewest stays, the first one first: somebody may act for two parties.

    One that ends before it begins is kept only when it is alone, for somebody none of whose acts counts.
    """
    found: list[Stay] = []
    real = [stay for stay in stays if stay.last is None or stay.first <= stay.last]
    for stay in sorted(real or stays[:1], key=lambda one: one.first):
        before = found[-1] if found else None
        if before and (before.last is None or stay.first <= before.last + timedelta(1)):
            ends = None if before.last is None or stay.last is None else max(before.last, stay.last)
            found[-1] = Stay(before.first, ends)
        else:
            found.append(stay)
    return found


def gaps_of(several: Mapping[int, Sequence[Stay]]) -> dict[int, list[tuple[date, date]]]:
    """By organisation, the days between two of its stays, both inside; nothing for who was never away."""
    return {
        pk: [(one.last + timedelta(1), two.first - timedelta(1)) for one, two in pairwise(stays) if one.last]
        for pk, stays in several.items() if len(stays) > 1
    }  # fmt: skip
