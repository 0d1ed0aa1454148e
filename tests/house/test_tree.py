"""Which files are ours."""

from pathlib import Path

from tests.house.conftest import Write
from tools.checks import tree


def test_environments_caches_and_data_are_not_ours(tmp_path: Path, write: Write) -> None:
    for name in (".venv/a.py", ".git/config", "data/x.csv", ".mypy_cache/b.json", "maillage/__pycache__/c.pyc"):
        write(name, "")
    write("maillage/ours.py", "")
    assert [tree.short(path, tmp_path) for path in tree.files(tmp_path)] == ["maillage/ours.py"]


def test_this_project_is_found() -> None:
    assert "tools/checks/tree.py" in [tree.short(path) for path in tree.files()]
