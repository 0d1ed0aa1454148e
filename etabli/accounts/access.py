"""Who is asking: the person, the organisation they act for now, and what a page demands of them.

A page of the back office says what it needs, and finds who asks on its request:

    @member(Permission.SEE_PACT)
    def dashboard(request: MemberRequest) -> HttpResponse:
        pacts = queries.pacts_seen_by(request.reader)

Several permissions: one of them is enough. None: every member. An object is fetched through the reader's organisations
(`reader.organisation_ids`), so that what is hidden is absent: 404. What engages an organisation (a signature) asks for
the password or the second factor once more: `allauth.account.decorators.reauthentication_required`, under `member`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from etabli.accounts import policies, queries
from etabli.accounts.models import User
from etabli.accounts.policies import Reader, WithoutOrganisation
from etabli.accounts.roles import NEEDS_SECOND_FACTOR, Permission, Role

SESSION_KEY = "organisation"
NO_ORGANISATION = (
    "Votre compte existe, mais aucune organisation ne vous a encore donné de rôle, ou votre rôle a pris fin. "
    "Demandez une invitation à un administrateur de votre organisation."
)

View = Callable[..., HttpResponse]
TO_FOUND = (
    "Votre compte tient ce site, mais aucune organisation ne lui a donné de rôle. La première s’inscrit par la "
    'commande\u00a0: ./run manage first_organisation SIREN ADRESSE --name "Son nom".'
)


class MemberRequest(HttpRequest):
    """A request whose author is a member of an organisation."""

    user: User
    reader: Reader


def reader_of(request: HttpRequest) -> Reader:
    """The reader of a request whose author is logged in: the organisation chosen in the session if a role is still
    held there, else the one joined first.

    Raises WithoutOrganisation when no role is held anywhere today.
    """
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied  # never seen: the door sends strangers to the login page
    held = queries.memberships_of(user)
    if not held:
        raise WithoutOrganisation(TO_FOUND if user.is_superuser else NO_ORGANISATION)
    chosen = request.session.get(SESSION_KEY)
    organisation = next((m.organisation for m in held if m.organisation_id == chosen), held[0].organisation)
    roles = frozenset(Role(m.role) for m in held if m.organisation_id == organisation.pk)
    return Reader(user, organisation, roles, queries.inherited_by(organisation))


def lacks_factor(reader: Reader) -> bool:
    """Whether a role of the reader sees personal data of firms, and nothing but a password protects the account."""
    if not (settings.REQUIRE_SECOND_FACTOR and reader.roles & NEEDS_SECOND_FACTOR):
        return False
    return not is_mfa_enabled(reader.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


def member(*permissions: Permission) -> Callable[[View], View]:
    """A page for members of an organisation, who hold there one of the permissions; it is never kept by a cache."""

    def protect(view: View) -> View:
        @wraps(view)
        def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.reader = reader_of(request)
            if lacks_factor(request.reader):
                return redirect("mfa_index")
            policies.check_may_enter(request.reader, permissions)
            return view(request, *args, **kwargs)

        guarded.demands = permissions  # type: ignore[attr-defined] # read by the matrix of roles and addresses
        return never_cache(guarded)

    return protect
