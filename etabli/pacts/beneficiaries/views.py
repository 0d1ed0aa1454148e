"""The files of those an organisation helped: found, joined after a preview, separated again, anonymised."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.roles import Permission
from etabli.audit.actions import record_reading
from etabli.pacts.beneficiaries import actions, policies, queries
from etabli.pacts.beneficiaries.forms import AnonymiseForm, JoinForm
from etabli.pacts.objectives.pages import Link
from etabli.registry.actions import ErasureReason
from etabli.registry.models import Beneficiary
from etabli.ui.asked import words

P = Permission
FORM_METHODS = ["GET", "HEAD", "POST"]
ROWS = 50


@require_safe
@member(P.MANAGE_MERGES)
def beneficiaries(request: MemberRequest) -> HttpResponse:
    """Everybody the organisation helped, or those that a name or a number finds."""
    text = words(request.GET.get("q", ""))
    page = Paginator(queries.named(request.reader, text), ROWS).get_page(request.GET.get("page"))
    lines = queries.lines(request.reader, page.object_list)
    _read(request, len(lines), "liste des bénéficiaires")
    context = {"title": "Bénéficiaires", "lines": lines, "page": page, "typed": text}
    return render(request, "pacts/beneficiaries.html", context)


@require_safe
@member(P.MANAGE_MERGES)
def beneficiary(request: MemberRequest, key: UUID) -> HttpResponse:
    """One file: who it was and when, what is joined to it, and those it may be a double of."""
    found = queries.file_or_404(request.reader, key)
    shown, text = queries.line(request.reader, found), words(request.GET.get("q", ""))
    others = queries.doubles(request.reader, found, text)
    _read(request, 1, "dossier d’un bénéficiaire", str(found.pk))
    context = {
        "title": shown.name, "links": _trail(), "shown": shown, "identities": found.identities.all(),
        "merges": [_told(request, found, one) for one in queries.merges(request.reader, found)],
        "others": queries.lines(request.reader, others), "typed": text,
        "may_anonymise": request.reader.may(P.ANONYMISE) and not found.anonymised_at,
    }  # fmt: skip
    return render(request, "pacts/beneficiary.html", context)


def _told(request: MemberRequest, found: Beneficiary, merge: object) -> tuple[object, queries.Line]:
    other = merge.absorbed if merge.kept_id == found.pk else merge.kept  # type: ignore[attr-defined] # a merge
    return merge, queries.line(request.reader, other)


@require_http_methods(FORM_METHODS)
@member(P.MANAGE_MERGES)
def join(request: MemberRequest, key: UUID, other: UUID) -> HttpResponse:
    """What joining two files changes, then the joining."""
    kept, absorbed = queries.file_or_404(request.reader, key), queries.file_or_404(request.reader, other)
    policies.check_can_merge(request.reader, kept, absorbed)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.join(by=request.reader, kept=kept, absorbed=absorbed, reason=form.cleaned_data["reason"])
            return redirect("pacts:beneficiary", key)
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
    sides = [queries.line(request.reader, one) for one in (kept, absorbed)]
    _read(request, 2, "dossiers à réunir")
    context = {
        "title": "Réunir deux dossiers", "links": _trail(sides[0]), "form": form, "kept": sides[0],
        "absorbed": sides[1], "acts": sides[0].acts + sides[1].acts,
    }  # fmt: skip
    return render(request, "pacts/beneficiaries_join.html", context, status=422 if form.errors else 200)


@require_http_methods(FORM_METHODS)
@member(P.MANAGE_MERGES)
def separate(request: MemberRequest, key: UUID, pk: int) -> HttpResponse:
    """What separating two files again changes, then the separation."""
    found = queries.file_or_404(request.reader, key)
    merge = queries.merge_or_404(request.reader, found, pk)
    if request.method == "POST":
        actions.separate(by=request.reader, merge=merge)
        return redirect("pacts:beneficiary", key)
    sides = [queries.line(request.reader, one) for one in (merge.kept, merge.absorbed)]
    context = {
        "title": "Séparer deux dossiers", "links": _trail(queries.line(request.reader, found)), "merge": merge,
        "kept": sides[0], "absorbed": sides[1], "back": reverse("pacts:beneficiary", args=[key]),
    }  # fmt: skip
    return render(request, "pacts/beneficiaries_separate.html", context)


@require_http_methods(FORM_METHODS)
@member(P.ANONYMISE)
def anonymise(request: MemberRequest, key: UUID) -> HttpResponse:
    """What anonymising takes away and what stays, then the erasure."""
    found = queries.file_or_404(request.reader, key)
    policies.check_can_anonymise(request.reader, found)
    form = AnonymiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = ErasureReason(form.cleaned_data["reason"])
        actions.anonymise(by=request.reader, beneficiary=found, reason=reason)
        return redirect("pacts:beneficiary", key)
    shown, erased = queries.line(request.reader, found), queries.erased(request.reader, found)
    context = {"title": f"Anonymiser {shown.name}", "links": _trail(shown), "form": form, "erased": erased,
               "back": reverse("pacts:beneficiary", args=[key])}  # fmt: skip
    return render(request, "pacts/beneficiary_anonymise.html", context, status=422 if form.errors else 200)


def _trail(*more: queries.Line) -> list[Link]:
    below = [Link(one.name, reverse("pacts:beneficiary", args=[one.file.key])) for one in more]
    return [Link("Bénéficiaires", reverse("pacts:beneficiaries")), *below]


def _read(request: MemberRequest, rows: int, page: str, which: str = "") -> None:
    """Keep the trace of rows that name somebody."""
    if rows:
        record_reading(
            by=request.user, kind="registry.beneficiary", purpose=page, rows=rows, object_id=which,
            organisation_id=request.reader.organisation.pk,
        )  # fmt: skip
