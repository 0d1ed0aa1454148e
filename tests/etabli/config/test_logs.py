"""Logs name nobody."""

import json
import logging
import sys

import pytest

from etabli.config.logs import JsonLines, Nameless, without_personal_data


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Not Found: /territoires/?q=ana+petit", "Not Found: /territoires/?…"),
        ("mail à ana.petit@exemple.fr refusé", "mail à ‹adresse› refusé"),
        ("appel du 06 12 34 56 78", "appel du ‹téléphone›"),
        ("connexion de 192.168.10.4", "connexion de ‹ip›"),
        ("édition 26.11 de epci:246200364", "édition 26.11 de epci:246200364"),
    ],
)
def test_personal_data_is_taken_out(written, kept):
    assert without_personal_data(written) == kept


def record(message, *args, **extra):
    made = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, args, None)
    made.__dict__.update(extra)
    return made


def test_a_line_is_json_without_the_request():
    line = record("Not Found: %s", "/x/?q=ana", request=object())
    assert Nameless().filter(line)
    assert not hasattr(line, "request")
    written = json.loads(JsonLines().format(line))
    assert (written["level"], written["logger"], written["message"]) == (
        "warning",
        "django.request",
        "Not Found: /x/?…",
    )


def test_a_traceback_is_cleaned_too():
    line = record("oups")
    try:
        int("ana@exemple.fr")
    except ValueError:
        line.exc_info = sys.exc_info()
    assert "ana@exemple.fr" not in JsonLines().format(line)
    assert "invalid literal for int() with base 10: '‹adresse›'" in json.loads(JsonLines().format(line))["error"]
