"""SIREN and SIRET numbers whose control keys are valid (Luhn), in the block kept for fictitious firms.

Arrays of numbers in, arrays of numbers out: a million keys take a tenth of a second.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from maillage.synthetic.errors import TooManyFirms

Integers = npt.NDArray[np.int64]

BLOCK_SIZE = 100_000
"""Numbers 000 xxx xxk: five free digits and their key."""

REAL_NUMBERS = frozenset({0, 32_517})
"""Ranks left out of the 000 block: the number zero, and 000 325 175, the first real number of Sirene."""

WIDE_SIZE = 1_000_000
"""Numbers 00x xxx xxk, for measurements that no page ever shows."""


def luhn_key(bodies: Integers) -> Integers:
    """Control digit to write after each number so that the whole passes the Luhn test (ISO/IEC 7812-1)."""
    total = np.zeros_like(bodies)
    rest = bodies.copy()
    double = True
    while rest.any():
        digit = rest % 10
        if double:
            digit = 2 * digit
            digit = digit // 10 + digit % 10
        total += digit
        rest //= 10
        double = not double
    return (10 - total % 10) % 10


def siren_numbers(count: int, *, wide: bool = False) -> Integers:
    """The first ``count`` fictitious SIREN, in increasing order.

    Raises TooManyFirms beyond the 000 block (99 998 firms), or beyond ten times that with ``wide``, which spills into
    001 to 009: for measurements only, since those blocks hold more real numbers.
    """
    size = WIDE_SIZE if wide else BLOCK_SIZE
    ranks = np.delete(np.arange(size, dtype=np.int64), sorted(REAL_NUMBERS))
    if count > len(ranks):
        message = (
            f"{count} entreprises fictives demandées, mais le bloc 000 n’en compte que {len(ranks)}. "
            "Demandez moins de communes ou une échelle plus petite."
        )
        raise TooManyFirms(message)
    bodies = ranks[:count]
    return bodies * 10 + luhn_key(bodies)


def nic_numbers(siren: Integers, rank: Integers) -> Integers:
    """NIC (five digits) of the ``rank``-th establishment of each firm: four digits, then the key of the whole SIRET."""
    bodies = siren * 10_000 + rank
    return rank * 10 + luhn_key(bodies)
