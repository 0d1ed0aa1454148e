"""The files of the project, as git would see them, without needing git."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tools.commands import ROOT

NOT_OURS = frozenset({"data", "htmlcov", "__pycache__"})
OURS_THOUGH_HIDDEN = frozenset({".ci", ".gitignore"})


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
        hidden = path.name.startswith(".") and path.name not in OURS_THOUGH_HIDDEN
        if hidden or path.name in NOT_OURS or path.suffix == ".pyc":
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path
