"""The pages of a convention: who asks, which convention, which action, which template."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.conventions import actions, moves, policies, preparing, queries, renewing, review
from etabli.pacts.conventions.forms import ConventionText, NewConvention, PaymentForm, RemarkForm, RenewForm, YearForm
from etabli.pacts.conventions.screens import Link
from etabli.pacts.models import RemarkKind
from etabli.pacts.workflow import State

FORM_METHODS = ["GET", "HEAD", "POST"]
P = Permission


@require_safe
@member(P.SEE_PACT)
def conventions(request: MemberRequest) -> HttpResponse:
    """`/pacte/conventions/`: those of the reader's organisation, in the reader's words."""
    context = {
        "title": "Conventions",
        "lines": queries.lines(request.reader),
        "may_create": request.reader.may(P.DRAFT_CONVENTION),
    }
    return render(request, "pacts/conventions.html", context)


@require_http_methods(FORM_METHODS)
@member(P.DRAFT_CONVENTION)
def new(request: MemberRequest) -> HttpResponse:
    """`/pacte/nouvelle/`: five fields, and a draft exists with its list of communes."""
    form = NewConvention(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.found:
        values = {name: form.cleaned_data[name] for name in ("title", "starts_on", "ends_on", "budget")}
        made = actions.create(by=request.reader, territory=form.found, **values)
        return redirect("pacts:perimeter", made.slug)
    context = {"title": "Nouvelle convention", "form": form}
    return render(request, "pacts/new.html", context, status=422 if form.errors else 200)


@require_safe
@member(P.SEE_PACT)
def convention(request: MemberRequest, slug: str) -> HttpResponse:
    """`/pacte/…/convention/`: where it stands, what is next, what partners said."""
    found = access.convention_or_404(request.reader, slug)
    screen = queries.screen(request.reader, found)
    context = {"title": screen.title, "screen": screen, "convention": found, "remark": RemarkForm()}
    return render(request, "pacts/convention.html", context)


@require_http_methods(FORM_METHODS)
@member(P.DRAFT_CONVENTION)
def convention_text(request: MemberRequest, slug: str) -> HttpResponse:
    """The words around the axes."""
    found = access.convention_or_404(request.reader, slug)
    policies.check_can_write(request.reader, found)
    form = ConventionText(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(convention=found, by=request.reader, still=form.still, **form.cleaned_data)
            return redirect("pacts:convention", slug)
        except ValidationError as wrong:
            form.add_error(None, wrong)
    links = queries.trail(found)
    context = {"title": "Titre, dates, montant", "form": form, "links": links, "back": links[-1].href}
    return render(request, "pacts/form.html", context, status=422 if form.errors else 200)


@require_POST
@member(P.SEE_PACT)
def move(request: MemberRequest, slug: str) -> HttpResponse:
    """Go to another state."""
    found = access.convention_or_404(request.reader, slug)
    to = request.POST.get("to", "")
    if to not in State.values:
        raise Denied("Cet état n’existe pas.")
    moves.move(convention=found, to=State(to), by=request.reader, reason=request.POST.get("reason", ""))
    return redirect("pacts:convention", slug)


@require_POST
@member(P.REVIEW_CONVENTION)
def remark(request: MemberRequest, slug: str) -> HttpResponse:
    """Comment, ask for a correction, agree. What was typed comes back when it is incomplete."""
    found = access.convention_or_404(request.reader, slug)
    form = RemarkForm(request.POST)
    if form.is_valid():
        try:
            kind = RemarkKind(form.cleaned_data.pop("kind"))
            review.remark(convention=found, by=request.reader, kind=kind, **form.cleaned_data)
            return redirect("pacts:convention", slug)
        except Denied as denied:
            form.add_error("text", denied.reason)
    screen = queries.screen(request.reader, found)
    context = {"title": screen.title, "screen": screen, "convention": found, "remark": form}
    return render(request, "pacts/convention.html", context, status=422)


@require_POST
@member(P.REVIEW_CONVENTION)
def resolve(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Say what was done of a remark."""
    found = access.convention_or_404(request.reader, slug)
    row = found.remarks.filter(pk=pk).first()
    if row is None:
        raise Denied("Cette remarque n’existe plus.")
    review.resolve(remark=row, by=request.reader, answer=request.POST.get("answer", ""))
    return redirect(f"{reverse('pacts:convention', args=[slug])}#remarques")


@require_http_methods(FORM_METHODS)
@member(P.DRAFT_CONVENTION)
def year(request: MemberRequest, slug: str) -> HttpResponse:
    """Prepare the convention of one year."""
    found = access.convention_or_404(request.reader, slug)
    policies.check_can_steer(request.reader, found)
    form = YearForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = preparing.prepare_year(convention=found, by=request.reader, **form.cleaned_data)
            return redirect("pacts:convention", made.slug)
        except Denied as denied:
            form.add_error("year", denied.reason)
    links = queries.trail(found)
    note = preparing.announced(found)
    context = {"title": "Préparer une année", "form": form, "links": links, "back": links[-1].href, "note": note}
    return render(request, "pacts/form.html", context, status=422 if form.errors else 200)


@require_http_methods(FORM_METHODS)
@member(P.DRAFT_CONVENTION)
def renew(request: MemberRequest, slug: str) -> HttpResponse:
    """Another convention after this one, by copy."""
    found = access.convention_or_404(request.reader, slug)
    renewing.check_can_renew(request.reader, found)
    first, last = renewing.dates_after(found)
    form = RenewForm(request.POST or None, initial={"title": found.title, "starts_on": first, "ends_on": last})
    if request.method == "POST" and form.is_valid():
        try:
            made = renewing.renew(convention=found, by=request.reader, **form.cleaned_data)
            return redirect("pacts:convention", made.slug)
        except Denied as denied:
            form.add_error("starts_on", denied.reason)
    context = {
        "title": "Renouveler la convention", "form": form, "links": queries.trail(found), "convention": found,
        "note": renewing.announced(found),
    }  # fmt: skip
    return render(request, "pacts/renew.html", context, status=422 if form.errors else 200)


@require_http_methods(FORM_METHODS)
@member(P.DRAFT_CONVENTION)
def payment(request: MemberRequest, slug: str) -> HttpResponse:
    """Note the day of the first payment."""
    found = access.convention_or_404(request.reader, slug)
    policies.check_can_steer(request.reader, found)
    form = PaymentForm(request.POST or None, initial={"on": found.first_paid_on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_payment(convention=found, by=request.reader, still=form.still, **form.cleaned_data)
            return redirect("pacts:convention", slug)
        except ValidationError as wrong:
            form.add_error(None, wrong)
    links = (*queries.trail(found)[:-1], Link(found.short_title, queries.page(found)))
    context = {"title": "Premier versement", "form": form, "links": links, "back": links[-1].href}
    return render(request, "pacts/form.html", context, status=422 if form.errors else 200)
