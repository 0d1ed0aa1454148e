"""The Word template an organisation prints its conventions from: uploaded, checked, replaced, never overwritten."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from etabli.accounts.models import Organisation
from etabli.papers.models import Document


class Template(models.Model):
    """One uploaded template. The last row of an organisation stands; without document, the standard one does."""

    append_only = True

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="templates", verbose_name="organisation"
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="modèle Word"
    )
    added_at = models.DateTimeField("déposé le", default=timezone.now, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="déposé par")

    class Meta:
        verbose_name = "modèle de convention"
        verbose_name_plural = "modèles de convention"
        ordering = ["organisation", "pk"]

    def __str__(self) -> str:
        return str(self.document or "modèle standard")
