import pytest

from etabli.ui.asked import whole_number, words


@pytest.mark.parametrize(("text", "number"), [("2016", 2016), ("0", 0), ("007", 7)])
def test_a_number_is_read(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "²", "٣", "-1", "1.5", " 1", "deux", "12345", "9" * 5000])
def test_what_is_no_small_number_is_nothing(text):
    assert whole_number(text) is None


def test_words_are_no_longer_than_a_name_and_hold_no_sign_that_a_database_refuses():
    assert words("bou\x00lan") == "boulan"
    assert len(words("a" * 300)) == 200
