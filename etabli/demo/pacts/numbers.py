"""Numbers nobody has: the end of the 000 block, which the firms of the stores never reach."""

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
    sirens = _last()[ORGANISATIONS + first : ORGANISATIONS + first + count]
    keys = nic_numbers(np.array([int(siren) for siren in sirens], dtype=np.int64), np.ones(count, dtype=np.int64))
    return tuple(f"{siren}{key:05d}" for siren, key in zip(sirens, keys, strict=True))
