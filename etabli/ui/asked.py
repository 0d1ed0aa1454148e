"""What is asked for in an address, where anybody may write anything."""

MOST_DIGITS = 4
MOST_LETTERS = 200


def whole_number(text: str) -> int | None:
    """The number written in one to four plain digits, such as a year; None for « ² », 5,000 digits or nothing."""
    plain = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if plain else None


def words(text: str) -> str:
    """What one types to look for somebody: no longer than a name, without the sign that no database takes."""
    return text.replace("\x00", "")[:MOST_LETTERS]
