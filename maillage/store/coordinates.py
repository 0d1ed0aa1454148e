"""Projected coordinates of Sirene (one system per territory) to longitude and latitude."""

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from maillage.store.columns import F4, U16

WGS84 = 4326
METROPOLE = 2154  # Lambert-93
# IGN, « Systèmes de référence réglementaires » (décret 2019-165)
OVERSEAS = {"971": 5490, "972": 5490, "973": 2972, "974": 2975, "976": 4471}


def to_degrees(x: NDArray[np.float64], y: NDArray[np.float64], commune: U16, codes: tuple[str, ...]) -> tuple[F4, F4]:
    """Longitudes and latitudes in degrees, NaN where unknown. `x`, `y` in metres; `commune` indexes `codes`."""
    lon = np.full(len(x), np.nan, dtype=np.float32)
    lat = np.full(len(x), np.nan, dtype=np.float32)
    systems = np.array([OVERSEAS.get(code[:3], METROPOLE) for code in codes], dtype=np.int32)
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    system = systems[commune[known]]
    for epsg in np.unique(system):
        rows = known[system == epsg]
        transformer = Transformer.from_crs(int(epsg), WGS84, always_xy=True)
        lon[rows], lat[rows] = transformer.transform(x[rows], y[rows])
    outside = ~(np.isfinite(lon) & np.isfinite(lat))
    lon[outside] = lat[outside] = np.nan
    return lon, lat
