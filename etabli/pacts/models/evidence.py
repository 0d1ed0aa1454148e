"""A figure that somebody typed: its day, its document and its author; never added to counted rows."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from etabli.pacts.models.objective import Objective


class Evidence(models.Model):
    """What a document says of an objective on a day. A row that `replaces` another corrects it, or takes it back."""

    append_only = True

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="evidence", verbose_name="objectif")
    day = models.DateField("au")
    value = models.DecimalField("chiffre", max_digits=14, decimal_places=2)
    label = models.CharField("ce que dit la pièce", max_length=200)
    document = models.ForeignKey("papers.Document", models.PROTECT, related_name="+", verbose_name="pièce")
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="saisi par")
    typed_at = models.DateTimeField("saisi le", default=timezone.now, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="remplace"
    )
    withdrawn = models.BooleanField("retrait", default=False)
    reason = models.CharField("raison", max_length=200, blank=True)

    class Meta:
        verbose_name = "chiffre saisi"
        verbose_name_plural = "chiffres saisis"
        ordering = ["objective", "day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(label=""),
                name="pacts_evidence_says_what_it_is",
                violation_error_message="Dites ce que compte la pièce.",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="pacts_evidence_is_positive",
                violation_error_message="Un chiffre saisi n’est pas négatif.",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="pacts_evidence_does_not_replace_itself",
                violation_error_message="Un chiffre saisi ne se remplace pas lui-même.",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, withdrawn=False, reason="")
                | (Q(replaces__isnull=False) & ~Q(reason="")),
                name="pacts_evidence_change_has_a_reason",
                violation_error_message="Dites pourquoi ce chiffre est corrigé ou retiré.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.day})"
