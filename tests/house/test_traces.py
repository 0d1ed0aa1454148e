"""No registry, no machine: the samples are cut in two so that this file itself stays clean."""

from pathlib import Path

import pytest

from tests.house.conftest import Write
from tools.checks.traces import traces


@pytest.mark.parametrize(
    "line",
    [
        "see https://" + "py" + "pi.org/simple",
        "https://files.python" + "hosted.org/packages/x.whl",
        "-" * 2 + "index-url https://registry.example",
        "open('/" + "home/camille/data.csv')",
        "cd /" + "work/main",
    ],
)
def test_a_trace_is_found_with_its_line(tmp_path: Path, write: Write, line: str) -> None:
    write("docs/page.md", f"first\n{line}\n")
    assert len(traces(tmp_path)) == 1
    assert traces(tmp_path)[0].startswith("docs/page.md:2\u00a0:")


def test_addresses_of_the_site_are_no_trace(tmp_path: Path, write: Write) -> None:
    write("docs/page.md", "https://exemple.fr/home/page, etabli/root/x, [le travail](docs/work/plan.md)\n")
    write("picture.bin", "")
    (tmp_path / "picture.bin").write_bytes(b"\xff\xfe/home/x")
    assert traces(tmp_path) == []
