"""Checks made by other programs: their output is the complaint."""

import sys
from pathlib import Path

from tools.processes import capture


def _said_by(program: str, *arguments: str) -> list[str]:
    # the script beside this interpreter, since import-linter has no `python -m`
    code, said = capture([str(Path(sys.executable).parent / program), *arguments])
    return [said.strip() or f"code de sortie {code}"] if code else []


def lint() -> list[str]:
    """Ruff's rules, complexity included."""
    return _said_by("ruff", "check", "--quiet", "--output-format=concise", ".")


def layout() -> list[str]:
    """Ruff's layout; `./run format` mends it."""
    return _said_by("ruff", "format", "--check", "--quiet", ".")


def types() -> list[str]:
    """Mypy, strict, with the types of Django."""
    return _said_by("mypy", "--no-error-summary")


def layers() -> list[str]:
    """Import contracts: who may import whom."""
    return _said_by("lint-imports", "--no-cache", "--no-logo")


def templates() -> list[str]:
    """Djlint on every template."""
    return _said_by("djlint", "etabli", "--lint", "--quiet")


def django() -> list[str]:
    """Django's own checks, warnings included."""
    return _said_by("python", "manage.py", "check", "--fail-level=WARNING")


def migrations() -> list[str]:
    """No model without its migration."""
    return _said_by("python", "manage.py", "makemigrations", "--check", "--dry-run")
