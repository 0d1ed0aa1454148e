"""Checks made by other programs, with their settings in pyproject.toml: their output is the complaint."""

import sys
from pathlib import Path

from tools.commands import ROOT
from tools.processes import capture


def _said_by(root: Path, program: str, *arguments: str) -> list[str]:
    # the script beside this interpreter, since import-linter has no `python -m`
    code, said = capture([str(Path(sys.executable).parent / program), *arguments], root)
    return [said.strip() or f"code de sortie {code}"] if code else []


def lint(root: Path = ROOT) -> list[str]:
    """Ruff's rules, complexity included."""
    return _said_by(root, "ruff", "check", "--quiet", "--output-format=concise", ".")


def layout(root: Path = ROOT) -> list[str]:
    """Ruff's layout; `./run format` mends it."""
    return _said_by(root, "ruff", "format", "--check", "--quiet", ".")


def types(root: Path = ROOT) -> list[str]:
    """Mypy, strict, with the types of Django."""
    return _said_by(root, "mypy", "--no-error-summary")


def layers(root: Path = ROOT) -> list[str]:
    """Import contracts: who may import whom."""
    return _said_by(root, "lint-imports", "--no-cache", "--no-logo")


def templates(root: Path = ROOT) -> list[str]:
    """Djlint on every template."""
    return _said_by(root, "djlint", "etabli", "--lint", "--quiet")


def django(root: Path = ROOT) -> list[str]:
    """Django's own checks, warnings included."""
    return _said_by(root, "python", "manage.py", "check", "--fail-level=WARNING")


def migrations(root: Path = ROOT) -> list[str]:
    """No model without its migration."""
    return _said_by(root, "python", "manage.py", "makemigrations", "--check", "--dry-run")
