"""A signed version never changes: its content, its PDF, its fingerprints, and who signed it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from etabli.accounts.models import Organisation
from etabli.pacts.models.amendment import Amendment
from etabli.pacts.models.convention import Convention, Party
from etabli.papers.models import Document


class Version(models.Model):
    """What was put to signature: `content` as written that day, `sha256` of it, and the PDF that says the same.

    `applies_from` is the first day it reads at once signed; `key` is what the QR on each page names.
    """

    append_only = True

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="versions", verbose_name="convention")
    amendment = models.ForeignKey(
        Amendment, models.PROTECT, null=True, blank=True, related_name="versions", verbose_name="avenant"
    )
    number = models.PositiveSmallIntegerField("version")
    key = models.UUIDField("clé", default=uuid.uuid4, unique=True, editable=False)
    content = models.JSONField("contenu")
    sha256 = models.CharField("empreinte du contenu", max_length=64)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="PDF")
    applies_from = models.DateField("applicable à compter du")
    made_at = models.DateTimeField("arrêtée le", default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="arrêtée par")

    class Meta:
        verbose_name = "version"
        verbose_name_plural = "versions"
        ordering = ["convention", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "number"],
                name="pacts_version_number_is_unique",
                violation_error_message="Une autre version porte déjà ce numéro.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.convention}, version {self.number}"


class Method(models.TextChoices):
    """How a party signed."""

    ELECTRONIC = "electronic", "signature électronique simple"
    PAPER = "paper", "signature sur papier"


class Signature(models.Model):
    """One party signed one version. `organisation` is who signed: the party, or the one that succeeded it.

    `seal` binds the version's fingerprint, the party, the person and the time; see `signatures.provider`.
    """

    append_only = True

    version = models.ForeignKey(Version, models.PROTECT, related_name="signatures", verbose_name="version")
    party = models.ForeignKey(Party, models.PROTECT, related_name="signatures", verbose_name="partie")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="au nom de")
    method = models.CharField("procédé", max_length=10, choices=Method)
    signed_on = models.DateField("signée le")
    recorded_at = models.DateTimeField("enregistrée le", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="enregistrée par"
    )
    name = models.CharField("signataire", max_length=120)
    title = models.CharField("qualité", max_length=160, blank=True)
    version_sha256 = models.CharField("empreinte signée", max_length=64)
    seal = models.CharField("sceau", max_length=64)
    scan = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="exemplaire signé"
    )

    class Meta:
        verbose_name = "signature"
        verbose_name_plural = "signatures"
        ordering = ["version", "recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "party"],
                name="pacts_signature_once_per_party",
                violation_error_message="Cette partie a déjà signé cette version.",
            ),
            models.CheckConstraint(
                condition=Q(method=Method.PAPER, scan__isnull=False) | Q(method=Method.ELECTRONIC, scan__isnull=True),
                name="pacts_signature_on_paper_has_its_scan",
                violation_error_message="Une signature sur papier a son exemplaire numérisé, et elle seule.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}, {self.version}"
