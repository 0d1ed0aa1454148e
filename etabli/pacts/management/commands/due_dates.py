"""`./run manage due_dates [--on 2026-12-01]`: the daily round, for cron or a systemd timer."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from etabli.pacts.changes import effect
from etabli.pacts.duties.actions import make_round


class Command(BaseCommand):
    """Says in one line what it did."""

    help = (
        "Applique les avenants dont le jour est venu, passe les conventions finies à «\u00a0échue\u00a0», "
        "annonce les échéances une seule fois, envoie les avis."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", default="", metavar="AAAA-MM-JJ", help="le jour à considérer (aujourd’hui)")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            day = date.fromisoformat(options["on"]) if options["on"] else timezone.localdate()
        except ValueError as error:
            raise CommandError("Écrivez le jour ainsi\u00a0: --on 2026-12-01.") from error
        applied = effect.apply_all(on=day)  # first: an amendment may postpone an end
        made = make_round(on=day)
        self.stdout.write(
            f"{applied} avenant(s) en vigueur, {made.expired} échue(s), {made.told} avis nouveaux, "
            f"{made.sent} message(s) envoyé(s)."
        )
