"""The ledger. An act holds no name, no text, no SIREN; a mistake is corrected by a reversing act."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from etabli.acts.kinds import ActKind, Confidentiality, Origin
from etabli.registry.models import Beneficiary


class Act(models.Model):
    """Something was done. `(kind, source)` is unique, so that recording twice changes nothing.

    `day` is the local calendar; `commune` the official code that day; `trade`, `band` and `qpv` what they were that
    day, or empty when unknown. `themes` is "|numerique|energie|", sorted. A reversing act carries the day and the
    negated measures of what it reverses.
    """

    append_only = True

    kind = models.CharField("nature", max_length=30, choices=ActKind)
    day = models.DateField("jour")
    recorded_at = models.DateTimeField("enregistré le", default=timezone.now, editable=False)
    beneficiary = models.ForeignKey(
        Beneficiary, models.PROTECT, null=True, blank=True, related_name="acts", verbose_name="bénéficiaire"
    )
    commune = models.CharField("commune (code officiel)", max_length=5, blank=True)
    qpv = models.CharField("quartier prioritaire", max_length=8, blank=True)
    trade = models.CharField("métier", max_length=60, blank=True)
    band = models.CharField("tranche d’effectif", max_length=2, blank=True)
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="acts", verbose_name="organisation"
    )
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="acts", verbose_name="agent"
    )
    minutes = models.IntegerField("minutes", default=0)
    amount = models.BigIntegerField("montant (centimes)", default=0)
    quantity = models.IntegerField("quantité", default=1)
    themes = models.CharField("thèmes", max_length=200, blank=True)
    origin = models.CharField("origine", max_length=10, choices=Origin, default=Origin.DIARY)
    placement = models.CharField("code de placement ou de lien", max_length=40, blank=True)
    confidentiality = models.CharField(
        "confidentialité", max_length=10, choices=Confidentiality, default=Confidentiality.NORMAL
    )
    source = models.CharField("source (application:identifiant)", max_length=80)
    proof = models.ForeignKey(
        "papers.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pièce justificative"
    )
    proof_sha256 = models.CharField("empreinte de la pièce", max_length=64, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name="annule"
    )

    class Meta:
        verbose_name = "acte"
        verbose_name_plural = "actes"
        ordering = ["-day", "-pk"]
        indexes = [
            # Everything an objective asks: the count never leaves the index.
            models.Index(
                fields=[
                    "organisation",
                    "kind",
                    "day",
                    "commune",
                    "beneficiary",
                    "reverses",
                    "themes",
                    "qpv",
                    "trade",
                    "minutes",
                    "amount",
                    "quantity",
                ],
                name="acts_by_objective",
            ),
            models.Index(fields=["kind", "day", "commune"], name="acts_by_kind_day_commune"),
            models.Index(fields=["beneficiary", "day"], name="acts_by_beneficiary_day"),
            models.Index(fields=["adviser", "day"], name="acts_by_adviser_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source"],
                name="acts_act_recorded_once",
                violation_error_message="Cet acte est déjà enregistré.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ActKind.values),
                name="acts_act_kind_is_known",
                violation_error_message="Cette nature d’acte n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, minutes__gte=0, amount__gte=0, quantity__gte=0)
                | Q(reverses__isnull=False, minutes__lte=0, amount__lte=0, quantity__lte=0),
                name="acts_act_measures_have_the_sign_of_the_act",
                violation_error_message="Un acte a des mesures positives\u202f; celui qui annule les porte en négatif.",
            ),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True) | ~Q(reverses=F("id")),
                name="acts_act_does_not_reverse_itself",
                violation_error_message="Un acte ne s’annule pas lui-même.",
            ),
            models.CheckConstraint(
                condition=Q(proof__isnull=True, proof_sha256="") | Q(proof__isnull=False) & ~Q(proof_sha256=""),
                name="acts_act_proof_is_sealed",
                violation_error_message="Une pièce justificative s’accompagne de son empreinte.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ActKind.ATTENDANCE) | Q(minutes=0),
                name="acts_act_attendance_carries_no_staff_time",
                violation_error_message="Le temps passé se compte une fois, sur l’atelier, pas par participation.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.day}"


class ActNote(models.Model):
    """The one sentence beside an act: erasable, because it may name somebody."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="note", verbose_name="acte")
    text = models.CharField("en une phrase", max_length=300)

    class Meta:
        verbose_name = "note"
        verbose_name_plural = "notes"

    def __str__(self) -> str:
        return self.text


class Bundle(models.Model):
    """Acts of one organisation, kind and year, packed for counting; written with each act, never alone.

    `packed` holds `size` records of `columns.RECORD`. A reversal is a record of its own: nothing is ever taken out.
    """

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+", verbose_name="pour")
    kind = models.CharField("nature", max_length=30)
    year = models.PositiveSmallIntegerField("année")
    size = models.PositiveSmallIntegerField("actes")
    packed = models.BinaryField("actes, en colonnes")

    class Meta:
        verbose_name = "paquet d’actes"
        verbose_name_plural = "paquets d’actes"
        indexes = [models.Index(fields=["organisation", "kind", "year"], name="acts_bundle_by_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}\u00a0: {self.size}"
