"""Logs name nobody."""

import json
import logging
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etabli.config.logs import JsonLines, Nameless, without_personal_data


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Not Found: /territoires/?q=ana+petit", "Not Found: /territoires/?…"),
        ("mail à ana.petit@exemple.fr refusé", "mail à ‹adresse› refusé"),
        ("appel du 06 12 34 56 78", "appel du ‹téléphone›"),
        ("connexion de 192.168.10.4", "connexion de ‹ip›"),
        ("appel du +33 6 12 34 56 78", "appel du ‹téléphone›"),
        ("connexion de 2001:db8::8a2e:370:7334", "connexion de ‹ip›"),
        ("connexion de ::1", "connexion de ‹ip›"),
        ("GET /dossiers/12345678900012/ HTTP/1.1", "GET /dossiers/‹siret›/ HTTP/1.1"),
        ("SIRET 123 456 789 00012", "SIRET ‹siret›"),
        ("GET /territoires/?q=ana petit HTTP/1.1", "GET /territoires/?… HTTP/1.1"),
        ("/compte/ana.petit%40exemple.fr/", "/compte/‹adresse›/"),
        ("à 17:29:49, 2026-11-25T16:58:41.000+00:00", "à 17:29:49, 2026-11-25T16:58:41.000+00:00"),
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


ROOT = Path(__file__).resolve().parents[3]
REQUESTS = (
    b"GET /territoires/?q=Ana+Petit HTTP/1.1\r\nHost: localhost\r\nReferer: http://localhost/?q=Ana\r\n"
    b"User-Agent: ana.petit@exemple.fr\r\nConnection: close\r\n\r\n",
    b"GET /territoires/?q=Ana Petit HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /compte/12345678900012/ HTTP/1.1\r\nHost: autre.exemple.fr\r\nConnection: close\r\n\r\n",
)


def send(port, request):
    for _ in range(600):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=60) as talk:
                talk.sendall(request)
                return talk.recv(100)
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")


def test_the_logs_of_the_server_name_nobody(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "etabli.config.wsgi:application", f"--bind=127.0.0.1:{port}",
               "--access-logfile=-", "--log-level=debug"]  # fmt: skip
    env = os.environ | {"ETABLI_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "etabli.config.settings"}
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        answers = [send(port, request) for request in REQUESTS]
    finally:
        server.terminate()
        written = server.communicate(timeout=120)[0]
    assert answers[0].startswith(b"HTTP/1.1 200")
    lines = [json.loads(line) for line in written.splitlines()]
    assert [line["message"] for line in lines if line["logger"] == "gunicorn.access"]
    assert {line["logger"] for line in lines} >= {"gunicorn.access", "gunicorn.error"}
    assert not [
        line for line in lines for word in ("Ana", "Petit", "127.0.0.1", "12345678900012", "@") if word in str(line)
    ]
