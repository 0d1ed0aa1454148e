"""`./run lock [--upgrade]`: compile the hashed lists of `requirements/` from `pyproject.toml`.

Each list begins with `# inputs <sha256>`, the fingerprint of what was asked for, so that `./run check` sees a list that
is out of step without network and without uv. The lists name no registry: each machine uses the one it is set up for.
"""

import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path

from tools.commands import ROOT
from tools.processes import capture

UV = ROOT / ".tools" / "uv" / "bin" / "uv"
OLDEST_PYTHON = "3.11"
EXTRAS = ("--extra", "postgres")  # installed everywhere: choosing the database is a setting, not another installation
MARK = "# inputs "


def inputs_fingerprint(pyproject: Path) -> str:
    """Sha256 of all that decides the lists: Python versions, dependencies, extras, groups."""
    document = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    project = document["project"]
    asked = [
        project["requires-python"],
        sorted(project["dependencies"]),
        {name: sorted(wanted) for name, wanted in project.get("optional-dependencies", {}).items()},
        {name: sorted(wanted) for name, wanted in document.get("dependency-groups", {}).items()},
    ]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def recorded_fingerprint(requirements: Path) -> str | None:
    """The fingerprint written in a list, or None when the list or the line is absent."""
    if not requirements.exists():
        return None
    first_line = requirements.read_text(encoding="utf-8").split("\n", 1)[0]
    return first_line.removeprefix(MARK) if first_line.startswith(MARK) else None


def pins(requirements: Path) -> set[str]:
    """The `name==version` of a list; a name may have two, for two versions of Python."""
    return set(re.findall(r"^[\w.-]+==[^ ;]+", requirements.read_text(encoding="utf-8"), re.MULTILINE))


def compile_list(name: str, *options: str) -> int:
    """Compile one list and stamp it; returns uv's exit code."""
    target = ROOT / "requirements" / f"{name}.txt"
    code, said = capture([
        str(UV), "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version", OLDEST_PYTHON,
        "--no-header", "--no-annotate", "pyproject.toml", *options, "-o", str(target),
    ])  # fmt: skip
    if code:
        print(said, file=sys.stderr)
        return code
    stamp = f"{MARK}{inputs_fingerprint(ROOT / 'pyproject.toml')}\n"
    listed = target.read_text(encoding="utf-8")
    target.write_text(stamp + re.sub(rf"^{MARK}.*\n", "", listed), encoding="utf-8")
    print(f"requirements/{name}.txt : {len(pins(target))} paquets")
    return 0


def main(arguments: list[str]) -> int:
    """Compile the run-time list, then the development list, which may never move a run-time pin."""
    upgrade = ("--upgrade",) if "--upgrade" in arguments else ()
    return compile_list("base", *EXTRAS, *upgrade) or compile_list(
        "dev", *EXTRAS, "--group", "dev", "-c", "requirements/base.txt", *upgrade
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
