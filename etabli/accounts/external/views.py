"""Going to an identity provider, coming back, tying what it says to an account, and leaving from there too."""

import logging
from typing import Any
from urllib.parse import urlencode

import jwt
import requests
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from etabli.accounts.actions import identities
from etabli.accounts.actions.identities import Identity
from etabli.accounts.external import providers
from etabli.accounts.external.oidc import TO_TIE, Configured
from etabli.accounts.models import User

LOGGER = logging.getLogger(__name__)
FAILURES = (SuspiciousOperation, requests.RequestException, jwt.PyJWTError, KeyError)
PROVIDER = "identity_provider"  # in the session: who was believed, to leave from there too


def _refused(request: HttpRequest, key: str) -> HttpResponse:
    messages.error(request, providers.NOT_CONFIRMED.format(name=providers.name_of(key)))
    return redirect("account_login")


@method_decorator([login_not_required, never_cache], name="dispatch")
class Begin(Configured, OIDCAuthenticationRequestView):
    """Leads to the provider's page."""


@method_decorator([login_not_required, never_cache], name="dispatch")
class Back(Configured, OIDCAuthenticationCallbackView):
    """Coming back. The second factor of the account is asked for as after a password."""

    def get(self, request: HttpRequest) -> HttpResponse:
        request.identity_provider = self.provider  # type: ignore[attr-defined] # read by the backend
        try:
            answer: HttpResponse = super().get(request)
        except FAILURES as error:
            LOGGER.warning("%s: %s", self.provider, type(error).__name__)
            return self.login_failure()
        return answer

    def login_success(self) -> HttpResponse:
        """Through allauth, so that every stage of its login applies."""
        self.request.session[PROVIDER] = self.provider
        answer: HttpResponse = perform_login(self.request, self.user, redirect_url=self.success_url)
        return answer

    def login_failure(self) -> HttpResponse:
        """To the account of the same address when there is one, else to the door with the reason."""
        if TO_TIE in self.request.session:
            return redirect("accounts:tie")
        return _refused(self.request, self.provider)


def begin(key: str) -> Any:
    """The page that leads to a provider; absent when it is not set up."""
    view = Begin.as_view(provider=key)

    @login_not_required
    @require_safe
    def leave(request: HttpRequest) -> HttpResponse:
        try:
            answer: HttpResponse = view(request)
        except ImproperlyConfigured as error:
            raise Http404 from error
        except FAILURES:
            return _refused(request, key)
        return answer

    return leave


def back(key: str) -> Any:
    """The page that a provider sends back to."""
    view = Back.as_view(provider=key)

    @login_not_required
    @require_safe
    def arrive(request: HttpRequest) -> HttpResponse:
        try:
            answer: HttpResponse = view(request)
        except ImproperlyConfigured as error:
            raise Http404 from error
        return answer

    arrive.writes_on_get = True  # type: ignore[attr-defined] # the protocol comes back by a link
    return arrive


@login_not_required
@never_cache
def tie(request: HttpRequest) -> HttpResponse:
    """`/connexion/rattacher/`: the address has an account; its owner logs in, then ties the identity to it."""
    waiting = request.session.get(TO_TIE)
    if not waiting:
        return redirect("account_login")
    identity = Identity(**waiting)
    name = providers.name_of(identity.provider)
    if request.method == "POST" and isinstance(request.user, User):
        identities.tie(identity=identity, by=request.user)
        del request.session[TO_TIE]
        messages.success(request, f"{name} ouvre désormais ce compte.")
        return redirect("accounts:space")
    context = {"title": f"Rattacher {name} à votre compte", "identity": identity, "name": name}
    return render(request, "accounts/tie.html", context | {"known": isinstance(request.user, User)})


@login_not_required
@never_cache
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """`/deconnexion/faite/`: the provider has closed its own session, and gives back the word it was given."""
    try:
        signing.loads(request.GET.get("state", ""), salt=PROVIDER, max_age=3600)
    except signing.BadSignature as error:
        raise Http404 from error
    messages.info(request, "Vous êtes déconnecté, ici et chez votre fournisseur d’identité.")
    return redirect("account_login")


def way_out(request: HttpRequest) -> str | None:
    """Where to go to be logged out of the provider too, None when the account was entered otherwise."""
    key, token = request.session.get(PROVIDER), request.session.get("oidc_id_token")
    known = {one.key: one for one in providers.providers()}
    if key not in known or not token:
        return None
    try:
        end = providers.published(known[key]).get("end_session_endpoint")
    except requests.RequestException:
        return None
    state = signing.dumps(key, salt=PROVIDER)
    there = {
        "id_token_hint": token,
        "state": state,
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("accounts:left")),
    }
    return f"{end}?{urlencode(there)}" if end else None
