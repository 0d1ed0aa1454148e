"""The person or firm that is helped: one file from the first idea to the third SIRET.

`Beneficiary` is opaque; `BeneficiaryIdentity` says who it was and when; `BeneficiaryMerge` joins two that turned out to
be one, and can be undone. Distinct counts run on `canonical_id`, or the row itself when it is null.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class BeneficiaryKind(models.TextChoices):
    """Who is helped."""

    FIRM = "firm", "entreprise"
    PERSON = "person", "porteur de projet"


class Beneficiary(models.Model):
    """Somebody who is helped. Anonymising deletes the identities and leaves this row, so that no count changes."""

    key = models.UUIDField("clé", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("nature", max_length=10, choices=BeneficiaryKind)
    canonical = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="rattaché à"
    )
    opened_at = models.DateTimeField("ouvert le", default=timezone.now, editable=False)
    anonymised_at = models.DateTimeField("anonymisé le", null=True, blank=True)

    class Meta:
        verbose_name = "bénéficiaire"
        verbose_name_plural = "bénéficiaires"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=BeneficiaryKind.values),
                name="registry_beneficiary_kind_is_known",
                violation_error_message="Un bénéficiaire est une entreprise ou un porteur de projet.",
            ),
            models.CheckConstraint(
                condition=Q(canonical__isnull=True) | ~Q(canonical=F("id")),
                name="registry_beneficiary_is_not_merged_into_itself",
                violation_error_message="Un bénéficiaire ne peut pas être rattaché à lui-même.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {str(self.key)[:8]}"


class BeneficiaryIdentity(models.Model):
    """Who a beneficiary was between two dates (`valid_to` excluded): a person, a SIREN, a SIRET."""

    beneficiary = models.ForeignKey(Beneficiary, models.CASCADE, related_name="identities", verbose_name="bénéficiaire")
    name = models.CharField("nom ou dénomination", max_length=200)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    commune = models.CharField("commune (code officiel)", max_length=5, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    source = models.CharField("source", max_length=60)
    valid_from = models.DateField("depuis le")
    valid_to = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "identité"
        verbose_name_plural = "identités"
        ordering = ["-valid_from", "-pk"]
        indexes = [
            models.Index(fields=["siret"], name="registry_identity_by_siret"),
            models.Index(fields=["siren"], name="registry_identity_by_siren"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(siret="") | Q(siret__startswith=F("siren")),
                name="registry_identity_siret_starts_with_siren",
                violation_error_message="Le SIRET commence par le SIREN de l’entreprise.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="registry_identity_ends_after_it_starts",
                violation_error_message="Une identité se termine après son début.",
            ),
            models.UniqueConstraint(
                fields=["siret"],
                condition=Q(valid_to__isnull=True) & ~Q(siret=""),
                name="registry_identity_one_file_per_siret",
                violation_error_message="Un dossier existe déjà pour cet établissement.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BeneficiaryMerge(models.Model):
    """Two beneficiaries are one; undone when `undone_at` is set. `moved` keeps what pointed where, for the way back."""

    kept = models.ForeignKey(Beneficiary, models.PROTECT, related_name="merges_kept", verbose_name="dossier gardé")
    absorbed = models.ForeignKey(
        Beneficiary, models.PROTECT, related_name="merges_absorbed", verbose_name="dossier rattaché"
    )
    reason = models.CharField("raison", max_length=200)
    at = models.DateTimeField("le", default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par")
    undone_at = models.DateTimeField("défait le", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="défait par"
    )
    moved = models.JSONField("dossiers déplacés", default=list)

    class Meta:
        verbose_name = "rattachement"
        verbose_name_plural = "rattachements"
        constraints = [
            models.CheckConstraint(
                condition=~Q(kept=F("absorbed")),
                name="registry_merge_joins_two",
                violation_error_message="Un rattachement réunit deux dossiers différents.",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="registry_merge_undone_by_somebody",
                violation_error_message="Un rattachement est défait par quelqu’un, un jour donné.",
            ),
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="registry_merge_absorbed_once",
                violation_error_message="Ce dossier est déjà rattaché à un autre.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.kept}"
