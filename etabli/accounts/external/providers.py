"""Which identity providers are set up, and where their pages are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

KEPT_FOR = 3600  # seconds: what a provider publishes about itself
PATIENCE = 10  # seconds

NOT_CONFIRMED = (
    "{name} n’a pas confirmé votre identité. Recommencez\u202f; si cela dure, entrez avec votre adresse et votre mot "
    "de passe."
)

PROCONNECT, DIRECTORY = "proconnect", "annuaire"
KEYS = (PROCONNECT, DIRECTORY)

# What mozilla-django-oidc asks for → the word of the discovery document.
PUBLISHED = {
    "OIDC_OP_AUTHORIZATION_ENDPOINT": "authorization_endpoint",
    "OIDC_OP_TOKEN_ENDPOINT": "token_endpoint",
    "OIDC_OP_USER_ENDPOINT": "userinfo_endpoint",
    "OIDC_OP_JWKS_ENDPOINT": "jwks_uri",
}
# ProConnect refuses any parameter it does not know (no PKCE) and states or nonces under 32 characters.
RULES: Mapping[str, Any] = {
    "OIDC_STATE_SIZE": 32,
    "OIDC_NONCE_SIZE": 32,
    "OIDC_RP_SIGN_ALGO": "RS256",
    "OIDC_STORE_ID_TOKEN": True,
    "OIDC_TIMEOUT": PATIENCE,
}


@dataclass(frozen=True)
class Provider:
    """A provider that the settings name; `siren` is the organisation whose directory it is."""

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    scopes: str
    siren: str = ""


def providers() -> list[Provider]:
    """Those that are set up, in the order they are offered."""
    named = settings.IDENTITY_PROVIDERS
    return [Provider(key=key, **named[key]) for key in KEYS if key in named and named[key]["issuer"]]


def provider(key: str) -> Provider:
    """Raises ImproperlyConfigured when it is not set up."""
    found = next((one for one in providers() if one.key == key), None)
    if found is None:
        raise ImproperlyConfigured(f"{key} n’est pas configuré.")
    return found


def name_of(key: str) -> str:
    """How a provider is called on a page."""
    return str(settings.SAML["name"]) if key == "saml" else provider(key).name


def published(one: Provider) -> Mapping[str, Any]:
    """What the provider says of itself. Raises requests.RequestException when it does not answer."""
    name = f"oidc:{one.issuer}"
    known: Mapping[str, Any] | None = cache.get(name)
    if known is None:
        answer = requests.get(f"{one.issuer}/.well-known/openid-configuration", timeout=PATIENCE)
        answer.raise_for_status()
        known = answer.json()
        cache.set(name, known, KEPT_FOR)
    return known


def setting(key: str, name: str, *default: Any) -> Any:
    """A setting of mozilla-django-oidc, as that provider has it."""
    one = provider(key)
    ours = {
        **RULES,
        "OIDC_RP_CLIENT_ID": one.client_id,
        "OIDC_RP_CLIENT_SECRET": one.client_secret,
        "OIDC_RP_SCOPES": one.scopes,
        "OIDC_AUTHENTICATION_CALLBACK_URL": f"accounts:back_{key}",
        "LOGIN_REDIRECT_URL": settings.LOGIN_REDIRECT_URL,
        "LOGIN_REDIRECT_URL_FAILURE": settings.LOGIN_URL,
    }
    if name in PUBLISHED:
        return published(one)[PUBLISHED[name]]
    if name in ours:
        return ours[name]
    if default:
        return default[0]
    raise ImproperlyConfigured(f"{name} n’est pas configuré.")
