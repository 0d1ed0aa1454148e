"""`./run doctor`: what this machine has and lacks, with the line to type. Runs on bare Python, before all the rest."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.commands import ROOT

OLDEST_PYTHON = (3, 11)
FREE_BYTES_WANTED = 3 * 10**9  # environment 0.6 GB, demonstration 0.1 GB, and room to build a store beside another
PLACE_OF_REAL_DATA = "ETABLI_REAL_DATA"


@dataclass(frozen=True)
class Finding:
    """One line of the report: `needed` and absent makes the command fail; absent otherwise is only said."""

    subject: str
    present: bool
    detail: str
    needed: bool = True

    @property
    def mark(self) -> str:
        """✓ present, ✗ needed and absent, – absent but only some commands want it."""
        if self.present:
            return "✓"
        return "✗" if self.needed else "–"


def data_folder() -> Path:
    """Where stores and database live: `ETABLI_DATA`, or `data/` in the project."""
    return Path(os.environ.get("ETABLI_DATA") or ROOT / "data").resolve()


def machine() -> Iterator[Finding]:
    """Python, its installer, room on the disk, the right to write."""
    yield Finding("Python", sys.version_info >= OLDEST_PYTHON, f"{sys.version.split()[0]} ({sys.executable})")
    installer = next((name for name in ("pip", "ensurepip") if importlib.util.find_spec(name)), None)
    has_uv = (ROOT / ".tools" / "uv" / "bin" / "uv").exists()
    yield Finding(
        "Installateur",
        has_uv or installer is not None,
        "uv dans .tools/" if has_uv else installer or "à taper en administrateur : apt-get install -y python3-venv",
    )
    free = shutil.disk_usage(ROOT).free
    yield Finding(
        "Disque", free >= FREE_BYTES_WANTED, f"{free / 1e9:.0f} Go libres, {FREE_BYTES_WANTED / 1e9:.0f} utiles"
    )
    yield Finding("Écriture", os.access(ROOT, os.W_OK), str(ROOT))


def installation() -> Iterator[Finding]:
    """The environment of the project and the browser of the tests."""
    installed = ROOT / ".venv" / "installed.txt"
    lists = {name: ROOT / "requirements" / f"{name}.txt" for name in ("dev", "base")}
    current = installed.read_bytes() if installed.exists() else b""
    in_step = next((name for name, path in lists.items() if path.read_bytes() == current), None)
    yield Finding(
        "Bibliothèques",
        in_step is not None,
        f"requirements/{in_step}.txt" if in_step else "la prochaine commande les installera",
        needed=False,
    )
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    yield Finding(
        "Chromium",
        chromium is not None,
        chromium or "tests de navigateur sautés ; à taper en administrateur : apt-get install -y chromium",
        needed=False,
    )


def contents() -> Iterator[Finding]:
    """The store, the downloaded sources, the official extracts that some tests read."""
    stores = data_folder() / "stores"
    built = (stores / "current").exists()
    yield Finding("Entrepôt", built, str(stores) if built else "aucun : ./run demo en prépare un", needed=False)
    sources = data_folder() / "sources"
    datasets = ", ".join(sorted(path.name for path in sources.iterdir())) if sources.is_dir() else ""
    yield Finding("Sources officielles", bool(datasets), datasets or "aucune : ./run fetch sirene", needed=False)
    real_data = Path(os.environ.get(PLACE_OF_REAL_DATA) or ROOT.parent / "shared" / "data")
    skipped = f"tests real_data sautés ; leur dossier se donne par {PLACE_OF_REAL_DATA}"
    yield Finding("Extraits réels", real_data.is_dir(), str(real_data) if real_data.is_dir() else skipped, needed=False)


def main() -> int:
    """Print the report; 1 when something needed is absent."""
    findings = [*machine(), *installation(), *contents()]
    width = max(len(finding.subject) for finding in findings)
    for finding in findings:
        print(f"{finding.mark} {finding.subject:<{width}}  {finding.detail}")
    return int(any(finding.needed and not finding.present for finding in findings))


if __name__ == "__main__":
    sys.exit(main())
