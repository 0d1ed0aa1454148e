"""Numbers nobody has: the end of the 000 block, which the firms of the stores never reach."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from maillage.synthetic.keys import BLOCK_SIZE, nic_numbers, siren_numbers

ORGANISATIONS = 90


@cache
def _last() -> tuple[str, ...]:
    """Fictitious SIREN, from the last one down."""
    return tuple(f"{number:09d}" for number in siren_numbers(BLOCK_SIZE - 2)[::-1][:2000])


def for_organisations(count: int) -> tuple[str, ...]:
    """The very last ones."""
    return _last()[:count]


def sirets(first: int, count: int) -> tuple[str, ...]:
    """SIRET of the seats of invented firms, from the rank `first` on."""
    return _seats(_last()[ORGANISATIONS + first : ORGANISATIONS + first + count])


def seat(siren: str) -> str:
    """SIRET of the seat of one of them."""
    return _seats([siren])[0]


def _seats(sirens: Sequence[str]) -> tuple[str, ...]:
    numbers, firsts = np.array([int(siren) for siren in sirens], dtype=np.int64), np.ones(len(sirens), dtype=np.int64)
    return tuple(f"{siren}{key:05d}" for siren, key in zip(sirens, nic_numbers(numbers, firsts), strict=True))
