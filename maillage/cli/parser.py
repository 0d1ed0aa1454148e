"""argparse in French: help, headings and refusals."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any, NoReturn

USAGE_ERROR = 2
_REFUSALS = (
    (r"the following arguments are required: (.+)", r"il manque : \1"),
    (r"unrecognized arguments: (.+)", r"argument inconnu : \1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 : \2 n’existe pas ; choisir parmi \3"),
    (r"argument (.+?): expected one argument", r"\1 : il manque une valeur"),
    (r"argument (.+?): expected at least one argument", r"\1 : il manque une valeur"),
    (r"argument (.+?): invalid .+? value: (.+)", r"\1 : \2 n’est pas une valeur possible"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 et \2 ne vont pas ensemble"),
    (r"ambiguous option: (.+) could match (.+)", r"option ambiguë : \1 (\2)"),
)


class FrenchParser(argparse.ArgumentParser):
    """A parser whose texts are French; sub-parsers are of the same class."""

    def __init__(self, *, prog: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_FrenchHelp,
        )
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="montre cette aide")

    def error(self, message: str) -> NoReturn:
        """Refuse in French, on stderr, with exit code 2."""
        for pattern, french in _REFUSALS:
            message = re.sub(pattern, french, message)
        self.print_usage(sys.stderr)
        self.exit(USAGE_ERROR, f"Erreur : {message}.\nAide : {self.prog} -h\n")


class _FrenchHelp(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """« usage » with the French space before its colon."""
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)
