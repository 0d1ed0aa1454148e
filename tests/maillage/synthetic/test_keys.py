import numpy as np
import pytest
from stdnum.fr import siren as siren_rules
from stdnum.fr import siret as siret_rules

from maillage.synthetic.errors import TooManyFirms
from maillage.synthetic.keys import luhn_key, nic_numbers, siren_numbers


def test_every_siren_of_the_block_starts_with_000_and_has_a_valid_key():
    numbers = [f"{number:09d}" for number in siren_numbers(99_998)]
    assert all(number.startswith("000") for number in numbers)
    assert all(siren_rules.is_valid(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_the_one_real_number_of_the_block_is_left_out():
    assert 325_175 not in siren_numbers(99_998)


def test_nic_makes_a_valid_siret():
    siren = siren_numbers(500)
    nic = nic_numbers(siren, np.arange(1, 501))
    assert all(siret_rules.is_valid(f"{one:09d}{other:05d}") for one, other in zip(siren, nic, strict=True))


def test_key_equals_the_naive_one():
    bodies = np.random.default_rng(1).integers(0, 10**13, 300)
    assert luhn_key(bodies).tolist() == [naive_key(int(body)) for body in bodies]


def test_more_firms_than_the_block_is_refused_in_french():
    with pytest.raises(TooManyFirms, match="le bloc 000 n’en compte que 99998"):
        siren_numbers(100_000)


def test_measurements_may_spill_over_the_block():
    assert len(siren_numbers(300_000, wide=True)) == 300_000


def naive_key(body: int) -> int:
    for key in range(10):
        total = 0
        for place, digit in enumerate(reversed(f"{body}{key}")):
            value = int(digit) * (1 + place % 2)
            total += value - 9 if value > 9 else value
        if total % 10 == 0:
            return key
    raise AssertionError(body)
