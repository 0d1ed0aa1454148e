"""The slow twin of `maillage.store.spells`: the same rules, one establishment at a time, on plain lists."""

from maillage.store.columns import OPEN_END, UNKNOWN_START

NO_CODE = 0


def spells_of(periods, meanings):
    """Spells of one establishment.

    `periods`: (start, end, state, code) tuples, state "A", "F" or None, in any order.
    `meanings`: code → (age of its nomenclature, is it coarse, [(trade or None, reach), …] best first).
    """
    kept = _without_overlaps(periods)
    trades = _trades(kept, meanings)
    spells = []
    for position, (start, end, state, _code) in enumerate(kept):
        trade, reach = trades[position]
        if state != "A" or trade is None:
            continue
        before = kept[position - 1] if position else None
        joined = before is not None and before[1] == start
        if joined and before[2] == "A" and trades[position - 1][0] == trade:
            spells[-1] |= {"end": end, "reach": reach, "last": position}
        else:
            opening = _opening(kept, position, joined)
            spells.append(
                {"trade": trade, "reach": reach, "start": start, "end": end, "opening": opening, "last": position}
            )
    return [spell | {"closing": _closing(kept, spell.pop("last"))} for spell in spells]


def _without_overlaps(periods):
    ordered = sorted(periods, key=lambda period: (period[0], period[1]))
    kept = []
    for period, following in zip(ordered, [*ordered, None][1:], strict=True):
        start, end, state, code = period
        end = min(end, following[0]) if following else end
        if start < end:
            kept.append((start, end, state, code))
    return kept


def _trades(periods, meanings):
    """(trade, reach) of each period: read from the last one back, then forth for coarse codes."""
    found = []
    following = None
    for start, end, _state, code in reversed(periods):
        age, _coarse, candidates = meanings[code]
        taken = (*_default(candidates), code)
        if following and following[0] == end and following[3] != NO_CODE:
            next_age, coarse, _candidates = meanings[following[3]]
            newer = age < next_age and not coarse and _may_be(following[1], candidates)
            if code in (NO_CODE, following[3]) or newer:
                taken = following[1:]
        following = (start, *taken)
        found.append(taken[:2])
    found.reverse()
    for position in range(1, len(periods)):
        before, here = periods[position - 1], periods[position]
        age, coarse, candidates = meanings[here[3]]
        if coarse and before[1] == here[0]:
            older = meanings[before[3]][0] < age and _may_be(found[position - 1][0], candidates)
            if before[3] == here[3] or older:
                found[position] = found[position - 1]
    return found


def _default(candidates):
    return candidates[0] if candidates else (None, 0)


def _may_be(trade, candidates):
    """May a code with these candidates stand for a trade, or for no craft (None)?"""
    return trade in [known for known, _reach in candidates] or (trade is None and not candidates)


def _opening(periods, position, joined):
    if periods[position][0] == UNKNOWN_START:
        return "UNKNOWN"
    if joined and periods[position - 1][2] == "A":
        return "CHANGED_ACTIVITY"
    if any(state is not None for _start, _end, state, _code in periods[:position]):
        return "REOPENED"
    return "CREATED"


def _closing(periods, position):
    end = periods[position][1]
    if end == OPEN_END:
        return "OPEN"
    following = periods[position + 1] if position + 1 < len(periods) else None
    if following and following[0] == end and following[2] == "A":
        return "CHANGED_ACTIVITY"
    return "CLOSED"
