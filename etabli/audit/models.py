"""Events: one line per decision or change. Readings: one line each time somebody saw what names a person.

Identifiers, not foreign keys: nothing here blocks a deletion, and an event outlives what it is about.
"""

from django.db import models
from django.utils import timezone


class Event(models.Model):
    """Somebody did something to an object; `changes` holds `{field: [before, after]}` and never personal data."""

    append_only = True

    at = models.DateTimeField("le", default=timezone.now, editable=False)
    actor_id = models.BigIntegerField("auteur", null=True)
    organisation_id = models.BigIntegerField("au titre de", null=True)
    verb = models.CharField("action", max_length=60)
    object_kind = models.CharField("nature de l’objet", max_length=60)
    object_id = models.CharField("identifiant de l’objet", max_length=40)
    changes = models.JSONField("changements", default=dict)

    class Meta:
        verbose_name = "événement du journal"
        verbose_name_plural = "événements du journal"
        indexes = [
            models.Index(fields=["object_kind", "object_id", "at"], name="audit_event_by_object"),
            models.Index(fields=["organisation_id", "at"], name="audit_event_by_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_kind}:{self.object_id}"


class Reading(models.Model):
    """Somebody opened rows that name persons or firms helped; kept for the firm and for the DPO."""

    append_only = True

    at = models.DateTimeField("le", default=timezone.now, editable=False)
    reader_id = models.BigIntegerField("lecteur")
    organisation_id = models.BigIntegerField("au titre de", null=True)
    object_kind = models.CharField("nature de l’objet", max_length=60)
    object_id = models.CharField("identifiant de l’objet", max_length=40, blank=True)
    rows = models.PositiveIntegerField("lignes vues", default=1)
    purpose = models.CharField("page", max_length=120, blank=True)

    class Meta:
        verbose_name = "lecture nominative"
        verbose_name_plural = "lectures nominatives"
        indexes = [
            models.Index(fields=["object_kind", "object_id", "at"], name="audit_reading_by_object"),
            models.Index(fields=["organisation_id", "at"], name="audit_reading_by_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} a lu {self.object_kind}:{self.object_id}"
