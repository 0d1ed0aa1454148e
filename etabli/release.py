"""What makes the same question give another page: the code and tables that run, and the settings that pages show."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

import maillage

PACKAGES = (Path(__file__).parent, Path(maillage.__file__).parent)
KINDS = frozenset({".py", ".html", ".css", ".js", ".typ", ".csv", ".svg"})
SHOWN = ("DEMO", "PUBLIC_URL", "LEGAL_NOTICE", "PUBLISHED_TERRITORIES")  # settings that a page or a file depends on


def mark() -> str:
    """Changes when the code, a table of reference or a setting that is shown changes."""
    shown = [getattr(settings, name) for name in SHOWN]
    told = repr([sorted(value) if isinstance(value, frozenset) else value for value in shown])
    return f"{code(PACKAGES)} {told}"


@cache
def code(folders: tuple[Path, ...]) -> str:
    """Hash of the files of these folders, read once: the code that runs does not change under it."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in KINDS):
            digest.update(f"{path.relative_to(folder)} ".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
