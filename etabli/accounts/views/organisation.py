"""One's organisation: who is in it, in which role; registering another, and saying who succeeds."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from etabli.accounts import policies, queries, screens
from etabli.accounts.access import MemberRequest, member
from etabli.accounts.actions import organisations, roles
from etabli.accounts.forms import ChangeDescriptionForm, HandOverForm, OrganisationForm, RoleForm, SuccessionForm
from etabli.accounts.models import JoinRequest, Membership, Organisation
from etabli.accounts.roles import Permission, Role
from maillage.territory import parse

P = Permission


@require_safe
@member()
def organisation(request: MemberRequest) -> HttpResponse:
    """`/organisation/`: its members; for an administrator, who waits for an answer."""
    reader = request.reader
    mine, manages = reader.organisation, reader.may(P.MANAGE_MEMBERS)
    succession = getattr(mine, "succession", None)
    page = screens.OrganisationPage(
        organisation=mine,
        kind=mine.get_kind_display(),
        territory=parse(mine.territory).name if mine.territory else "",
        members=screens.members(queries.roles_in(mine), reader.user.pk, manages=manages),
        invitations=screens.invited(queries.pending_invitations(mine) if manages else ()),
        requests=screens.asking(queries.pending_requests(mine) if manages else ()),
        successor=succession.successor.name if succession else "",
        manages=manages,
        registers=manages or reader.may(P.DRAFT_CONVENTION),
    )
    fostered = queries.fostered_by(reader.organisation_ids)
    context = {"title": mine.name, "page": page, "roles": RoleForm(), "fostered": fostered}
    return render(request, "accounts/organisation.html", context)


@member(P.MANAGE_MEMBERS)
def describe(request: MemberRequest) -> HttpResponse:
    """Names and territory."""
    mine = request.reader.organisation
    initial = {"name": mine.name, "short_name": mine.short_name, "territory": mine.territory}
    form = ChangeDescriptionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            organisations.describe(organisation=mine, by=request.reader, still=form.still, **form.cleaned_data)
            return redirect("accounts:organisation")
        except ValidationError as wrong:
            form.add_error(None, wrong)
    context = {"title": "Décrire l’organisation", "form": form, "button": "Enregistrer"}
    return render(request, "accounts/form.html", context, status=422 if form.errors else 200)


@member(P.MANAGE_MEMBERS, P.DRAFT_CONVENTION)
def register(request: MemberRequest) -> HttpResponse:
    """Another organisation, so that it can be a party or a member."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = organisations.register(by=request.reader, **form.cleaned_data)
        except organisations.AlreadyRegistered as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, f"{made.name} est inscrite. Invitez maintenant son premier administrateur.")
            return redirect("accounts:invite_founder", pk=made.pk)
    context = {"title": "Inscrire une organisation", "form": form, "button": "Inscrire"}
    return render(request, "accounts/form.html", context, status=422 if form.errors else 200)


@require_POST
@member(P.MANAGE_MEMBERS)
def give(request: MemberRequest, pk: int) -> HttpResponse:
    """One more role for a member."""
    mine = request.reader.organisation
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    user = get_object_or_404(queries.members_of(mine), pk=pk)
    roles.give(user=user, organisation=mine, role=Role(form.cleaned_data["role"]), by=request.reader)
    return redirect("accounts:organisation")


@member()
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """End a role, one's own included, after a page that says what will follow."""
    reader = request.reader
    held = get_object_or_404(Membership.objects.filter(organisation=reader.organisation), pk=pk)
    if request.method == "POST":
        roles.end(membership=held, by=reader)
        messages.success(request, "Le rôle a pris fin.")
        return redirect("accounts:space" if held.user_id == reader.user.pk else "accounts:organisation")
    policies.check_can_end(reader, held)
    context = {"title": "Mettre fin à un rôle", "held": held, "lost": queries.invitations_lost_with(held).count()}
    return render(request, "accounts/end.html", context)


@member()
def hand_over(request: MemberRequest) -> HttpResponse:
    """Everything one member holds goes to another."""
    mine = request.reader.organisation
    form = HandOverForm(mine, request.POST or None, initial={"of": request.user.pk})
    if request.method == "POST" and form.is_valid():
        of, to = form.cleaned_data["of"], form.cleaned_data["to"]
        roles.hand_over(of=of, to=to, organisation=mine, by=request.reader)
        messages.success(request, f"Ce que tenait {of} est à {to}.")
        return redirect("accounts:space" if of == request.user else "accounts:organisation")
    context = {"title": "Passer la main", "form": form, "button": "Passer la main", "note": "handover"}
    return render(request, "accounts/form.html", context, status=422 if form.errors else 200)


@member(P.MANAGE_MEMBERS)
def succeed(request: MemberRequest) -> HttpResponse:
    """Say which organisation takes over from this one."""
    form = SuccessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        successor = Organisation.objects.get(siren=form.cleaned_data["siren"])
        facts = {"on": form.cleaned_data["on"], "legal_basis": form.cleaned_data["legal_basis"]}
        organisations.succeed(predecessor=request.reader.organisation, successor=successor, by=request.reader, **facts)
        messages.success(request, f"{successor} prend la suite. Ce qui est déjà fait reste au nom de l’ancienne.")
        return redirect("accounts:space")
    context = {"title": "Dire qui prend la suite", "form": form, "button": "Enregistrer", "note": "succession"}
    return render(request, "accounts/form.html", context, status=422 if form.errors else 200)


@require_POST
@member(P.MANAGE_MEMBERS)
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a role to somebody who asked, or decline."""
    waiting = get_object_or_404(JoinRequest.objects.filter(organisation=request.reader.organisation), pk=pk)
    given = request.POST.get("role")
    if given not in {"", *Role.values}:
        raise Http404  # neither a role nor the choice of giving none: nothing is declined by mistake
    roles.answer(request=waiting, role=Role(given) if given else None, by=request.reader)
    return redirect("accounts:organisation")
