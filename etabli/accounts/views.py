"""The way in: one's own space, and the organisation one acts for."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from etabli.accounts import access, bar, queries
from etabli.accounts.access import MemberRequest, member


@require_safe
@member()
def space(request: MemberRequest) -> HttpResponse:
    """`/espace/`: leads to the first page of the menu that the reader may open."""
    first = next((name for _, name in bar.entries_of(request.reader) if name != "accounts:space"), None)
    if first:
        return redirect(first)
    return render(request, "accounts/space.html", {"title": "Mon espace", "reader": request.reader})


@require_POST
@member()
def switch(request: MemberRequest) -> HttpResponse:
    """Act for another organisation from now on. One where no role is held does not exist here."""
    wanted = request.POST.get("organisation", "")
    if wanted not in {str(held.organisation_id) for held in queries.memberships_of(request.user)}:
        raise Http404
    request.session[access.SESSION_KEY] = int(wanted)
    return redirect("accounts:space")
