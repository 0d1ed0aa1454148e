"""Size of a legal unit from its headcount band and its « caractère employeur »: lookup tables, once for all.

Tables are indexed ``[employer, band]``: employer 0 unknown, 1 « N », 2 « O »; band = index in BANDS, 255 unknown.
``NN`` with « N » is presumed without employee; ``NN`` with « O » or nothing is unknown (DECISIONS: nested scopes).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maillage.reference.bands import BANDS
from maillage.scope import SizeScope

NOT_EMPLOYER = 1
UNKNOWN_LABEL = "effectif inconnu"
SIZES = ("0", *(band.code for band in BANDS[2:]), "inconnu")
"""Groups of a split by size: no employee (band 00 or presumed), the bands 01 to 53, unknown."""


def _known() -> NDArray[np.bool_]:
    known = np.zeros((3, 256), dtype=bool)
    known[:, 1 : len(BANDS)] = True
    known[NOT_EMPLOYER, :] = True
    return known


def _groups() -> NDArray[np.int64]:
    groups = np.full((3, 256), len(SIZES) - 1, dtype=np.int64)
    groups[NOT_EMPLOYER, :] = 0
    for number in range(1, len(BANDS)):
        groups[:, number] = number - 1
    return groups


KNOWN = _known()
GROUPS = _groups()


@lru_cache(maxsize=8)
def allowed(size: SizeScope) -> NDArray[np.bool_]:
    """Legal units inside the size scope: the whole band fits, or the size is unknown (but for ``KNOWN``).

    The band « 10 à 19 salariés » is therefore outside ten at most: Sirene has no band that stops at ten.
    """
    fits = np.zeros((3, 256), dtype=bool) | (size is not SizeScope.KNOWN)
    fits[NOT_EMPLOYER, :] = True
    for number, band in enumerate(BANDS[1:], start=1):
        fits[:, number] = band.high is not None and band.high <= size.most
    return fits


def size_label(code: str) -> str:
    """French words of a size group."""
    if code == "0":
        return "aucun salarié (déclaré ou présumé)"
    return UNKNOWN_LABEL if code == "inconnu" else {band.code: band.label for band in BANDS}[code]
