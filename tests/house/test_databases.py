"""The tests of the database run twice, and find their tables empty even when these refuse to be emptied."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import IntegrityError, connection
from model_bakery import baker

from etabli.audit.models import Event
from tests.house.test_ci import pytest_in
from tools import postgres, test
from tools.commands import ROOT

SUITE = """
import pytest

@pytest.mark.django_db
def test_by_its_mark(): ...

def test_through_a_fixture(db): ...

@pytest.mark.browser
def test_in_a_browser(live_server): ...

@pytest.mark.one_database
def test_of_rights(db): ...

def test_of_a_page(db, client): ...

@pytest.mark.databases
def test_of_a_page_on_both(db, client): ...

@pytest.mark.postgres
def test_on_postgres_alone(db): ...

def test_without_database(): ...
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_that_commits_leaves_an_append_only_table_empty_and_guarded(turn: str) -> None:
    assert not Event.objects.exists(), f"the {turn} of two tests finds what another wrote"
    baker.make(Event)
    with pytest.raises(IntegrityError, match="append-only"):
        Event.objects.all()._raw_delete(using="default")
    assert Event.objects.exists()


@pytest.mark.postgres
def test_this_run_is_really_on_postgresql(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()")
        assert cursor.fetchone()[0].startswith("PostgreSQL")


def test_every_test_of_the_database_is_chosen_without_being_told(tmp_path: Path) -> None:
    done = pytest_in(tmp_path, SUITE, "--collect-only", "-m", "databases")
    assert [line.split("::")[1] for line in done.stdout.splitlines() if "::" in line] == [
        "test_by_its_mark",
        "test_through_a_fixture",
        "test_of_a_page_on_both",
    ]


def test_the_server_stops_and_leaves_nothing_when_the_tests_are_stopped() -> None:
    program = "from tools.postgres import server\nwith server() as address: print(address, flush=True); input()"
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().decode().strip().partition("host=")[2])
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 128 + signal.SIGTERM
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)


@pytest.mark.parametrize(("in_ci", "code"), [("true", 1), ("", 0)])
def test_without_postgresql_the_run_says_why_and_fails_in_continuous_integration_only(
    in_ci: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(postgres, "WHEEL", "no_such_wheel")
    monkeypatch.setenv("CI", in_ci)
    assert test.main(["--postgres", "tests/house"]) == code
    assert "la roue «\u00a0no_such_wheel\u00a0» n’est pas installée" in capsys.readouterr().err


@pytest.mark.parametrize("failing", ["sqlite", "postgres", None])
def test_the_whole_suite_runs_on_both_and_fails_when_either_fails(
    failing: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def run_module(*arguments: str, **variables: str) -> int:
        database = "postgres" if "DATABASE_URL" in variables else "sqlite"
        seen.append((database, "databases" in arguments))
        return int(database == failing)

    monkeypatch.setattr(test, "run_module", run_module)
    assert test.main([]) == int(failing is not None)
    assert seen == [("postgres", True), ("sqlite", False)]
