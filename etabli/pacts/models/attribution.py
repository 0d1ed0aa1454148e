"""Which axis an act serves, and for which share: proposed by rule, the author's choice first, never overwritten."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from etabli.acts.models import Act
from etabli.pacts.models.convention import Axis


class Attribution(models.Model):
    """An act counts in an axis for `share` percent. The last row of (act, axis) stands; a share of 0 withdraws it."""

    append_only = True

    act = models.ForeignKey(Act, models.PROTECT, related_name="attributions", verbose_name="acte")
    axis = models.ForeignKey(Axis, models.PROTECT, related_name="attributions", verbose_name="axe")
    share = models.PositiveSmallIntegerField("part (%)", default=100)
    at = models.DateTimeField("le", default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="par")
    reason = models.CharField("raison", max_length=120, blank=True)

    class Meta:
        verbose_name = "rattachement à un axe"
        verbose_name_plural = "rattachements à un axe"
        indexes = [
            models.Index(fields=["axis", "act"], name="pacts_attribution_by_axis"),
            models.Index(fields=["axis", "share"], name="pacts_attribution_by_share"),  # is any of them a part?
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(share__lte=100),
                name="pacts_attribution_share_is_a_percentage",
                violation_error_message="Une part va de 0 à 100\u00a0%%.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} → {self.axis} ({self.share}\u00a0%)"


class AttributionBundle(models.Model):
    """Attributions to one axis, packed for counting; written with each of them, never alone.

    `packed` holds `size` records of `attributions.bundles.RECORD`.
    """

    axis = models.ForeignKey(Axis, models.PROTECT, related_name="+", verbose_name="axe")
    size = models.PositiveSmallIntegerField("rattachements")
    packed = models.BinaryField("rattachements, en colonnes")

    class Meta:
        verbose_name = "paquet de rattachements"
        verbose_name_plural = "paquets de rattachements"

    def __str__(self) -> str:
        return f"{self.axis}\u00a0: {self.size}"
