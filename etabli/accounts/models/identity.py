"""Who a person is for an identity provider: ProConnect, or a chamber's own directory."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class ExternalIdentity(models.Model):
    """One account of a provider, tied to one of ours; an address may change, `subject` and `idp` do not."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="identities", verbose_name="personne"
    )
    provider = models.CharField("fournisseur", max_length=20)
    subject = models.CharField("identifiant", max_length=255)
    idp = models.CharField("annuaire d’origine", max_length=255, blank=True)
    tied_at = models.DateTimeField("rattaché le", default=timezone.now)

    class Meta:
        verbose_name = "identité externe"
        verbose_name_plural = "identités externes"
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "subject", "idp"],
                name="accounts_externalidentity_tied_once",
                violation_error_message="Cette identité est déjà rattachée à un compte.",
            ),
            models.UniqueConstraint(
                fields=["user", "provider", "idp"],
                name="accounts_externalidentity_one_by_provider",
                violation_error_message="Ce compte est déjà rattaché à ce fournisseur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}, {self.user}"
