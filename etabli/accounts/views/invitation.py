"""Inviting, and answering an invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from etabli.accounts import access, policies, queries
from etabli.accounts.access import MemberRequest, member
from etabli.accounts.actions import invitations
from etabli.accounts.entrance.adapters import INVITED
from etabli.accounts.forms import InvitationForm
from etabli.accounts.models import Invitation, Organisation, User
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Permission, Role

P = Permission


def _invite(request: MemberRequest, organisation: Organisation, title: str, role: Role | None) -> HttpResponse:
    form = InvitationForm(request.POST or None, initial={"role": role})
    if role:
        del form.fields["role"]
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            invitations.invite(
                organisation=organisation,
                email=email,
                role=role or Role(form.cleaned_data["role"]),
                link=lambda token: request.build_absolute_uri(reverse("accounts:invitation", args=[token])),
                by=request.reader,
            )
        except Denied as denied:
            form.add_error(None, denied.reason)
        else:
            messages.success(request, f"L’invitation est partie à {email}. Son lien vaut quatorze jours.")
            return redirect("accounts:organisation")
    context = {"title": title, "form": form, "button": "Inviter"}
    return render(request, "accounts/form.html", context, status=422 if form.errors else 200)


@member(P.MANAGE_MEMBERS)
def invite(request: MemberRequest) -> HttpResponse:
    """Somebody to join one's organisation."""
    return _invite(request, request.reader.organisation, "Inviter une personne", None)


@member(P.MANAGE_MEMBERS, P.DRAFT_CONVENTION)
def invite_founder(request: MemberRequest, pk: int) -> HttpResponse:
    """The first administrator of an organisation that one's own registered."""
    organisation = get_object_or_404(queries.fostered_by(request.reader.organisation_ids), pk=pk)
    title = f"Inviter le premier administrateur\u00a0: {organisation}"
    return _invite(request, organisation, title, Role.ADMINISTRATOR)


@require_POST
@member(P.MANAGE_MEMBERS)
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """The link stops working."""
    invitation = get_object_or_404(Invitation.objects.filter(organisation=request.reader.organisation), pk=pk)
    invitations.revoke(invitation=invitation, by=request.reader)
    messages.success(request, "L’invitation est retirée.")
    return redirect("accounts:organisation")


@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """`/invitation/<token>/`: what is offered; whoever is logged in with the right address accepts."""
    found = get_object_or_404(
        Invitation.objects.select_related("organisation", "invited_by"), token_sha256=invitations.fingerprint(token)
    )
    user = request.user if isinstance(request.user, User) else None
    if request.method == "POST" and user:
        membership = invitations.accept(invitation=found, by=user)
        request.session[access.SESSION_KEY] = membership.organisation_id
        return redirect("accounts:space")
    policies.check_can_be_accepted(found)
    if not user:  # the link came by e-mail: whoever holds it reads that mailbox
        request.session[INVITED] = [found.email]
    context = {"title": f"{found.organisation.name} vous invite", "invitation": found, "user": user}
    return render(request, "accounts/invitation.html", context)
