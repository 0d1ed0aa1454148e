"""`./run manage bundles [--check]`: the roll-up of acts and of their attributions, compared or made again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from etabli.acts import bundles as acts
from etabli.pacts.attributions import bundles as attributions
from etabli.pacts.models import Axis
from etabli.ui import french


class Command(BaseCommand):
    """Says how many acts and attributions are packed, or which bundles differ."""

    help = "Refait les paquets sur lesquels on compte\u00a0; avec --check, les compare seulement aux actes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="comparer sans rien écrire\u00a0; 1 s’ils diffèrent")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["check"]:
            done = french.counted(acts.rebuild(), "acte")
            axes = french.counted(attributions.rebuild(), "rattachement")
            self.stdout.write(f"{done} et {axes} en paquets.")
        elif wrong := _wrong():
            said = ", ".join(wrong)
            raise CommandError(f"Des paquets diffèrent\u00a0: {said}. «\u00a0./run manage bundles\u00a0» les refait.")
        else:
            self.stdout.write("Les paquets sont égaux aux actes et à leurs rattachements.")


def _wrong() -> list[str]:
    kinds = [f"{kind} {year} (organisation {organisation})" for organisation, kind, year in acts.wrong()]
    return kinds + [f"axe {axis}" for axis in Axis.objects.filter(pk__in=attributions.wrong())]
