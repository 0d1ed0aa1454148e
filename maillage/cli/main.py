"""Entry point: reads the command, then loads only the module that runs it, so that `show` starts at once."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from pathlib import Path

from maillage.cli.parser import USAGE_ERROR, FrenchParser
from maillage.cli.refusals import system_refusal
from maillage.errors import MaillageError
from maillage.scope import ActivityScope, SizeScope

PROGRAM = "./run maillage"
INTERRUPTED = 130
FORMATS = ("table", "csv", "json")
COMMANDS = {
    "build": "construit un entrepôt de données à partir d’un dossier de fichiers officiels",
    "show": "répond à une question : un indicateur, un territoire, une date ou une période",
    "rows": "liste les établissements qui font un chiffre public",
    "indicators": "liste les indicateurs, ou montre la fiche de l’un d’eux",
    "diff": "dit ce qui a bougé entre deux entrepôts",
    "daily": "charge des fichiers quotidiens de Sirene pour la veille, ou liste ceux qui le sont",
    "check": "vérifie l’entrepôt et montre son rapport de construction",
    "fetch": "télécharge les fichiers officiels",
    "reference": "rafraîchit les tables de référence depuis un fichier officiel",
}
_MORE = {
    "fetch": """\
Les adresses de «\u00a0sirene\u00a0» et de «\u00a0contours\u00a0» sont connues. L’Insee change chaque année celle de la
BPE\u00a0: la donner dans un fichier JSON que nomme la variable ETABLI_SOURCES. Un jeu nommé remplace ses adresses.
  {"bpe": {"BPE2024": "https://…"}, "contours": {"communes": {"url": "https://…", "sha256": "…"}}}

Sans réseau, ou déjà téléchargé\u00a0: poser le fichier (contours en GeoJSON, BPE en CSV) dans le dossier que lit
«\u00a0build --source\u00a0», à côté de ceux de Sirene. Il est reconnu à son contenu.""",
}


def main(arguments: list[str]) -> int:
    """Run a command. Returns 0, or 2 after a French message on stderr; never a traceback for bad input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal in Latin-1 has no narrow space
    options = _parser().parse_args(arguments)
    try:
        module = importlib.import_module(f"maillage.cli.{options.command}")
        return int(module.run(options))
    except MaillageError as refused:
        print(f"Erreur : {refused.message}", file=sys.stderr)
        return USAGE_ERROR
    except KeyboardInterrupt:
        print("Interrompu.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # « | head » closed the pipe: the reader has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"Erreur : {system_refusal(error)}", file=sys.stderr)
        return USAGE_ERROR


def _parser() -> argparse.ArgumentParser:
    parser = FrenchParser(prog=PROGRAM, description="Moteur de données d’Établi : le tissu artisanal d’un territoire.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMANDE", title="commandes")
    added = {
        name: commands.add_parser(
            name,
            prog=f"{PROGRAM} {name}",
            help=text,
            description=f"{text[0].upper()}{text[1:]}.",
            epilog=_MORE.get(name),
        )
        for name, text in COMMANDS.items()
    }
    for name in ("show", "rows"):
        _add_question(added[name])
    _add_part(added["rows"])
    added["rows"].add_argument("--limit", type=int, metavar="N", help="au plus N établissements")
    added["indicators"].add_argument("indicator", nargs="?", metavar="INDICATEUR", help="montre sa fiche entière")
    _add_format(added["indicators"])
    _add_sources(added)
    _add_stores(added)
    return parser


def _add_question(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("indicator", metavar="INDICATEUR", help="identifiant, voir « indicators »")
    add(
        "--where",
        required=True,
        metavar="TERRITOIRE",
        help="commune:62498, commune:69384, epci:246200364, departement:62, region:32, france, liste:62498,62510",
    )
    add("--on", metavar="DATE", help="état au début de ce jour : 2026-10-01")
    add("--during", metavar="DE..A", help="période, les deux bouts compris : 2015-01-01..2024-12-31 ou 2015..2024")
    add(
        "--scope",
        choices=[str(scope) for scope in ActivityScope],
        default=str(ActivityScope.ACTIVITY),
        help="activité : certain (code NAFA), activity (entièrement artisanale, par défaut), possible (en partie)",
    )
    add(
        "--size",
        choices=[str(size) for size in SizeScope],
        default=str(SizeScope.UPTO10),
        help="salariés de l’unité légale, au plus (10 par défaut) ; known : 10 au plus et effectif connu",
    )
    add("--by", metavar="PAR", help="trade, commune, year, month, size, sector, legal, zone ou zone:NOM")
    add("--trade", metavar="MÉTIER", help="un seul métier : boulangerie, coiffure…")
    add("--sector", metavar="SECTEUR", help="un seul secteur : alimentation, batiment, fabrication, services")
    add("--no-links", dest="links", action="store_false", help="sans les liens de succession")  # fmt: skip
    _add_store(parser)
    _add_format(parser)


def _add_part(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--legal", choices=("sole", "company", "unknown"), help="entreprises individuelles, sociétés, forme inconnue")
    add("--zone", metavar="NOM:NIVEAU", help='un niveau d’un zonage chargé, comme density:"Petites villes"')


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", type=Path, metavar="DOSSIER", help="entrepôt (par défaut, celui en cours)")


def _add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default="table", help="table (par défaut), csv ou json")


def _add_sources(added: dict[str, FrenchParser]) -> None:
    build = added["build"].add_argument
    build("--source", type=Path, required=True, metavar="DOSSIER", help="dossier des fichiers officiels")
    build("--out", type=Path, metavar="DOSSIER", help="dossier des entrepôts (par défaut, data/stores)")
    build("--covers", metavar="TERRITOIRE", help="territoire que les fichiers contiennent en entier")
    build("--on", metavar="DATE", help="date des fichiers, quand ils ne la disent pas")
    fetch = added["fetch"].add_argument
    fetch("dataset", metavar="JEU", help="sirene, contours, bpe ou zonages")
    fetch("--out", type=Path, metavar="DOSSIER", help="dossier d’arrivée (par défaut, data/sources)")
    reference = added["reference"].add_argument
    reference("--from", dest="package", type=Path, required=True, metavar="FICHIER",
              help="paquet @etalab/decoupage-administratif (.tgz, ou dossier)")  # fmt: skip
    reference("--on", metavar="DATE", help="date du découpage, quand le paquet ne la dit pas")


def _add_stores(added: dict[str, FrenchParser]) -> None:
    added["daily"].add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FICHIER",
        help="réponses de l’API Sirene (JSON)\u202f; sans fichier, la liste",
    )
    _add_store(added["check"])
    _add_format(added["check"])
    diff = added["diff"]
    diff.add_argument(
        "--from", dest="old", type=Path, metavar="DOSSIER", help="entrepôt d’avant (le précédent par défaut)"
    )
    diff.add_argument(
        "--daily", type=Path, metavar="FICHIER", help="réponses de l’API Sirene (JSON), au lieu de deux entrepôts"
    )
    diff.add_argument("--where", metavar="TERRITOIRE", help="un seul territoire")
    _add_store(diff)
    _add_format(diff)
