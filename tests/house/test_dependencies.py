"""Dependencies: seen accepted, seen refused."""

from pathlib import Path

import pytest

from tests.house.conftest import Write
from tools.checks import dependencies
from tools.lock import inputs_fingerprint, pins, recorded_fingerprint

PROJECT = """
[project]
name = "little"
requires-python = ">=3.11"
dependencies = [
  "numpy>=2,<3",  # columns
]
[dependency-groups]
dev = [
  "pytest>=9",  # tests
]
"""


@pytest.fixture
def project(tmp_path: Path, write: Write) -> Path:
    """A project whose lists are in step."""
    fingerprint = inputs_fingerprint(write("pyproject.toml", PROJECT))
    write("requirements/base.txt", f"# inputs {fingerprint}\nnumpy==2.4.6 \\\n    --hash=sha256:0\n")
    write("requirements/dev.txt", f"# inputs {fingerprint}\nnumpy==2.4.6 \\\n    --hash=sha256:0\npytest==9.0 \\\n")
    return tmp_path


def test_lists_in_step_are_accepted(project: Path) -> None:
    assert dependencies.lock(project) == []


def test_a_dependency_added_without_compiling_is_seen(project: Path, write: Write) -> None:
    write("pyproject.toml", PROJECT.replace('"numpy>=2,<3",', '"numpy>=2,<3", "duckdb>=2",'))
    assert dependencies.lock(project) == [
        "requirements/base.txt n’est pas à jour : ./run lock",
        "requirements/dev.txt n’est pas à jour : ./run lock",
    ]


def test_an_order_or_a_comment_changes_nothing(project: Path, write: Write) -> None:
    write("pyproject.toml", PROJECT.replace("# columns", "# faster columns"))
    assert dependencies.lock(project) == []


def test_development_list_contains_the_other(project: Path) -> None:
    development = project / "requirements" / "dev.txt"
    development.write_text(development.read_text().replace("numpy==2.4.6", "numpy==2.3.0"))
    assert "numpy==2.4.6" in dependencies.lock(project)[0]


def test_a_missing_list_is_out_of_step(project: Path) -> None:
    (project / "requirements" / "base.txt").unlink()
    assert len(dependencies.lock(project)) == 1
    assert recorded_fingerprint(project / "requirements" / "base.txt") is None


def test_each_dependency_says_why(project: Path, write: Write) -> None:
    assert dependencies.reasons(project) == []
    write("pyproject.toml", PROJECT.replace("  # columns", ""))
    assert "numpy" in dependencies.reasons(project)[0]


def test_few_direct_dependencies(project: Path, write: Write) -> None:
    many = "".join(f'  "library{number}",  # reason\n' for number in range(dependencies.DIRECT_DEPENDENCIES))
    write("pyproject.toml", PROJECT.replace("dependencies = [\n", "dependencies = [\n" + many))
    assert "45 au plus" in dependencies.reasons(project)[0]


def test_few_tools_and_they_are_counted_apart(project: Path, write: Write) -> None:
    many = "".join(f'  "tool{number}",  # reason\n' for number in range(dependencies.DEVELOPMENT_TOOLS))
    write("pyproject.toml", PROJECT.replace("dev = [\n", "dev = [\n" + many))
    assert dependencies.reasons(project) == ["pyproject.toml : 26 outils de développement, 25 au plus"]


def test_pins_ignore_hashes_and_markers(write: Write) -> None:
    listed = write("list.txt", "# inputs 0\nnumpy==2.3 ; python_version < '3.12' \\\n    --hash=sha256:00==1\n")
    assert pins(listed) == {"numpy==2.3"}
