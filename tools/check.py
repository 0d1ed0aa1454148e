"""`./run check [NAME…]`: every check, or those named; says which fail, counts them, and fails when one does."""

import sys
import time
from collections.abc import Callable

from tools.checks import budgets, dependencies, programs, traces, typography, words

Check = Callable[[], list[str]]

CHECKS: dict[str, tuple[str, Check]] = {
    "lint": ("règles de ruff, complexité comprise", programs.lint),
    "layout": ("mise en forme (./run format)", programs.layout),
    "types": ("types stricts", programs.types),
    "layers": ("couches et cycles", programs.layers),
    "templates": ("gabarits", programs.templates),
    "django": ("contrôles de Django", programs.django),
    "migrations": ("aucun modèle sans sa migration", programs.migrations),
    "sizes": ("taille des fichiers", budgets.sizes),
    "functions": ("longueur des fonctions", budgets.functions),
    "reasons": ("chaque dépendance a sa raison", dependencies.reasons),
    "lock": ("listes verrouillées à jour", dependencies.lock),
    "traces": ("ni dépôt de paquets ni chemin de machine", traces.traces),
    "typography": ("typographie française", typography.typography),
    "pages": ("aucun gabarit sans page", typography.unused_templates),
    "commands": ("commandes documentées", words.commands),
    "indicators": ("indicateurs documentés", words.indicators),
    "map": ("dossiers décrits dans ARCHITECTURE.md", words.map_of_the_code),
    "glossary": ("glossaire fidèle au code", words.glossary),
}


def failed(name: str) -> bool:
    """Run one check and print its verdict, with its complaints; True when it has any."""
    label, check = CHECKS[name]
    start = time.monotonic()
    complaints = check()
    print(f"{'✗' if complaints else '✓'} {name:<11} {label} ({time.monotonic() - start:.1f} s)", flush=True)
    for complaint in complaints:
        print("    " + complaint.replace("\n", "\n    "), flush=True)
    return bool(complaints)


def main(arguments: list[str]) -> int:
    """Run the checks; 0 when all pass, 1 when one fails, 2 when a name is unknown."""
    if unknown := [name for name in arguments if name not in CHECKS]:
        print(f"Contrôle inconnu : {', '.join(unknown)}. Il y a : {', '.join(CHECKS)}.", file=sys.stderr)
        return 2
    names = arguments or list(CHECKS)
    failures = [name for name in names if failed(name)]
    print(f"{len(names) - len(failures)} contrôles passés, {len(failures)} en échec" + ("" if not failures else " : ")
          + ", ".join(failures))  # fmt: skip
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
