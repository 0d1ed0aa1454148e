from collections import Counter

from maillage.reference.trades import trade_of_naf, trade_of_nafa
from maillage.synthetic import words
from maillage.synthetic.activities import OUTSIDE, activities


def test_each_craft_activity_belongs_to_a_trade_of_its_sector():
    for one in activities():
        craft = trade_of_naf(one.naf)
        assert (craft[0].sector.value if craft else OUTSIDE) == one.sector, one.naf


def test_each_nafa_code_leads_back_to_the_trade_of_its_activity():
    for one in activities():
        for code in one.nafa:
            craft = trade_of_naf(one.naf)
            assert craft is not None
            assert trade_of_nafa(code) == craft[0], code


def test_an_activity_stands_once_in_the_table():
    assert max(Counter(one.naf for one in activities()).values()) == 1


def test_every_activity_has_words_for_its_signs_and_no_group_of_words_is_idle():
    assert {one.words for one in activities()} == set(words.sign_heads())
