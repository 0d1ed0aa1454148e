"""What every test may ask for, and what no test may do."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

from tests import network

pytest_plugins = ["tests.browsing", "tests.databases"]

ROOT = Path(__file__).resolve().parent.parent
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)
BUSY = (HealthCheck.too_slow,)  # a test slowed down by a busy machine has found no defect
settings.register_profile("etabli", deadline=None, suppress_health_check=BUSY)
settings.load_profile("etabli")
IN_CI = os.environ.get("CI", "").lower() == "true"


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Connections leave the loopback in no test."""
    with pytest.MonkeyPatch.context() as patch:
        network.block(patch)
        yield


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of the official extracts, kept outside the repository."""
    folder = Path(os.environ.get("ETABLI_REAL_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no official extracts in {folder}: give their folder as ETABLI_REAL_DATA")
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In continuous integration a skipped test is a failed one: nothing may be missing there."""
    report = yield
    return no_skip(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that skips itself."""
    report = yield
    return no_skip(report)


def no_skip(report: Report) -> Report:
    """The report itself, or a failure that gives the reason of the skip."""
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in continuous integration: {report.longrepr}"
    return report
