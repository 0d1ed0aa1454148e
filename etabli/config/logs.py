"""Logs: one JSON object a line, without anything that names a person."""

import json
import logging
import re
from datetime import UTC, datetime

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?<!\d)0[1-9](?:[ .]?\d{2}){4}(?!\d)")
_QUERY = re.compile(r"\?\S*")  # what people type is in the query string
_ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")


def without_personal_data(text: str) -> str:
    """`text` without e-mail addresses, telephone numbers, network addresses and query strings."""
    for pattern, replacement in ((_QUERY, "?…"), (_EMAIL, "‹adresse›"), (_PHONE, "‹téléphone›"), (_ADDRESS, "‹ip›")):
        text = pattern.sub(replacement, text)
    return text


class Nameless(logging.Filter):
    """Clean each record before any handler sees it, and drop the request object that Django attaches."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = without_personal_data(record.getMessage())
        record.args = ()
        record.__dict__.pop("request", None)
        return True


class JsonLines(logging.Formatter):
    """`{"at": …, "level": …, "logger": …, "message": …, "error": traceback}`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = without_personal_data(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
