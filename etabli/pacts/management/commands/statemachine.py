"""`./run manage statemachine`: write the page of states again."""

from typing import Any

from django.core.management.base import BaseCommand

from etabli.pacts import diagram


class Command(BaseCommand):
    """Writes `docs/etats-des-conventions.md`."""

    help = "Écrit docs/etats-des-conventions.md depuis les tables d’enchaînement des états."

    def handle(self, *_args: Any, **_options: Any) -> None:
        diagram.PAGE.write_text(diagram.page(), encoding="utf-8")
        self.stdout.write(f"{diagram.PAGE.name} écrit.")
