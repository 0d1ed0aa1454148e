"""`./run manage succession ANCIEN SUCCESSEUR --on 2026-01-01`: what nobody is left to say in the old organisation."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from etabli.accounts.actions import organisations
from etabli.accounts.models import Organisation
from etabli.accounts.policies import Denied, Keeper
from etabli.ui import french


class Command(BaseCommand):
    """Says in one line who took over what."""

    help = "Dit qui succède à une organisation disparue, quand elle n’a plus d’administrateur pour le dire."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("predecessor", metavar="ANCIEN", help="SIREN de l’organisation disparue")
        parser.add_argument("successor", metavar="SUCCESSEUR", help="SIREN de celle qui prend la suite")
        parser.add_argument("--on", required=True, metavar="AAAA-MM-JJ", help="le premier jour de la suite")
        parser.add_argument("--basis", default="", metavar="TEXTE", help="l’arrêté, la délibération ou le décret")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            day = date.fromisoformat(options["on"])
        except ValueError as error:
            raise CommandError("Écrivez le jour ainsi\u00a0: --on 2026-01-01.") from error
        try:
            made = organisations.succeed(
                predecessor=_known(options["predecessor"]), successor=_known(options["successor"]), on=day,
                legal_basis=str(options["basis"]), by=Keeper(),
            )  # fmt: skip
        except (Denied, ValidationError) as error:
            told = error.messages if isinstance(error, ValidationError) else [error.reason]
            raise CommandError(" ".join(told)) from error
        self.stdout.write(
            f"{made.successor.name} prend la suite de {made.predecessor.name} le {french.long_date(made.on)}."
        )


def _known(typed: str) -> Organisation:
    number = organisations.checked_siren(typed)
    found = Organisation.objects.filter(siren=number).first()
    if found is None:
        raise CommandError(f"Aucune organisation inscrite n’a le SIREN {number}\u00a0: inscrivez-la d’abord.")
    return found
