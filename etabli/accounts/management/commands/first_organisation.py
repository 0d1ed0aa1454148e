"""`./run manage first_organisation SIREN ADRESSE --name "…"`: what nobody can do from a page of an empty site."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from etabli.accounts.actions import founding
from etabli.accounts.models import OrganisationKind
from etabli.accounts.policies import Denied, Keeper


class Command(BaseCommand):
    """Says who administers what, and prints the link that the message carries."""

    help = "Inscrit une organisation et nomme son premier administrateur, qui reçoit un lien par message."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("siren", metavar="SIREN", help="neuf chiffres, ou un SIRET")
        parser.add_argument("email", metavar="ADRESSE", help="celle du premier administrateur")
        parser.add_argument("--name", default="", metavar="NOM", help="le nom complet de l’organisation")
        parser.add_argument(
            "--kind", default=OrganisationKind.CHAMBER.value, choices=OrganisationKind.values, help="sa nature"
        )
        parser.add_argument("--person", default="", metavar="PERSONNE", help="prénom et nom de l’administrateur")

    def handle(self, *_args: Any, **options: Any) -> None:
        asked = {name: str(options[name]).strip() for name in ("siren", "email", "kind", "name", "person")}
        try:
            made = founding.found(**asked, by=Keeper())
        except (Denied, ValidationError) as error:
            told = error.messages if isinstance(error, ValidationError) else [error.reason]
            raise CommandError(" ".join(told)) from error
        self.stdout.write(f"{made.user.email} administre {made.organisation.name}.")
        try:
            founding.tell(made)
            self.stdout.write("Un message lui porte ce lien, qui vaut trois jours\u00a0:" if not made.known else
                              "Un message lui dit d’entrer par\u00a0:")  # fmt: skip
        except OSError as error:
            self.stderr.write(f"Le message n’est pas parti ({error}). Remettez-lui ce lien vous-même\u00a0:")
        self.stdout.write(made.link)
