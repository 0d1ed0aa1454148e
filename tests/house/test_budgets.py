"""Sizes: seen accepted, seen refused."""

from pathlib import Path

import pytest

from tests.house.conftest import Write
from tools.checks import budgets


@pytest.mark.parametrize(
    ("name", "most", "line"),
    [
        ("maillage/long.py", budgets.FILE_LINES, "a = 1\n"),
        ("etabli/ui/templates/ui/long.html", budgets.TEMPLATE_LINES, "<p></p>\n"),
        ("etabli/ui/static/ui/long.js", budgets.SCRIPT_LINES, "f();\n"),
    ],
)
def test_a_file_may_reach_its_budget_and_no_more(tmp_path: Path, write: Write, name: str, most: int, line: str) -> None:
    write(name, line * most)
    assert budgets.sizes(tmp_path) == []
    write(name, line * (most + 1))
    assert len(budgets.sizes(tmp_path)) == 1


def test_reference_tables_stay_small(tmp_path: Path, write: Write) -> None:
    write("maillage/reference/places.csv", "a" * budgets.REFERENCE_BYTES)
    assert budgets.sizes(tmp_path) == []
    write("maillage/reference/more.csv", "a")
    assert "maillage/reference/" in budgets.sizes(tmp_path)[0]


def test_a_docstring_does_not_lengthen_a_function() -> None:
    source = "def short():\n" + '    """One.\n\n    Two.\n    """\n' + "    return 1\n"
    assert list(budgets.function_lengths(source)) == [("short", 1, 2)]


def test_no_function_is_longer_than_the_hard_limit(tmp_path: Path, write: Write) -> None:
    short = "".join(f"def f{n}():\n    pass\n" for n in range(100))
    write("maillage/a.py", short + "def g():\n" + "    pass\n" * (budgets.FUNCTION_LINES_EVER - 1))
    assert budgets.functions(tmp_path) == []
    write("maillage/a.py", short + "def g():\n" + "    pass\n" * budgets.FUNCTION_LINES_EVER)
    assert "maillage/a.py:201 g : 61 lignes" in budgets.functions(tmp_path)[0]


def test_few_functions_are_longer_than_forty_lines(tmp_path: Path, write: Write) -> None:
    write("maillage/a.py", "def g():\n" + "    pass\n" * budgets.FUNCTION_LINES)
    assert "1 fonctions sur 1" in budgets.functions(tmp_path)[0]
