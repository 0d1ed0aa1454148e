"""`python -m maillage.bench [--only NAME] [--scale S] [--json FILE] [--keep]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from maillage.bench import acts, answers, files, pages, tables
from maillage.bench.figure import Figure, machine
from maillage.bench.scene import Scene
from maillage.errors import MaillageError

MEASURES: dict[str, Callable[[Scene], Iterator[Figure]]] = {
    "generate": files.generate,
    "build": files.build,
    "stock": answers.stock,
    "portrait": answers.portrait,
    "moved_in": answers.moved_in,
    "page": pages.page,
    "nomenclatures": tables.nomenclatures,
    "acts": acts.acts,
    "dashboards": acts.dashboards,
}


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and write the figures; 1 when something refuses to run, with its reason in French."""
    options = _options(arguments)
    folder = Path(os.environ.get("ETABLI_DATA") or "data").resolve() / "bench"
    scene = Scene(folder, options.scale, _say)
    try:
        figures = [one for name in options.only or MEASURES for one in _told(MEASURES[name](scene))]
    except MaillageError as error:
        print(f"La mesure s’arrête\u00a0: {error.message}", file=sys.stderr)
        return 1
    finally:
        if not options.keep:
            scene.remove()
    if options.json:
        options.json.write_text(json.dumps(report(figures, options.scale), ensure_ascii=False, indent=1) + "\n")
    return 0


def report(figures: list[Figure], scale: float) -> dict[str, object]:
    """The whole run as a JSON object."""
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "scale": scale,
        "machine": machine(),
        "figures": [one.as_json() for one in figures],
    }


def _told(found: Iterator[Figure]) -> Iterator[Figure]:
    """The same figures, each printed as soon as it is known."""
    for one in found:
        _say(f"{one.name:<18} {one.value:>10.2f} {one.unit}   {one.what}")
        if one.ratio is not None:
            _say(f"{'':<18} {one.ratio:>10.1f} ×    contre {one.against}")
        if one.ratio_to_limit is not None:
            _say(f"{'':<18} {one.ratio_to_limit:>10.1f} ×    la limite de la machine ({one.limit} {one.unit})")
        yield one


def _say(line: str) -> None:
    print(line, flush=True)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description="Mesure le moteur sur un répertoire engendré.")
    parser.add_argument("--only", action="append", choices=tuple(MEASURES), help="une mesure (répétable)")
    parser.add_argument("--scale", type=float, default=1.0, help="part du million d’établissements (1 par défaut)")
    parser.add_argument("--json", type=Path, help="fichier où écrire les chiffres")
    parser.add_argument("--keep", action="store_true", help="garder les fichiers engendrés dans data/bench")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
