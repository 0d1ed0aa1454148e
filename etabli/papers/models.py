"""A file that somebody gave or that the house made: kept outside the web root, sealed by its fingerprint."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Document(models.Model):
    """One stored file. `organisation_id` is who it belongs to: lower layers do not know organisations."""

    append_only = True

    key = models.UUIDField("clé", default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nom", max_length=150)
    media_type = models.CharField("type", max_length=100)
    size = models.PositiveBigIntegerField("octets")
    sha256 = models.CharField("empreinte", max_length=64)
    path = models.CharField(
        "emplacement", max_length=200, help_text="sous MEDIA_ROOT\u202f; plusieurs noms, un contenu"
    )
    organisation_id = models.BigIntegerField("organisation", null=True)
    added_at = models.DateTimeField("ajouté le", default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="ajouté par"
    )

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documents"
        indexes = [models.Index(fields=["sha256"], name="papers_document_by_sha256")]

    def __str__(self) -> str:
        return self.name
