"""Signs that a document may hold: XML refuses control characters and halves of pairs, whatever a register wrote."""

import re

_REFUSED = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def valid(text: str) -> str:
    """`text` without the signs that XML 1.0 refuses."""
    return _REFUSED.sub("", text)
