"""Triggers of append-only tables are made again after each migration: SQLite drops them when it rebuilds a table."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "etabli.audit"
    verbose_name = "journal"

    def ready(self) -> None:
        from etabli.audit import guard  # noqa: PLC0415 - models are not loaded before

        post_migrate.connect(guard.install, dispatch_uid="etabli.audit.guard")
