"""What makes each territory a little different from the next: how many firms, how quickly they renew, which sectors.

Drawn from the code of the EPCI, so that a territory keeps its character whatever is generated beside it; one is set by
hand, the territory of the demonstration.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

CRAFT_SECTORS = ("batiment", "services", "alimentation", "fabrication")

_REGION_DENSITY = {
    "11": 0.96, "24": 0.99, "27": 1.04, "28": 0.98, "32": 0.86, "44": 0.93, "52": 1.0, "53": 1.05, "75": 1.18,
    "76": 1.22, "84": 1.15, "93": 1.28, "94": 1.45,
}  # fmt: skip


@dataclass(frozen=True)
class Profile:
    """Features of an EPCI, against the ordinary territory.

    ``density``: number of craft firms. ``slope``: yearly growth of creations since 2012, beyond the common trend.
    ``hazard``: risk of stopping. ``tilt``: weight of each of the four sectors, in the order of ``CRAFT_SECTORS``.
    """

    density: float
    slope: float
    hazard: float
    tilt: tuple[float, float, float, float]


_BY_HAND = {
    # Lens-Liévin: fewer firms than its neighbours, catching up; more food and services than workshops.
    "246200364": Profile(density=0.79, slope=0.022, hazard=1.03, tilt=(1.0, 1.02, 1.06, 0.86)),
}


def profile(epci: str, region: str, seed: int) -> Profile:
    """The features of one EPCI (« » for communes outside any)."""
    if epci in _BY_HAND:
        return _BY_HAND[epci]
    rng = np.random.default_rng([seed, zlib.crc32(epci.encode())])
    density = _REGION_DENSITY.get(region, 1.0) * float(np.exp(rng.normal(0.0, 0.07)))
    tilt = np.exp(rng.normal(0.0, 0.09, len(CRAFT_SECTORS)))
    return Profile(
        density=density,
        slope=float(rng.normal(0.0, 0.008)),
        hazard=float(np.exp(rng.normal(0.0, 0.06))),
        tilt=(float(tilt[0]), float(tilt[1]), float(tilt[2]), float(tilt[3])),
    )
