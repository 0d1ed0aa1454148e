"""Running other programs from the root of the project."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from tools.commands import ROOT


def become(module: str, *arguments: str) -> NoReturn:
    """Replace this process by `python -m module`: signals and the exit code then need no go-between."""
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])


def run_module(*arguments: str, **variables: str) -> int:
    """Run `python -m …` with its output on the terminal; returns its exit code. Keywords join its environment."""
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | variables, check=False).returncode


def capture(command: Sequence[str], folder: Path = ROOT) -> tuple[int, str]:
    """Run a command in a folder; returns its exit code and all it printed."""
    done = subprocess.run(
        command, cwd=folder, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    return done.returncode, done.stdout
