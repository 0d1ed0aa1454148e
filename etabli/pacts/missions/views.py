"""The mission letters of a pact: the list, one letter, its writing, its signature, its paper."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.missions import actions, policies, queries
from etabli.pacts.missions.forms import ChangeSharesForm, LetterForm, SharesForm, SignatureForm
from etabli.pacts.models import Convention, MissionLetter
from etabli.pacts.objectives.pages import Link, trail
from etabli.papers import storage, uploads

P = Permission
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@member(P.SEE_PACT)
def missions(request: MemberRequest, slug: str) -> HttpResponse:
    """The letters of a convention, the present year first."""
    found = access.convention_or_404(request.reader, slug)
    context = {
        "title": "Lettres de mission", "links": trail(found), "convention": found,
        "letters": queries.letters(request.reader, found), "year": timezone.localdate().year,
        "refusal": _refusal(request, found),
    }  # fmt: skip
    return render(request, "pacts/missions.html", context)


def _refusal(request: MemberRequest, found: Convention) -> str:
    try:
        policies.check_can_manage(request.reader, found)
    except Denied as denied:
        return denied.reason
    return ""


@require_http_methods(FORM_METHODS)
@member(P.MANAGE_MISSION)
def new(request: MemberRequest, slug: str) -> HttpResponse:
    """Draw up a letter."""
    found = access.convention_or_404(request.reader, slug)
    policies.check_can_manage(request.reader, found)
    form = LetterForm(request.reader, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"developer": form.cleaned_data["developer"], "year": form.cleaned_data["year"]}
        try:
            made = actions.draw_up(by=request.reader, convention=found, shares=form.shares(), **given)
            return redirect("pacts:mission", slug, made.pk)
        except ValidationError as wrong:
            form.add_error(None, wrong)
    form.order_fields(["developer", "year"])
    return _form(request, found, "Nouvelle lettre de mission", form, reverse("pacts:missions", args=[slug]))


@require_safe
@member(P.SEE_PACT)
def mission(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """One letter, and what may be done with it."""
    found, letter = _letter_or_404(request, slug, pk)
    return render(request, "pacts/mission.html", _context(request, found, letter))


@require_http_methods(FORM_METHODS)
@member(P.MANAGE_MISSION)
def change(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Other shares, as long as the letter is not signed."""
    found, letter = _letter_or_404(request, slug, pk)
    policies.check_can_change(request.reader, letter)
    standing = {share.axis_id: share.percent for share in letter.shares.all()}
    form = ChangeSharesForm(found, request.POST or None, standing=standing)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rewrite(by=request.reader, letter=letter, shares=form.shares(), still=form.still)
            return redirect("pacts:mission", slug, pk)
        except ValidationError as wrong:
            form.add_error(None, wrong)
    title = f"Changer les parts\u00a0: {letter.developer}, {letter.year}"
    return _form(request, found, title, form, reverse("pacts:mission", args=[slug, pk]))


@require_http_methods(FORM_METHODS)
@member(P.MANAGE_MISSION)
def sign(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Note the signature: the letter changes no more."""
    found, letter = _letter_or_404(request, slug, pk)
    policies.check_can_change(request.reader, letter)
    form = SignatureForm(request.POST or None, request.FILES or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _signed(request, letter, form):
        return redirect("pacts:mission", slug, pk)
    context = _context(request, found, letter) | {"signing": form}
    return render(request, "pacts/mission.html", context, status=422 if form.errors else 200)


def _signed(request: MemberRequest, letter: MissionLetter, form: SignatureForm) -> bool:
    """Whether the signature was kept; what is wrong is said on the form."""
    given = form.cleaned_data["document"]
    try:
        document = (
            uploads.keep(given, by=request.user, organisation_id=request.reader.organisation.pk) if given else None
        )
        actions.sign(by=request.reader, letter=letter, on=form.cleaned_data["on"], document=document)
    except storage.BadFile as error:
        form.add_error("document", error.args[0])
        return False
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return False
    return True


@require_safe
@member(P.SEE_PACT)
def paper(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """The signed letter itself."""
    _, letter = _letter_or_404(request, slug, pk)
    if letter.document is None:
        raise Http404
    return storage.response(letter.document)


def _letter_or_404(request: MemberRequest, slug: str, pk: int) -> tuple[Convention, MissionLetter]:
    found = access.convention_or_404(request.reader, slug)
    return found, queries.letter_or_404(request.reader, found, pk)


def _form(request: MemberRequest, found: Convention, title: str, form: SharesForm, back: str) -> HttpResponse:
    links = trail(found, Link("Lettres de mission", reverse("pacts:missions", args=[found.slug])))
    context = {"title": title, "links": links, "form": form, "back": back}
    return render(request, "pacts/form.html", context, status=422 if form.errors else 200)


def _context(request: MemberRequest, found: Convention, letter: MissionLetter) -> dict[str, Any]:
    try:
        policies.check_can_change(request.reader, letter)
        may_change = True
    except Denied:
        may_change = False
    shares = list(letter.shares.all())
    return {
        "title": f"Lettre de mission {letter.year}\u00a0: {letter.developer}", "convention": found, "letter": letter,
        "links": trail(found, Link("Lettres de mission", reverse("pacts:missions", args=[found.slug]))),
        "shares": shares, "rest": 100 - sum(share.percent for share in shares), "may_change": may_change,
    }  # fmt: skip
