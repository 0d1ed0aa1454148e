"""Numbers, dates and plurals as French prints them: U+202F between thousands and before ; ! ?, U+00A0 before : and %.

Babel knows most of it; this module adds what it leaves to us (1er, minus sign, absent values).
"""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

NARROW, WIDE = "\u202f", "\u00a0"
ABSENT = "—"
_LOCALE = "fr"

Number = int | float | Decimal


@lru_cache(maxsize=16_384)  # a portrait prints 1 700 numbers, most of them small and seen before
def number(value: Number | None, decimals: int = 0, *, signed: bool = False) -> str:
    """`2796` → « 2 796 »; `-4, signed` → « −4 »; None → « — ».

    Digits after the comma are always as many as asked: columns line up.
    """
    if value is None:
        return ABSENT
    shape = "#,##0" + ("." + "0" * decimals if decimals else "")
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)  # 8,85 is written 8,9
    text = format_decimal(rounded, format=shape, locale=_LOCALE)
    if text.startswith("-") and not text.strip("-0,"):
        text = text[1:]  # −0,04 rounds to zero, which has no sign
    text = text.replace("-", "−")
    return f"+{text}" if signed and value > 0 and text.strip("0,") else text


def percent(value: Number | None, decimals: int = 1) -> str:
    """A value already in percent: `8.8` → « 8,8 % »."""
    return ABSENT if value is None else f"{number(value, decimals)}{NARROW}%"


def euros(cents: int | None) -> str:
    """Cents: `14000000` → « 140 000 € »; `1250` → « 12,50 € »."""
    if cents is None:
        return ABSENT
    return f"{number(Decimal(cents) / 100, 0 if cents % 100 == 0 else 2)}{WIDE}€"


def long_date(day: date | None) -> str:
    """« 16 novembre 2017 », « 1er novembre 2026 »."""
    if day is None:
        return ABSENT
    text = format_date(day, format="d MMMM y", locale=_LOCALE)
    text = f"1er{text[1:]}" if day.day == 1 else text
    return text.replace(" ", WIDE, 1)


def short_date(day: date, year: int) -> str:
    """« 28 octobre » within `year`, « 28 octobre 2025 » otherwise."""
    return long_date(day).removesuffix(f" {year}") if day.year == year else long_date(day)


def month(day: date | None) -> str:
    """« novembre 2017 »."""
    return ABSENT if day is None else format_date(day, format="MMMM y", locale=_LOCALE)


def counted(count: Number, singular: str, plural: str = "") -> str:
    """« 1 commune », « 36 communes », « 1 053 coopératives »: singular below two, as French has it."""
    word = singular if abs(float(count)) < 2 else plural or f"{singular}s"
    return f"{number(count)}{WIDE}{word}"


_INVARIABLE = frozenset(
    {"dans", "sous", "sans", "vers", "après", "très", "plus", "moins", "fois", "mois", "puis", "hors"}
)


def agreed(plural: str, count: Number) -> str:
    """A plural phrase as the count wants it: « entreprises accompagnées » → « entreprise accompagnée » below two."""
    if abs(float(count)) >= 2:
        return plural
    return " ".join(_singular(word) for word in plural.split(" "))


def _singular(word: str) -> str:
    if word.lower() in _INVARIABLE or len(word) < 4:
        return {"des": "de", "les": "le", "aux": "au"}.get(word, word)
    if word.endswith("eaux"):
        return word[:-1]
    return word.removesuffix("s")


def enumeration(words: list[str], last: str = "et") -> str:
    """« Lens, Liévin et Avion », or with another word before the last one."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)


def elided(word: str, after: str) -> str:
    """« de boulanger », « d’électricien »; an h is taken as mute (horloger, huilier)."""
    return f"{word[:-1]}’{after}" if after[:1].lower() in _VOWELS else f"{word} {after}"


_VOWELS = frozenset("aâàeéèêëhiîïoôuûùœ")
_UNITS = (
    "zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit",
    "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize",
)  # fmt: skip


def in_words(count: int) -> str:
    """Small feminine counts in words, to open a sentence: `9` → « neuf », `20` → « 20 »."""
    return _UNITS[count] if 0 <= count < len(_UNITS) else number(count)


def one_line(text: str) -> str:
    """The same words without line breaks: for the subject of a message, which has none."""
    return " ".join(line.strip() for line in text.splitlines())


def capitalised(text: str) -> str:
    """First letter in capital, the rest untouched."""
    return text[:1].upper() + text[1:]


_NARROW_BEFORE = re.compile(r"(?<=\S) (?=[;!?%](?:\s|$))")
_STRAIGHT = re.compile(r"(?<=\w)'(?=\w)")
_WIDE_BEFORE = re.compile(r"(?<=\S) (?=[:»€])|(?<=«) ")


def uncapitalised(text: str) -> str:
    """First letter small: a name that goes on a sentence."""
    return text[:1].lower() + text[1:]


def spaced(text: str) -> str:
    """Spaces before ; ! ? : » and after « made unbreakable, apostrophes curled: for texts typed without them."""
    return _WIDE_BEFORE.sub(WIDE, _NARROW_BEFORE.sub(NARROW, _STRAIGHT.sub("’", text)))
