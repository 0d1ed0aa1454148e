"""Codes of activities as numbers."""

from maillage.store.codes import code_table, number_codes
from maillage.store.periods import NO_CODE

GARAGE, SAME_CODE, HEAD_OFFICE = ("NAF1993", "50.2Z"), ("NAFRev1", "50.2Z"), ("NAFRev1", "74.1J")


def test_naf_1993_and_naf_rev_1_write_one_code_and_have_one_age():
    numbers = number_codes([GARAGE, SAME_CODE, HEAD_OFFICE])
    table = code_table(numbers, 400)
    assert numbers[GARAGE] == numbers[SAME_CODE] != numbers[HEAD_OFFICE]
    assert table.age[numbers[GARAGE]] == table.age[numbers[HEAD_OFFICE]]


def test_a_code_without_its_dot_is_the_same_code():
    numbers = number_codes([("NAFRev2", "10.71C"), ("NAFRev2", "1071C"), ("", "10.71C")])
    assert len(set(numbers.values())) == 1


def test_an_activity_not_yet_known_is_no_code():
    numbers = number_codes([("NAFRev2", ""), ("NAFRev2", "00.00Z"), ("NAFRev2", "10.71C")])
    assert numbers[("NAFRev2", "")] == numbers[("NAFRev2", "00.00Z")] == NO_CODE
