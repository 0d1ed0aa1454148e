"""Framework convention → yearly convention → volet → axis → action (fiche-action); parties with their role."""

from typing import TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from etabli.accounts.models import Organisation
from etabli.pacts.workflow import State, on_day
from etabli.registry.models import Perimeter


class ConventionKind(models.TextChoices):
    """A framework for several years, or the objectives of one year."""

    FRAMEWORK = "framework", "convention cadre"
    ANNUAL = "annual", "convention annuelle d’objectifs"


class Convention(models.Model):
    """What partners sign. `starts_on` and `ends_on` are both inside; `budget` is in cents, None when not said."""

    kind = models.CharField("nature", max_length=10, choices=ConventionKind, default=ConventionKind.FRAMEWORK)
    framework = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="years", verbose_name="convention cadre"
    )
    renews = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="renewals", verbose_name="convention renouvelée"
    )
    title = models.CharField("titre", max_length=200)
    short_title = models.CharField("nom court", max_length=80)
    slug = models.SlugField("adresse", max_length=80, unique=True)
    preamble = models.TextField("préambule", blank=True)
    clauses = models.TextField("dispositions particulières", blank=True)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    state = models.CharField("état", max_length=15, choices=State, default=State.DRAFT, editable=False)
    perimeter = models.ForeignKey(Perimeter, models.PROTECT, related_name="conventions", verbose_name="périmètre")
    budget = models.BigIntegerField("montant (centimes)", null=True, blank=True)
    first_paid_on = models.DateField("premier versement reçu le", null=True, blank=True)
    source = models.CharField("source des montants et dates", max_length=300, blank=True)
    public = models.BooleanField("page publique", default=False)

    class Meta:
        verbose_name = "convention"
        verbose_name_plural = "conventions"
        ordering = ["-starts_on", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="pacts_convention_state_is_known",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="pacts_convention_ends_after_it_starts",
                violation_error_message="Une convention se termine après son début.",
            ),
            models.CheckConstraint(
                condition=Q(kind=ConventionKind.ANNUAL, framework__isnull=False)
                | Q(kind=ConventionKind.FRAMEWORK, framework__isnull=True),
                name="pacts_convention_annual_has_a_framework",
                violation_error_message="Une convention annuelle dépend d’une convention cadre.",
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0),
                name="pacts_convention_budget_is_positive",
                violation_error_message="Un montant n’est pas négatif.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_title

    @property
    def state_today(self) -> State:
        """Its state as people read it today."""
        return on_day(State(self.state), ends_on=self.ends_on, day=timezone.localdate())


class PartyRole(models.TextChoices):
    """What a party does in a convention."""

    PILOT = "pilot", "pilote"
    FUNDER = "funder", "financeur"
    OPERATOR = "operator", "opérateur"
    PARTNER = "partner", "partenaire"


class Party(models.Model):
    """An organisation in a convention: its role, the deliberation that allows it, and who signs for it.

    `called`: an amendment that does not apply named it, to sign; it is no party yet, and may never be.
    """

    convention = models.ForeignKey(Convention, models.CASCADE, related_name="parties", verbose_name="convention")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="parties", verbose_name="organisation")
    role = models.CharField("rôle", max_length=10, choices=PartyRole)
    deliberation_number = models.CharField("délibération n°", max_length=60, blank=True)
    deliberation_on = models.DateField("du", null=True, blank=True)
    signatory_name = models.CharField("signataire", max_length=120, blank=True)
    signatory_title = models.CharField("qualité du signataire", max_length=160, blank=True)
    left_on = models.DateField("partie jusqu’au", null=True, blank=True)
    called = models.BooleanField("appelée par un avenant", default=False)

    class Meta:
        verbose_name = "partie"
        verbose_name_plural = "parties"
        ordering = ["convention", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=PartyRole.values),
                name="pacts_party_role_is_known",
                violation_error_message="Ce rôle n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(called=False) | Q(left_on__isnull=True),
                name="pacts_party_called_never_left",
                violation_error_message="Qui n’est pas encore partie n’a pas de dernier jour.",
            ),
            models.UniqueConstraint(
                fields=["convention", "organisation"],
                name="pacts_party_once",
                violation_error_message="Cette organisation est déjà partie à la convention.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


T = TypeVar("T", bound=models.Model)


class Standing(models.Manager[T]):
    """What was not withdrawn: the rows that everybody reads."""

    def get_queryset(self) -> models.QuerySet[T]:
        """Rows without `withdrawn_at`."""
        return super().get_queryset().filter(withdrawn_at__isnull=True)


class Axis(models.Model):
    """An axis of work; a « volet » is an axis that contains others.

    One is withdrawn, and hidden by `objects`, when targets once set hang from it: they stay for ever.
    """

    convention = models.ForeignKey(Convention, models.CASCADE, related_name="axes", verbose_name="convention")
    volet = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="axes", verbose_name="volet")
    number = models.PositiveSmallIntegerField("numéro")
    title = models.CharField("intitulé", max_length=160)
    description = models.TextField("description", blank=True)
    themes = models.JSONField("thèmes", default=list, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = Standing["Axis"]()
    everything = models.Manager["Axis"]()

    class Meta:
        verbose_name = "axe"
        verbose_name_plural = "axes"
        ordering = ["convention", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "number"],
                name="pacts_axis_number_is_unique",
                violation_error_message="Un autre axe porte déjà ce numéro.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Action(models.Model):
    """A fiche-action, with the fields that partners expect (context to communication)."""

    axis = models.ForeignKey(Axis, models.CASCADE, related_name="actions", verbose_name="axe")
    number = models.PositiveSmallIntegerField("numéro")
    title = models.CharField("intitulé", max_length=160)
    context = models.TextField("contexte", blank=True)
    purpose = models.TextField("objectif", blank=True)
    public = models.TextField("public visé", blank=True)
    territory = models.TextField("territoire", blank=True)
    description = models.TextField("description", blank=True)
    pilot = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pilote"
    )
    partners = models.TextField("partenaires", blank=True)
    days = models.DecimalField("jours", max_digits=7, decimal_places=1, null=True, blank=True)
    budget = models.BigIntegerField("montant (centimes)", null=True, blank=True)
    external_means = models.TextField("moyens externes", blank=True)
    schedule = models.TextField("calendrier", blank=True)
    deliverables = models.TextField("livrables", blank=True)
    risks = models.TextField("risques", blank=True)
    communication = models.TextField("communication", blank=True)
    links = models.TextField("liens (contrat de ville, PDU, PCAET…)", blank=True)

    class Meta:
        verbose_name = "action"
        verbose_name_plural = "actions"
        ordering = ["axis", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["axis", "number"],
                name="pacts_action_number_is_unique",
                violation_error_message="Une autre action porte déjà ce numéro.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
