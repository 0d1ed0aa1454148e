"""A body that may sign, pay, help or be helped, known by its SIREN; and who took its place."""

from django.db import models
from django.db.models import F, Q


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    CHAMBER = "chamber", "chambre de métiers et de l’artisanat"
    REGION = "region", "région"
    EPCI = "epci", "intercommunalité"
    DEPARTEMENT = "departement", "département"
    COMMUNE = "commune", "commune"
    STATE = "state", "service de l’État"
    SOCIAL_ECONOMY = "social_economy", "structure de l’économie sociale et solidaire"
    FIRM = "firm", "entreprise"
    OTHER = "other", "autre organisme"


class Organisation(models.Model):
    """A legal person. `territory` is what it administers or serves, as `maillage.territory.parse` reads it."""

    kind = models.CharField("nature", max_length=20, choices=OrganisationKind)
    name = models.CharField("nom", max_length=200)
    short_name = models.CharField("nom court", max_length=60)
    siren = models.CharField("SIREN", max_length=9, unique=True)
    territory = models.CharField("territoire", max_length=60, blank=True)
    registered_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="enregistrée par"
    )
    opened_on = models.DateField("créée le", null=True, blank=True)
    closed_on = models.DateField("dissoute le", null=True, blank=True)

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisations"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values),
                name="accounts_organisation_kind_is_known",
                violation_error_message="Cette nature d’organisation n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(siren__regex=r"^[0-9]{9}$"),
                name="accounts_organisation_siren_has_nine_digits",
                violation_error_message="Un SIREN a neuf chiffres.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(opened_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="accounts_organisation_closes_after_it_opens",
                violation_error_message="Une organisation est dissoute après sa création.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class OrganisationSuccession(models.Model):
    """From `on`, the successor executes what the predecessor promised. The predecessor's past stays its own."""

    predecessor = models.OneToOneField(
        Organisation, models.PROTECT, related_name="succession", verbose_name="prédécesseur"
    )
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="inheritances", verbose_name="successeur")
    on = models.DateField("à compter du")
    legal_basis = models.CharField("fondement", max_length=200, blank=True)

    class Meta:
        verbose_name = "succession d’organisation"
        verbose_name_plural = "successions d’organisations"
        constraints = [
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="accounts_succession_joins_two",
                violation_error_message="Une organisation ne se succède pas à elle-même.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
