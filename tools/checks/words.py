"""Documentation that cannot fall behind: commands, indicators, applications and glossary are compared with the code."""

import re
import sys
from pathlib import Path

from tools.checks.tree import files, of_kind, short
from tools.commands import COMMANDS, ROOT
from tools.processes import capture

HISTORY = ("CHANGELOG.md", "docs/adr/")  # what tells the past is no documentation of the present


def documentation(root: Path = ROOT) -> str:
    """All that explains the present state of the project, in one text."""
    pages = [path for path in of_kind(".md", root=root) if not short(path, root).startswith(HISTORY)]
    return "\n".join(path.read_text(encoding="utf-8") for path in pages)


def commands(root: Path = ROOT) -> list[str]:
    """Every command of `./run` is in the documentation."""
    said = documentation(root)
    return [f"./run {command.name} n’est nulle part dans la documentation" for command in COMMANDS
            if f"./run {command.name}" not in said]  # fmt: skip


def indicators(root: Path = ROOT) -> list[str]:
    """Every indicator is in the documentation, between backquotes."""
    said = documentation(root)
    # in another process, so that an engine that does not start is a complaint and not the end of the checks
    code, listed = capture(
        [sys.executable, "-c", "from maillage.indicators import cards; print(*(c.id for c in cards()))"]
    )
    if code:
        return [listed.strip()]
    return [f"« {name} » n’est nulle part dans la documentation" for name in listed.split() if f"`{name}`" not in said]


def map_of_the_code(root: Path = ROOT) -> list[str]:
    """ARCHITECTURE.md names each folder of the engine and each application of the site."""
    said = _page(root / "ARCHITECTURE.md")
    folders = {path.parent for path in files(root) if path.name == "__init__.py"}
    wanted = sorted(
        f"{package}/{folder.name}" for package in ("maillage", "etabli") for folder in folders
        if folder.parent == root / package
    )  # fmt: skip
    return [f"ARCHITECTURE.md ne dit rien de {folder}/" for folder in wanted if f"`{folder}`" not in said]


def glossary(root: Path = ROOT) -> list[str]:
    """Every identifier of GLOSSARY.md (second column) exists in the code."""
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in of_kind(".py", root=root)
        if path.is_relative_to(root / "maillage") or path.is_relative_to(root / "etabli")
    )  # fmt: skip
    words = set(re.findall(r"\w+", code))
    rows = re.findall(r"^\|[^|]+\|([^|]+)\|", _page(root / "GLOSSARY.md"), re.MULTILINE)
    listed = [word for row in rows for name in re.findall(r"`([^`]+)`", row) for word in re.findall(r"\w+", name)]
    if not listed:
        return ["GLOSSARY.md ne donne aucun mot"]
    return [f"GLOSSARY.md : « {word} » n’existe pas dans le code" for word in listed if word not in words]


def _page(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
