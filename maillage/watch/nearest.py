"""The nearest commune where a trade is practised, as the crow flies, among those that a store holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from maillage.store import Store
from maillage.watch.actives import Place, actives, declared

EARTH_KM = 6371.0088  # mean radius, IUGG
Spot = tuple[float, float]
Centre = Callable[[str], Spot | None]


@dataclass(frozen=True)
class Nearest:
    """A commune, the establishments of the trade that it has, and kilometres between the two communes' centres."""

    commune: str
    count: int
    km: float


class Neighbourhood:
    """Where each trade is practised on the stock date of a store (field of `maillage.watch.diff`).

    `counts`, of each (commune, trade), stand for those of the store when it is given: the daily files know better.
    """

    def __init__(self, store: Store, counts: Mapping[Place, int] | None = None) -> None:
        self._centre = store.centre
        self._counts: Mapping[str, dict[str, int]] = defaultdict(dict)
        for (commune, trade), count in (counts or actives(store, declared(store)).counts()).items():
            self._counts[trade][commune] = count

    def nearest(self, commune: str, trade: str) -> Nearest | None:
        """The nearest other commune with at least one; None when there is none, or no centre is known."""
        return next(iter(by_distance(commune, self._counts.get(trade, {}), self._centre)), None)


def by_distance(commune: str, counts: Mapping[str, int], centre: Centre) -> tuple[Nearest, ...]:
    """The other communes where `counts` has some, nearest first; () when the centre of `commune` is unknown."""
    here = centre(commune)
    if here is None:
        return ()
    others = [
        Nearest(other, count, kilometres(here, there))
        for other, count in counts.items()
        if count and other != commune and (there := centre(other)) is not None
    ]
    return tuple(sorted(others, key=lambda one: (one.km, one.commune)))


def kilometres(one: Spot, other: Spot) -> float:
    """Great-circle distance of two (longitude, latitude) in degrees."""
    (lon1, lat1), (lon2, lat2) = ((radians(x), radians(y)) for x, y in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
