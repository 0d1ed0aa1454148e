"""The slow twin of `maillage.store.spells`: the same rules, one establishment at a time, on plain lists."""

from maillage.store.columns import OPEN_END, UNKNOWN_START

NO_CODE = 0


def spells_of(periods, meanings):
    """Spells of one establishment.

    `periods`: (start, end, state, code) tuples, state "A", "F" or None, in any order.
    `meanings`: code → (age of its nomenclature, [(trade, reach), …] best first).
    """
    kept = _without_overlaps(periods)
    trades = _trades(kept, meanings)
    spells = []
    for position, (start, end, state, _code) in enumerate(kept):
        trade, reach, _source = trades[position]
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
    """(trade, reach, code it comes from) of each period, read from the last one back."""
    found = []
    following = None
    for start, end, _state, code in reversed(periods):
        age, candidates = meanings.get(code, (-1, []))
        trade, reach = candidates[0] if candidates else (None, 0)
        taken = (trade, reach, code)
        if following and following[0] == end and following[3] != NO_CODE:
            next_trade, next_code = following[1], following[3]
            in_doubt = not candidates or candidates[0][1] != 0
            possible = in_doubt if next_trade is None else next_trade in [trade for trade, _reach in candidates]
            if code in (NO_CODE, next_code) or (age < meanings[next_code][0] and possible):
                taken = following[1:]
        following = (start, *taken)
        found.append(taken)
    return found[::-1]


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
