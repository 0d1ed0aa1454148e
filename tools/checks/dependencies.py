"""What we depend on: few libraries, each with its reason, and lists in step with what is asked for."""

import re
import tomllib
from pathlib import Path

from tools.commands import ROOT
from tools.lock import inputs_fingerprint, pins, recorded_fingerprint

DIRECT_DEPENDENCIES = 45  # of the product
DEVELOPMENT_TOOLS = 25


def reasons(root: Path = ROOT) -> list[str]:
    """At most 45 direct dependencies and 25 tools, each with a comment on its line of pyproject.toml."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    product = [
        *document["project"]["dependencies"],
        *(line for group in document["project"].get("optional-dependencies", {}).values() for line in group),
    ]
    tools = [line for group in document.get("dependency-groups", {}).values() for line in group]
    complaints = [
        f"pyproject.toml : « {line} » n’a pas sa raison en commentaire"
        for line in (*product, *tools)
        if not re.search(rf'"{re.escape(line)}",?\s*#\s*\S', text)
    ]
    if len(product) > DIRECT_DEPENDENCIES:
        complaints.append(f"pyproject.toml : {len(product)} dépendances directes, {DIRECT_DEPENDENCIES} au plus")
    if len(tools) > DEVELOPMENT_TOOLS:
        complaints.append(f"pyproject.toml : {len(tools)} outils de développement, {DEVELOPMENT_TOOLS} au plus")
    return complaints


def lock(root: Path = ROOT) -> list[str]:
    """The hashed lists were made from today's pyproject.toml, and the development one contains the other."""
    lists = {name: root / "requirements" / f"{name}.txt" for name in ("base", "dev")}
    wanted = inputs_fingerprint(root / "pyproject.toml")
    stale = [name for name, path in lists.items() if recorded_fingerprint(path) != wanted]
    if stale:
        return [f"requirements/{name}.txt n’est pas à jour : ./run lock" for name in stale]
    missing = pins(lists["base"]) - pins(lists["dev"])
    return [f"requirements/dev.txt n’a pas {pin}, que base.txt demande : ./run lock" for pin in sorted(missing)]
