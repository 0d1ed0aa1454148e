"""Logs: one JSON object a line, without anything that names a person."""

import json
import logging
import re
from datetime import UTC, datetime
from ipaddress import IPv6Address

_EMAIL = re.compile(r"[\w.+%-]+(?:@|%40)[\w-]+\.[\w.-]+")
_SIRET = re.compile(r"(?<!\d)\d{3}[ .]?\d{3}[ .]?\d{3}[ .]?\d{5}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+33[ .]?|0)[1-9](?:[ .]?\d{2}){4}(?!\d)")
# What people type is in the query string; in a request line that is badly formed, it may hold spaces.
_QUERY = re.compile(r"\?(?:[^\r\n]*?(?= HTTP/\d)|\S*)")
_ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
_ADDRESS_6 = re.compile(r"(?<![\w:.])[0-9a-fA-F:]{2,39}(?![\w:])")
_MALFORMED = re.compile(r"(Invalid HTTP [\w ]+): .*")  # gunicorn quotes the piece of a request that it cannot read
_CLEANED = (
    (_MALFORMED, r"\1: …"),
    (_QUERY, "?…"),
    (_EMAIL, "‹adresse›"),
    (_SIRET, "‹siret›"),
    (_PHONE, "‹téléphone›"),
    (_ADDRESS, "‹ip›"),
)


def without_personal_data(text: str) -> str:
    """`text` without e-mail addresses, SIRET, telephone numbers, network addresses and query strings."""
    for pattern, replacement in _CLEANED:
        text = pattern.sub(replacement, text)
    return _ADDRESS_6.sub(_without_address, text)


def _without_address(found: re.Match[str]) -> str:
    """A time of day and a hash look like an address of version 6 and are none."""
    try:
        IPv6Address(found.group())
    except ValueError:
        return found.group()
    return "‹ip›"


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
        elif record.exc_text:
            line["error"] = without_personal_data(record.exc_text)
        return json.dumps(line, ensure_ascii=False)
