"""Signs that no page, spreadsheet or PDF can show: controls, invisible marks, halves of a pair, non-characters."""

import re

RANGES = (
    (0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD),  # controls, soft hyphen
    (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F),  # of no width, ends of line, turns of direction
    (0xFDD0, 0xFDEF), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF),  # what Unicode says is no character
)  # fmt: skip
SURROGATES = (0xD800, 0xDFFF)  # how Python keeps the bytes of a file name that is not UTF-8; DuckDB refuses them
LONGEST = 250  # signs; the longest official column, the name of a company, has 120

_ILLEGIBLE = re.compile("[{}]".format("".join(f"{chr(a)}-{chr(b)}" for a, b in (*RANGES, SURROGATES))))
_SQL_PATTERN = "[{}]".format("".join(f"\\x{{{a:X}}}-\\x{{{b:X}}}" for a, b in RANGES))


def legible(text: str) -> str:
    """The text with « � » for each sign that cannot be shown."""
    return _ILLEGIBLE.sub("\ufffd", text)


def legible_sql(text: str) -> str:
    """SQL of a text of an official file: one space for what cannot be shown, cut where it is absurdly long."""
    cleaned = f"nullif(trim(regexp_replace({text}, '{_SQL_PATTERN}+', ' ', 'g')), '')"
    return f"CASE WHEN {is_odd_sql(text)} THEN left({cleaned}, {LONGEST}) ELSE {text} END"


def is_odd_sql(text: str) -> str:
    """SQL condition: the text holds what cannot be shown, or is absurdly long."""
    return f"(regexp_matches({text}, '{_SQL_PATTERN}') OR length({text}) > {LONGEST})"
