"""The bar of the back office: who is here, for which organisation, and what they may open.

The menu of members is one list, `settings.MEMBER_MENU`: `(label, name of the address, permission)`. An application adds
its line there; an empty permission is for every member. After the login, `settings.MEMBER_DOORS` comes first:
`(name of the address, permission)`.
"""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from etabli.accounts import access, queries
from etabli.accounts.external import providers, saml
from etabli.accounts.models import User
from etabli.accounts.policies import Reader, WithoutOrganisation
from etabli.accounts.roles import Permission
from etabli.accounts.screens import Bar, Choice
from etabli.ui import french, menu


def entries_of(reader: Reader) -> list[tuple[str, str]]:
    """`(label, name of the address)` of what the reader may open, in the order of the list."""
    return [
        (label, name)
        for label, name, permission in settings.MEMBER_MENU
        if not permission or reader.may(Permission(permission))
    ]


def door_of(reader: Reader) -> str:
    """Name of the address that opens after the login; empty when no page does."""
    doors = [name for name, permission in settings.MEMBER_DOORS if reader.may(Permission(permission))]
    return next(iter([*doors, *(name for _, name in entries_of(reader) if name != "accounts:space")]), "")


def bar(request: HttpRequest) -> dict[str, object]:
    """Context processor: `member` is the bar on a closed page; a public page never looks at who reads."""
    match = request.resolver_match
    closed = match is not None and getattr(match.func, "login_required", True)
    offered = [menu.Entry(one.name, reverse(f"accounts:begin_{one.key}"), "") for one in providers.providers()]
    if saml.is_set_up():
        offered.append(menu.Entry(providers.name_of(saml.KEY), reverse("accounts:saml_begin"), ""))
    return {"ways_in": offered, "member": SimpleLazyObject(lambda: _bar(request)) if closed else None}


def _bar(request: HttpRequest) -> Bar | None:
    if not isinstance(request.user, User):
        return None
    name = str(request.user)
    try:
        reader: Reader = getattr(request, "reader", None) or access.reader_of(request)
    except WithoutOrganisation:
        return Bar(name, "", "", (), [])
    held = queries.memberships_of(request.user)
    others = dict.fromkeys(Choice(m.organisation_id, m.organisation.short_name) for m in held)
    return Bar(
        name=name,
        organisation=reader.organisation.short_name,
        roles=french.enumeration(sorted(role.label for role in reader.roles)),
        others=tuple(choice for choice in others if choice.value != reader.organisation.pk),
        menu=menu.entries(entries_of(reader), request.path),
        lacks_factor=access.lacks_factor(reader),
        lenient=not settings.REQUIRE_SECOND_FACTOR,
    )
