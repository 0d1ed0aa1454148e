"""The mission letter of a developer: which share of the year's time goes to which axis, signed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from etabli.pacts.models.convention import Axis, Convention


class MissionLetter(models.Model):
    """What a developer does for a convention in a year. Once signed, its shares change no more."""

    developer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mission_letters", verbose_name="développeur"
    )
    convention = models.ForeignKey(
        Convention, models.PROTECT, related_name="mission_letters", verbose_name="convention"
    )
    year = models.PositiveSmallIntegerField("année")
    signed_on = models.DateField("signée le", null=True, blank=True)
    document = models.ForeignKey(
        "papers.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lettre signée"
    )

    class Meta:
        verbose_name = "lettre de mission"
        verbose_name_plural = "lettres de mission"
        ordering = ["-year", "developer", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["developer", "convention", "year"],
                name="pacts_mission_once_a_year",
                violation_error_message="Cette personne a déjà une lettre de mission pour cette année.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.developer}, {self.year}"


class MissionShare(models.Model):
    """An axis of a mission letter, and its percentage of the time."""

    letter = models.ForeignKey(MissionLetter, models.CASCADE, related_name="shares", verbose_name="lettre")
    axis = models.ForeignKey(Axis, models.PROTECT, related_name="+", verbose_name="axe")
    percent = models.PositiveSmallIntegerField("part du temps (%)")

    class Meta:
        verbose_name = "part d’une mission"
        verbose_name_plural = "parts d’une mission"
        ordering = ["letter", "-percent", "axis"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100),
                name="pacts_mission_share_is_a_percentage",
                violation_error_message="Une part du temps va de 1 à 100\u00a0%%.",
            ),
            models.UniqueConstraint(
                fields=["letter", "axis"],
                name="pacts_mission_share_once_per_axis",
                violation_error_message="Cet axe est déjà dans la lettre de mission.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.axis} ({self.percent}\u00a0%)"
