"""Notices, and what each person wants to hear of."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from etabli.notices.kinds import Kind


class Notice(models.Model):
    """One thing said to one person, once: `key` names what it is about and when (« ending:12:2020-11-16 »)."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="destinataire"
    )
    kind = models.CharField("nature", max_length=20, choices=Kind)
    key = models.CharField("clé", max_length=120)
    subject = models.CharField("objet", max_length=200)
    text = models.TextField("texte", blank=True)
    address = models.CharField("page", max_length=200, blank=True)
    made_at = models.DateTimeField("fait le", default=timezone.now, editable=False)
    mailed_at = models.DateTimeField("envoyé le", null=True, blank=True)
    dismissed_at = models.DateTimeField("masqué le", null=True, blank=True)

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "key"],
                name="notices_notice_said_once",
                violation_error_message="Cette personne en est déjà avertie.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Preference(models.Model):
    """What a person wants for one kind. Without a row: in the page and by e-mail."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences", verbose_name="personne"
    )
    kind = models.CharField("nature", max_length=20, choices=Kind)
    in_page = models.BooleanField("dans la page", default=True)
    by_mail = models.BooleanField("par courrier électronique", default=True)

    class Meta:
        verbose_name = "préférence d’avis"
        verbose_name_plural = "préférences d’avis"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                name="notices_preference_once_per_kind",
                violation_error_message="Cette préférence existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.kind}"
