"""`./run manage bundles [--check]`: the roll-up of the acts, compared with them or made again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from etabli.acts import bundles
from etabli.ui import french


class Command(BaseCommand):
    """Says how many acts are packed, or which bundles differ."""

    help = "Refait les paquets d’actes sur lesquels on compte\u00a0; avec --check, les compare seulement aux actes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="comparer sans rien écrire\u00a0; 1 s’ils diffèrent")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["check"]:
            self.stdout.write(f"{french.counted(bundles.rebuild(), 'acte')} en paquets.")
            return
        if wrong := bundles.wrong():
            said = ", ".join(f"{kind} {year} (organisation {organisation})" for organisation, kind, year in wrong)
            raise CommandError(
                f"Des paquets diffèrent des actes\u00a0: {said}. «\u00a0./run manage bundles\u00a0» les refait."
            )
        self.stdout.write("Les paquets sont égaux aux actes.")
