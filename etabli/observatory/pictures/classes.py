"""Classes of a map: at most five intervals with round bounds, nearly as many communes in each."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from etabli.papers import look

MOST = 5
SHADES = {1: (2,), 2: (1, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}  # places in the ramp


@dataclass(frozen=True)
class Classes:
    """`bounds` are the inner limits, ascending: a value equal to a bound belongs to the class above it."""

    bounds: tuple[float, ...]
    decimals: int
    ends: tuple[float, float] = (0, 0)  # smallest and largest value

    def of(self, value: float) -> int:
        """Number of the class of `value`, from 0."""
        return bisect_right(self.bounds, value)

    @property
    def colours(self) -> tuple[str, ...]:
        """One colour per class, pale to dark."""
        return tuple(look.RAMP[place] for place in SHADES[len(self.bounds) + 1])


def classes(values: Sequence[float]) -> Classes:
    """Round quantiles of `values`; fewer classes when values are few or alike."""
    ordered = sorted(values)
    distinct = len(set(ordered))
    if distinct < 2:
        return Classes((), 0, (ordered[0], ordered[-1]) if ordered else (0, 0))
    count = min(MOST, distinct)
    step = _step(ordered[-1] - ordered[0])
    bounds: list[float] = []
    for part in range(1, count):
        cut = ordered[len(ordered) * part // count]
        rounded = round(round(cut / step) * step, 6)
        if rounded > max([ordered[0], *bounds]) and rounded <= ordered[-1]:
            bounds.append(rounded)
    decimals = 0 if all(bound == int(bound) for bound in bounds) else 1
    return Classes(tuple(bounds), decimals, (ordered[0], ordered[-1]))


def _step(spread: float) -> float:
    """Grain of round bounds: 1, 2, 5 or 10 times a power of ten, about a twentieth of the spread."""
    raw = spread / 20
    power = 10.0 ** floor(log10(raw))
    return next(nice * power for nice in (1, 2, 5, 10) if nice * power >= raw * 0.999)
