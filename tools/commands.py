"""The table of commands: the only list there is; the help, the documentation test and the dispatcher read it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Command:
    """One word after `./run`: a module run with `python -m`, and the arguments put before those of the user.

    `needs` names the list of `requirements/` to install first; "uv" asks for uv alone, "nothing" for bare Python.
    """

    name: str
    line: str
    module: str
    first: tuple[str, ...] = ()
    needs: Literal["nothing", "uv", "base", "dev"] = "base"


COMMANDS: tuple[Command, ...] = (
    Command("demo", "prépare la démonstration (données fictives) et la sert", "etabli.demo"),
    Command("serve", "sert l’application avec vos données", "tools.serve"),
    Command("test", "lance tous les tests, ou ceux des chemins donnés", "tools.test", needs="dev"),
    Command("check", "lance tous les contrôles du code et compte les échecs", "tools.check", needs="dev"),
    Command("format", "met en forme le code et corrige ce qui peut l’être", "tools.format", needs="dev"),
    Command("lock", "recalcule les listes verrouillées de requirements/", "tools.lock", needs="uv"),
    Command("doctor", "dit ce qui manque à cette machine", "tools.doctor", needs="nothing"),
    Command("bench", "mesure le moteur sur un répertoire engendré", "maillage.bench"),
    Command("fetch", "télécharge des fichiers officiels : sirene, contours, bpe, zonages", "maillage", ("fetch",)),
    Command("reference", "rafraîchit les tables de référence depuis un fichier officiel", "maillage", ("reference",)),
    Command("maillage", "interroge le moteur : build, show, rows, indicators, diff, check", "maillage"),
    Command("assets", "prépare les fichiers du site (police allégée pour le web)", "etabli.papers.assets"),
    Command("manage", "lance une commande d’administration de Django", "manage"),
)


HELP = Command("help", "énumère les commandes", "tools", needs="nothing")
ASKING_FOR_HELP = ("help", "-h", "--help")


def find(name: str) -> Command | None:
    """The command of that name, or None."""
    if name in ASKING_FOR_HELP:
        return HELP
    return next((command for command in COMMANDS if command.name == name), None)


def listing() -> str:
    """The help: one line per command, aligned."""
    width = max(len(command.name) for command in COMMANDS)
    lines = [f"  ./run {command.name:<{width}}  {command.line}" for command in COMMANDS]
    return "\n".join(["Établi : les commandes", *lines])
