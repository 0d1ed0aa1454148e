"""Continuous integration: nothing skipped, nothing that cannot be typed."""

import os
import subprocess
import sys
from pathlib import Path

from tools.commands import ROOT

SUITE = """
import pytest

@pytest.mark.skip(reason="browser absent")
def test_skipped(): ...

@pytest.mark.xfail(strict=True)
def test_expected_to_fail(): raise ValueError
"""


def pytest_in(folder: Path, suite: str, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a little suite under the root conftest."""
    (folder / "test_little.py").write_text(suite)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.conftest",
        "-c",
        str(ROOT / "pyproject.toml"),
        str(folder),
        *options,
    ]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CI", "PYTEST"))}
    return subprocess.run(command, cwd=ROOT, env=kept | environment, check=False, capture_output=True, text=True)


def test_a_skip_is_a_failure_in_continuous_integration(tmp_path: Path) -> None:
    done = pytest_in(tmp_path, SUITE, CI="true")
    assert done.returncode == 1
    assert "browser absent" in done.stdout
    assert "1 xfailed, 1 error" in done.stdout


def test_a_skip_is_a_skip_elsewhere(tmp_path: Path) -> None:
    done = pytest_in(tmp_path, SUITE)
    assert done.returncode == 0
    assert "1 skipped, 1 xfailed" in done.stdout
