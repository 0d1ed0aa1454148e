"""The OpenID Connect client: the library's, with the checks that it leaves to us."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpRequest
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from etabli.accounts.actions import identities
from etabli.accounts.external import providers
from etabli.accounts.external.claims import identity_from
from etabli.accounts.models import User

TO_TIE = "identity_to_tie"  # in the session: proven, and not yet tied to the account of the same address


class Configured:
    """Settings of the library, read for one provider."""

    provider = ""

    def get_settings(self, attr: str, *args: Any) -> Any:
        """Called by the library instead of Django's settings."""
        return providers.setting(self.provider, attr, *args)


class Client(Configured, OIDCAuthenticationBackend):
    """Exchanges the code and reads who it is."""

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """A signed token, made for us by the provider that we asked."""
        payload: dict[str, Any] = super().verify_token(token, **kwargs)
        audience = payload.get("aud")
        if self.OIDC_RP_CLIENT_ID not in (audience if isinstance(audience, list) else [audience]):
            raise SuspiciousOperation("Token made for somebody else.")
        if payload.get("iss") != providers.published(providers.provider(self.provider))["issuer"]:
            raise SuspiciousOperation("Token made by somebody else.")
        return payload

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Claims about the person of the token, and nobody else."""
        claims: dict[str, Any] = super().get_userinfo(access_token, id_token, payload)
        if claims.get("sub") != payload.get("sub"):
            raise SuspiciousOperation("Claims about somebody else.")
        return claims

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> User | None:
        """The account of the identity, or None: its address belongs to an account that is not tied yet."""
        claims = self.get_userinfo(access_token, id_token, payload)
        try:
            identity = identity_from(providers.provider(self.provider), claims)
        except ValidationError as error:
            raise SuspiciousOperation("Nobody that the provider vouches for.") from error
        user = identities.enter(identity=identity)
        if user is None:
            self.request.session[TO_TIE] = identity.kept()
        return user


class ProConnectClient(Client):
    """ProConnect."""

    provider = providers.PROCONNECT


class DirectoryClient(Client):
    """A chamber's own directory."""

    provider = providers.DIRECTORY


CLIENTS: dict[str, type[Client]] = {client.provider: client for client in (ProConnectClient, DirectoryClient)}


class IdentityBackend(ModelBackend):
    """What Django calls when somebody comes back from a provider."""

    def authenticate(  # type: ignore[override] # Django chooses the backend by the names of the arguments
        self, request: HttpRequest, *, nonce: str, code_verifier: str | None
    ) -> User | None:
        """The account, or None."""
        client = CLIENTS[request.identity_provider]()  # type: ignore[attr-defined] # set by the view
        found: User | None = client.authenticate(request, nonce=nonce, code_verifier=code_verifier)
        return found
