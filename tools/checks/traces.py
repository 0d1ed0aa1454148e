"""What must not be committed: the host of a package registry, a path of somebody's machine."""

import re
from pathlib import Path

from tools.checks.tree import files, short
from tools.commands import ROOT

REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|unpkg\.com|jsdelivr\.net|"
    r"^\s*-{1,2}(?:i|index-url|extra-index-url|find-links|trusted-host)[ =]",
    re.MULTILINE,
)
MACHINE = re.compile(r"(?<![\w.~/-])/(?:home|Users|root|work|mnt|media)/\w")


def traces(root: Path = ROOT) -> list[str]:
    """One complaint per line that names a registry or a machine."""
    return [complaint for path in files(root) for complaint in _in_file(path, root)]


def _in_file(path: Path, root: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return []  # a picture, a font, a compressed table
    return [
        f"{short(path, root)}:{text.count(chr(10), 0, found.start()) + 1} : {what} « {found.group().strip()} »"
        for what, pattern in (("hôte d’un dépôt de paquets", REGISTRY), ("chemin d’une machine", MACHINE))
        for found in pattern.finditer(text)
    ]
