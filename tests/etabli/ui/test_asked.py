import pytest

from etabli.ui.asked import whole_number


@pytest.mark.parametrize(("text", "number"), [("2016", 2016), ("0", 0), ("007", 7)])
def test_a_number_is_read(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "²", "٣", "-1", "1.5", " 1", "deux", "12345", "9" * 5000])
def test_what_is_no_small_number_is_nothing(text):
    assert whole_number(text) is None
