"""Who the claims of a provider are about."""

from collections.abc import Mapping
from typing import Any

from etabli.accounts.actions.identities import Identity


def identity_from(provider: str, claims: Mapping[str, Any], siren: str = "") -> Identity:
    """The claims of ProConnect (`usual_name`, `siret`, `idp_id`) or of any OpenID Connect directory (`name`)."""
    said = {key: str(claims.get(key) or "").strip() for key in ("given_name", "usual_name", "family_name", "name")}
    full = " ".join(part for part in (said["given_name"], said["usual_name"] or said["family_name"]) if part)
    return Identity(
        provider=provider,
        subject=str(claims["sub"]),
        idp=str(claims.get("idp_id") or ""),
        email=str(claims.get("email") or "").strip().lower(),
        name=(full or said["name"])[:150],
        siren=str(claims.get("siret") or "")[:9] or siren,
    )
