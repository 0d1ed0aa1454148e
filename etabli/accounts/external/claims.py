"""Who the claims of a provider are about."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from etabli.accounts.actions.identities import Identity
from etabli.accounts.external.providers import PROCONNECT, Provider

# What providers write for « yes »; nothing said leaves the word to the agreement passed with the provider.
VOUCHED = (None, True, "true")


def identity_from(provider: Provider, claims: Mapping[str, Any]) -> Identity:
    """The claims of ProConnect (`usual_name`, `siret`, `idp_id`) or of any OpenID Connect directory (`name`).

    An identifier means something at its own issuer alone; and a directory speaks for its own organisation alone.
    Raises ValidationError when they name nobody, or an address that the provider does not vouch for.
    """
    if claims.get("email_verified") not in VOUCHED:
        raise ValidationError("Address that the provider does not vouch for.")
    national = provider.key == PROCONNECT
    said = {key: str(claims.get(key) or "").strip() for key in ("given_name", "usual_name", "family_name", "name")}
    full = " ".join(part for part in (said["given_name"], said["usual_name"] or said["family_name"]) if part)
    return Identity(
        provider=provider.key,
        subject=str(claims["sub"]),
        idp=str(claims.get("idp_id") or "") if national else provider.issuer,
        email=str(claims.get("email") or "").strip().lower(),
        name=(full or said["name"])[:150],
        siren=str(claims.get("siret") or "")[:9] if national else provider.siren,
    )
