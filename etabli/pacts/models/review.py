"""What partners say of a draft: a comment, a correction they ask for, their agreement."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from etabli.accounts.models import Organisation
from etabli.pacts.models.convention import Convention


class RemarkKind(models.TextChoices):
    """What a remark asks for."""

    COMMENT = "comment", "commentaire"
    CORRECTION = "correction", "correction demandée"
    AGREEMENT = "agreement", "accord"


class Remark(models.Model):
    """Who says what, about which part of the text; a correction waits until it is resolved, with an answer."""

    convention = models.ForeignKey(Convention, models.CASCADE, related_name="remarks", verbose_name="convention")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="au titre de")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="auteur")
    kind = models.CharField("nature", max_length=10, choices=RemarkKind, default=RemarkKind.COMMENT)
    part = models.CharField("à propos de", max_length=120, blank=True)
    text = models.TextField("remarque", blank=True)
    written_at = models.DateTimeField("écrite le", default=timezone.now, editable=False)
    answer = models.TextField("réponse", blank=True)
    resolved_at = models.DateTimeField("traitée le", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="traitée par"
    )

    class Meta:
        verbose_name = "remarque"
        verbose_name_plural = "remarques"
        ordering = ["convention", "written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RemarkKind.values),
                name="pacts_remark_kind_is_known",
                violation_error_message="Cette nature de remarque n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(kind=RemarkKind.AGREEMENT) | ~Q(text=""),
                name="pacts_remark_says_something",
                violation_error_message="Écrivez votre remarque.",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="pacts_remark_resolved_by_somebody",
                violation_error_message="Une remarque est traitée par quelqu’un, un jour donné.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.organisation}"
