"""Reading French messages in tests, whatever spaces typography puts in them."""


def said(words: str) -> str:
    """A pattern for `pytest.raises(match=…)` in which every space also stands for the no-break ones."""
    return words.replace(" ", r"\s")
