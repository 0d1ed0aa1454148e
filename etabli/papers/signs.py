"""Signs that a document may hold: XML refuses control characters and halves of pairs, whatever a register wrote."""

import re
from typing import Any

_REFUSED = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def valid(text: str) -> str:
    """`text` without the signs that XML 1.0 refuses."""
    return _REFUSED.sub("", text)


def all_valid(content: Any) -> Any:
    """The same lists and dictionaries, every text in them valid."""
    match content:
        case str():
            return valid(content)
        case dict():
            return {key: all_valid(value) for key, value in content.items()}
        case list() | tuple():
            return type(content)(all_valid(value) for value in content)
    return content
