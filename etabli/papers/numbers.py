"""French numbers and dates inside pictures and documents: « 1 243 », « 12,4 % », « 1er novembre 2026 »."""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

NARROW = "\u202f"  # narrow no-break space: thousands, before ; ! ? and %
SPACE = "\u00a0"  # no-break space: before : and », after «
MINUS = "\u2212"


def number(value: float | int | None, decimals: int = 0, *, sign: bool = False) -> str:
    """`value` with exactly `decimals` digits after the comma; « – » when there is none; `sign` shows + as well."""
    if value is None:
        return "–"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(abs(value), pattern, locale="fr_FR")
    if not any(digit in text for digit in "123456789"):
        return text
    return (MINUS if value < 0 else "+" if sign else "") + text


def percent(value: float | int | None, decimals: int = 1, *, sign: bool = False) -> str:
    """`value` (12.4 for 12.4 %) with its sign of percent; « – » when there is none."""
    return number(value, decimals, sign=sign) + (f"{NARROW}%" if value is not None else "")


def day(when: date) -> str:
    """« 1er novembre 2026 », « 16 novembre 2017 », with no-break spaces."""
    text = format_date(when, "d MMMM y", locale="fr_FR")
    if when.day == 1:
        text = f"1er{text[1:]}"
    return text.replace(" ", SPACE)


def plural(count: float | int, singular: str, plural_form: str = "") -> str:
    """« 1 243 entreprises », « 1 entreprise », « 0 entreprise »: in French the plural starts at two."""
    return f"{number(count)}{SPACE}{singular if abs(count) < 2 else plural_form or singular + 's'}"
