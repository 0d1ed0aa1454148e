"""Who acts for which organisation, in which role, from when to when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from etabli.accounts.models.organisation import Organisation
from etabli.accounts.roles import Role


class Membership(models.Model):
    """One role of one person in one organisation; `ends_on` is the first day without it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name="personne"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name="organisation"
    )
    role = models.CharField("rôle", max_length=30, choices=Role)
    starts_on = models.DateField("depuis le", default=timezone.localdate)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "appartenance"
        verbose_name_plural = "appartenances"
        ordering = ["organisation", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="accounts_membership_role_is_known",
                violation_error_message="Ce rôle n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="accounts_membership_ends_after_it_starts",
                violation_error_message="Un rôle se termine après son début.",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ends_on__isnull=True),
                name="accounts_membership_role_held_once",
                violation_error_message="Cette personne tient déjà ce rôle dans cette organisation.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} ({self.organisation})"


class JoinRequest(models.Model):
    """Somebody would like a role in an organisation: they asked, or an identity provider says that they work there."""

    class Origin(models.TextChoices):
        """Who said it."""

        ASKED = "asked", "demandé par la personne"
        PROCONNECT = "proconnect", "annoncé par ProConnect"
        DIRECTORY = "directory", "annoncé par l’annuaire de l’organisation"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="join_requests", verbose_name="personne"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="join_requests", verbose_name="organisation"
    )
    origin = models.CharField("origine", max_length=20, choices=Origin)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="décidé par"
    )
    role = models.CharField("rôle donné", max_length=30, choices=Role, blank=True)

    class Meta:
        verbose_name = "demande pour rejoindre"
        verbose_name_plural = "demandes pour rejoindre"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(origin__in=["asked", "proconnect", "directory"]),
                name="accounts_joinrequest_origin_is_known",
                violation_error_message="Cette origine n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(role="") | Q(role__in=Role.values),
                name="accounts_joinrequest_role_is_known",
                violation_error_message="Ce rôle n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, role="")
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="accounts_joinrequest_decided_by_somebody",
                violation_error_message="Une demande est tranchée par quelqu’un, un jour donné.",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(decided_at__isnull=True),
                name="accounts_joinrequest_pending_once",
                violation_error_message="Une demande attend déjà pour cette organisation.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.organisation}"


class Invitation(models.Model):
    """An e-mail address asked to join in a role. Only the hash of the link's token is kept."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="invitations", verbose_name="organisation"
    )
    email = models.EmailField("adresse électronique")
    role = models.CharField("rôle", max_length=30, choices=Role)
    token_sha256 = models.CharField("empreinte du lien", max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="invité par"
    )
    invited_at = models.DateTimeField("invité le", default=timezone.now)
    expires_at = models.DateTimeField("expire le")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="acceptée par"
    )
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitations"
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="accounts_invitation_role_is_known",
                violation_error_message="Ce rôle n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accounts_invitation_accepted_by_somebody",
                violation_error_message="Une invitation est acceptée par quelqu’un, un jour donné.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="accounts_invitation_accepted_or_revoked",
                violation_error_message="Une invitation acceptée ne peut plus être retirée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()} ({self.organisation})"
