"""The list of communes that partners signed: named, dated, never changed."""

import hashlib
from typing import Any

from django.db import models
from django.utils import timezone

from maillage.territory import Territory


class Perimeter(models.Model):
    """A signed list of communes, with the day of the official geography it was taken from.

    `communes` is sorted and `sha256` seals it: a merger of communes later changes nothing here (see `queries`).
    """

    append_only = True

    name = models.CharField("nom", max_length=120)
    territory = models.CharField("territoire officiel", max_length=60, blank=True)
    communes = models.JSONField("communes")
    as_of = models.DateField("géographie au")
    sha256 = models.CharField("empreinte", max_length=64, editable=False)
    made_at = models.DateTimeField("établi le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "périmètre"
        verbose_name_plural = "périmètres"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Derive the seal from the sorted list."""
        self.communes = sorted(set(self.communes))
        self.sha256 = seal(self.communes)
        super().save(*args, **kwargs)


def seal(communes: list[str]) -> str:
    """Fingerprint of a list of communes, whatever their order."""
    return hashlib.sha256(",".join(sorted(set(communes))).encode()).hexdigest()


def perimeter_of(territory: Territory) -> Perimeter:
    """An unsaved perimeter with today's members of a territory."""
    return Perimeter(
        name=territory.name,
        territory=territory.key if len(territory.key) <= 60 else "",
        communes=sorted(territory.communes),
        as_of=territory.as_of or timezone.localdate(),
    )
