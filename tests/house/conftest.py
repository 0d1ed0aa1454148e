"""A little project to break."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.checks import tree

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of the little project, whose root is `tmp_path`."""

    def write_one(name: str, text: str) -> Path:
        tree.files.cache_clear()
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write_one
