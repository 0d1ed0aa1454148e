"""Going to a SAML directory and coming back."""

import logging
import re
import secrets

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from etabli.accounts.actions import identities
from etabli.accounts.external import providers, saml
from etabli.accounts.external.oidc import TO_TIE

LOGGER = logging.getLogger(__name__)
ASKED, NEXT = "saml_request", "saml_next"  # in the session
KEPT_FOR = 120  # seconds between the post of the directory and the page that reads it
KEY = re.compile(r"[A-Za-z0-9_-]{43}")  # what `post` draws; a table of keys refuses some other signs
LONGEST = 200_000  # characters of an answer


def _refused(request: HttpRequest) -> HttpResponse:
    messages.error(request, providers.NOT_CONFIRMED.format(name=providers.name_of(saml.KEY)))
    return redirect("account_login")


@login_not_required
@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Leads to the directory."""
    if not saml.is_set_up():
        raise Http404
    auth = saml.client(request)
    where: str = auth.login(return_to=request.build_absolute_uri("/"))
    request.session[ASKED] = auth.get_last_request_id()
    request.session[NEXT] = request.GET.get("next", "")
    return redirect(where)


@login_not_required
@csrf_exempt
@require_POST
def post(request: HttpRequest) -> HttpResponse:
    """The directory posts its answer from its own site, hence without our session: kept for the page that reads it."""
    answer = request.POST.get("SAMLResponse", "")
    if not saml.is_set_up() or not 0 < len(answer) <= LONGEST:
        raise Http404
    key = secrets.token_urlsafe(32)
    cache.set(f"saml:{key}", answer, KEPT_FOR)
    return redirect(f"{reverse('accounts:saml_back')}?{urlencode({'r': key})}")


@login_not_required
@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Reads the answer once, with the session that asked."""
    if not saml.is_set_up():
        raise Http404
    key, answer = request.GET.get("r", ""), ""
    if KEY.fullmatch(key):
        answer = cache.get(f"saml:{key}", "")
        cache.delete(f"saml:{key}")
    try:
        identity = saml.identity_of(request, answer, request.session.pop(ASKED, None))
    except saml.NotProven as error:
        LOGGER.warning("saml: %s", error)
        return _refused(request)
    user = identities.enter(identity=identity)
    if user is None:
        request.session[TO_TIE] = identity.kept()
        return redirect("accounts:tie")
    if not user.is_active:
        return _refused(request)
    there: HttpResponse = perform_login(request, user, redirect_url=_next(request))
    return there


back.writes_on_get = True  # type: ignore[attr-defined] # the first visit opens an account


@login_not_required
@require_safe
def metadata(request: HttpRequest) -> HttpResponse:
    """What the directory must know of this site."""
    if not saml.is_set_up():
        raise Http404
    return HttpResponse(saml.metadata(request), content_type="application/samlmetadata+xml")


def _next(request: HttpRequest) -> str:
    wanted = str(request.session.pop(NEXT, ""))
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else resolve_url("accounts:space")
