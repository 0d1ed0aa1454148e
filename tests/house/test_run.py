"""`./run`, from a machine where nothing is installed yet."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.commands import COMMANDS, ROOT


def launch(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command in that environment and nothing else."""
    return subprocess.run(command, env=environment, check=False, capture_output=True, text=True, encoding="utf-8")


def run(*arguments: str, path: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `./run` with a bare environment: no HOME, no locale."""
    bare = {"PATH": str(path) if path else os.environ["PATH"], **environment}
    return launch([str(ROOT / "run"), *arguments], bare)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs to use as PATH: a POSIX system without any Python."""
    for program in ("sh", "dirname", "cmp", "mkdir", "cp", "rm"):
        found = shutil.which(program)
        assert found is not None
        (tmp_path / program).symlink_to(found)
    return tmp_path


def test_alone_it_lists_every_command_on_one_line_each() -> None:
    done = run()
    assert done.returncode == 0
    listed = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("  ./run")]
    assert listed == [command.name for command in COMMANDS]
    assert all(len(line) <= 100 for line in done.stdout.splitlines())


def test_the_list_needs_python_alone(machine: Path) -> None:
    (machine / "python3").symlink_to(sys.executable)
    assert run(path=machine).stdout == run().stdout


def test_unknown_command_is_refused_with_the_list() -> None:
    done = run("demmo")
    assert done.returncode == 2
    assert "demmo" in done.stderr
    assert "./run demo" in done.stderr


def test_without_python_it_prints_the_line_to_type_and_exits_3(machine: Path) -> None:
    done = run("demo", path=machine)
    assert done.returncode == 3
    assert "apt-get install -y python3 python3-venv" in done.stderr


def test_a_python_too_old_is_passed_over(machine: Path) -> None:
    (machine / "python3").write_text("#!/bin/sh\nexit 1\n")
    (machine / "python3").chmod(0o755)
    assert run("demo", path=machine).returncode == 3
    (machine / "python3.12").symlink_to(sys.executable)
    assert run(path=machine).returncode == 0


def test_without_pip_nor_venv_it_prints_the_line_to_type_and_exits_3(machine: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    shutil.copytree(ROOT / "tools", fresh / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "requirements", fresh / "requirements")
    shutil.copy(ROOT / "run", fresh / "run")
    python = machine / "python3"
    python.write_text(
        f'#!/bin/sh\ncase "$2" in pip|venv) echo "No module named $2" >&2; exit 1;; esac\nexec {sys.executable} "$@"\n'
    )
    python.chmod(0o755)
    done = launch([str(fresh / "run"), "demo"], {"PATH": str(machine)})
    assert done.returncode == 3
    assert "apt-get install -y python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
