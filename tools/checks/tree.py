"""The files of the project, as git would see them, without needing git."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tools.commands import ROOT

NOT_OURS = frozenset({".git", ".tools", ".venv", ".cache", "data", "htmlcov", "__pycache__", "node_modules"})


@cache
def files(root: Path = ROOT) -> tuple[Path, ...]:
    """Every file we wrote, sorted; build products, caches and data left out."""
    return tuple(sorted(_walk(root)))


def of_kind(*suffixes: str, root: Path = ROOT) -> list[Path]:
    """Those that end with one of the suffixes."""
    return [path for path in files(root) if path.suffix in suffixes]


def short(path: Path, root: Path = ROOT) -> str:
    """The path as one types it from the project."""
    return path.relative_to(root).as_posix()


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in NOT_OURS or path.name.endswith("_cache"):
            continue
        if path.is_dir():
            yield from _walk(path)
        elif path.suffix != ".pyc":
            yield path
