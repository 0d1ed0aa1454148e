"""One's own space, the organisation one acts for, and asking to join another."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from etabli.accounts import access, bar, queries
from etabli.accounts.access import MemberRequest, member
from etabli.accounts.actions import roles
from etabli.accounts.forms import JoinForm
from etabli.accounts.models import Organisation, User


@require_safe
@member()
def space(request: MemberRequest) -> HttpResponse:
    """`/espace/`: leads to the page where the reader's work begins."""
    door = bar.door_of(request.reader)
    if door:
        return redirect(door)
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


def join(request: HttpRequest) -> HttpResponse:
    """`/espace/rejoindre/`: ask for a role, from any account. An administrator answers."""
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        organisation = Organisation.objects.get(siren=form.cleaned_data["siren"])
        try:
            roles.ask(organisation=organisation, by=request.user)
        except ValidationError as error:
            form.add_error("siren", error.messages[0])
        else:
            messages.success(
                request, f"Votre demande est partie chez {organisation}. Vous serez prévenu de la réponse."
            )
            return redirect("account_email")
    context = {"title": "Rejoindre une organisation", "form": form}
    return render(request, "accounts/join.html", context, status=422 if form.errors else 200)
