"""Running other programs from the root of the project."""

import subprocess
import sys
from collections.abc import Sequence

from tools.commands import ROOT


def run_module(*arguments: str) -> int:
    """Run `python -m …` with its output on the terminal; returns its exit code."""
    return subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, check=False).returncode


def capture(command: Sequence[str]) -> tuple[int, str]:
    """Run a command; returns its exit code and all it printed."""
    done = subprocess.run(
        command, cwd=ROOT, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    return done.returncode, done.stdout


def capture_module(*arguments: str) -> tuple[int, str]:
    """Like `capture`, for `python -m …`."""
    return capture([sys.executable, "-m", *arguments])
