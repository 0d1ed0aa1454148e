"""Serving the demonstration, and checking that it answers."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from etabli.demo.errors import NoPort, NotAnswering, StepFailed

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 40  # seconds given to the server to start on a busy machine
PORTS_TRIED = 40
LOGIN = "/connexion/"


def environment(data: Path, port: int) -> dict[str, str]:
    """Variables of the processes of the demonstration."""
    return os.environ | {
        "ETABLI_DATA": str(data),
        "ETABLI_DEMO": "yes",
        "ETABLI_URL": f"http://localhost:{port}",
        "DJANGO_SETTINGS_MODULE": "etabli.config.settings",
        "PYTHONUNBUFFERED": "1",
    }


def run(module: str, *arguments: str, env: Mapping[str, str]) -> None:
    """Run ``python -m module`` quietly. Raises StepFailed, with what it printed, when it ends badly."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, check=False, text=True, capture_output=True)
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise StepFailed(f"«\u00a0python -m {module}\u00a0» a échoué (code {done.returncode}).\n{said}")


def free_port(wanted: int) -> int:
    """The port asked for, or the next free one. Raises NoPort after forty tries."""
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise NoPort(f"Aucun port libre entre {wanted} et {wanted + PORTS_TRIED - 1}\u00a0: donnez-en un avec --port.")


def command(port: int) -> list[str]:
    """The application server. Never ``--preload``: a process forked after a first chart or PDF hangs."""
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "etabli.config.wsgi:application",
        f"--bind=127.0.0.1:{port}",
        "--workers=2",
        "--threads=4",
        "--log-level=warning",
    ]


def serve(env: Mapping[str, str], port: int) -> NoReturn:
    """Become the server, until Ctrl+C."""
    os.chdir(ROOT)
    arguments = command(port)
    os.execve(arguments[0], arguments, dict(env))  # noqa: S606 (our own arguments, no shell)


@contextmanager
def running(env: Mapping[str, str], port: int) -> Iterator[None]:
    """A server for the time of the block. Raises NotAnswering when it does not start."""
    server = subprocess.Popen(command(port), cwd=ROOT, env=env)
    try:
        _wait(server, port)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def get(port: int, path: str) -> str:
    """Body of a page of the local server. Raises NotAnswering unless it answers 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
    except OSError as error:
        raise NotAnswering(f"{path} ne répond pas\u00a0: {error}.") from error
    finally:
        connection.close()
    if answer.status != 200:
        raise NotAnswering(f"{path} répond {answer.status} au lieu de 200.\n{body[:2000]}")
    return body


def check(port: int, paths: tuple[str, ...]) -> None:
    """Ask for the health page, then for each page. Raises NotAnswering at the first that is not well."""
    health = json.loads(get(port, "/sante"))
    if health.get("status") != "ok":
        raise NotAnswering(f"/sante signale un défaut\u00a0: {health}.")
    for path in paths:
        get(port, path)


def check_as(port: int, email: str, password: str, paths: tuple[str, ...]) -> None:
    """Log in by the page of the site, then ask for each page. Raises NotAnswering at the first that is not well."""
    site = f"http://127.0.0.1:{port}"
    visitor = build_opener(HTTPCookieProcessor())
    try:
        page = visitor.open(f"{site}{LOGIN}", timeout=PATIENCE).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        form = {"csrfmiddlewaretoken": token[1] if token else "", "login": email, "password": password}
        entered = visitor.open(f"{site}{LOGIN}", urlencode(form).encode(), timeout=PATIENCE)
        if LOGIN in entered.url:
            raise NotAnswering(f"Le compte {email} n’entre pas avec son mot de passe.")
        for path in paths:
            if LOGIN in visitor.open(f"{site}{path}", timeout=PATIENCE).url:
                raise NotAnswering(f"{path} renvoie {email} à la page de connexion.")
    except OSError as error:
        raise NotAnswering(f"Les pages de {email} ne répondent pas\u00a0: {error}.") from error


def _wait(server: "subprocess.Popen[bytes]", port: int) -> None:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if server.poll() is not None:
            raise NotAnswering(f"Le serveur s’est arrêté au démarrage (code {server.returncode}).")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise NotAnswering(f"Le serveur n’a pas démarré en {PATIENCE} secondes.")
