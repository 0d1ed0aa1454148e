"""An amendment: a copy of the signed content, changed only where its subjects allow, signed again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from etabli.pacts.models.convention import Convention
from etabli.pacts.workflow import AmendmentState
from etabli.registry.models import Perimeter


class Subject(models.TextChoices):
    """What an amendment may change."""

    DATES = "dates", "dates"
    PERIMETER = "perimeter", "périmètre"
    BUDGET = "budget", "montant"
    TARGETS = "targets", "cibles des objectifs"
    PARTIES = "parties", "parties"
    CLAUSE = "clause", "dispositions"


class Amendment(models.Model):
    """`proposed` has the shape of a version's content (see `documents.snapshot`); it becomes one when put to sign."""

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="amendments", verbose_name="convention")
    number = models.PositiveSmallIntegerField("numéro")
    base = models.ForeignKey("pacts.Version", models.PROTECT, related_name="+", verbose_name="version de départ")
    subjects = models.JSONField("objets", default=list)
    reason = models.TextField("raison")
    effective_on = models.DateField("applicable à compter du")
    state = models.CharField(
        "état", max_length=10, choices=AmendmentState, default=AmendmentState.DRAFT, editable=False
    )
    proposed = models.JSONField("contenu proposé")
    perimeter = models.ForeignKey(
        Perimeter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="périmètre proposé"
    )
    made_at = models.DateTimeField("préparé le", default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="préparé par")

    class Meta:
        verbose_name = "avenant"
        verbose_name_plural = "avenants"
        ordering = ["convention", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "number"],
                name="pacts_amendment_number_is_unique",
                violation_error_message="Un autre avenant porte déjà ce numéro.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AmendmentState.values),
                name="pacts_amendment_state_is_known",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.UniqueConstraint(
                fields=["convention"],
                condition=Q(state__in=[AmendmentState.DRAFT, AmendmentState.TO_SIGN]),
                name="pacts_amendment_one_at_a_time",
                violation_error_message="Un avenant est déjà en préparation\u202f: terminez-le ou abandonnez-le.",
            ),
        ]

    def __str__(self) -> str:
        return f"Avenant n°\u00a0{self.number}"
