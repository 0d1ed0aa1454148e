"""Amendments of a convention: the list, a new one, its before and after."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.amendments import actions, policies
from etabli.pacts.amendments.forms import AmendmentForm, NewAmendment
from etabli.pacts.amendments.known import known, put_to_sign
from etabli.pacts.changes import difference
from etabli.pacts.changes.departing import departing
from etabli.pacts.conventions.policies import check_can_steer
from etabli.pacts.conventions.queries import allowed, trail, unjoined
from etabli.pacts.models import Amendment, Convention, Subject
from etabli.pacts.workflow import AmendmentState

P = Permission
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@member(P.SEE_PACT)
def amendments(request: MemberRequest, slug: str) -> HttpResponse:
    """Every amendment of a convention."""
    found = access.convention_or_404(request.reader, slug)
    context = {
        "title": "Avenants", "links": trail(found), "convention": found,
        "amendments": known(request.reader, found),
        "denied": allowed(policies.check_can_amend, request.reader, found),
    }  # fmt: skip
    return render(request, "pacts/amendments.html", context)


@require_http_methods(FORM_METHODS)
@member(P.DRAFT_CONVENTION)
def new_amendment(request: MemberRequest, slug: str) -> HttpResponse:
    """Open an amendment."""
    found = access.convention_or_404(request.reader, slug)
    policies.check_can_amend(request.reader, found)
    leaves = next((one for one in departing(found) if one.party.organisation.siren == request.GET.get("depart")), None)
    form = NewAmendment(request.POST or None, initial=NewAmendment.initial_of(leaves))
    if request.method == "POST" and form.is_valid():
        subjects = [Subject(one) for one in form.cleaned_data.pop("subjects")]
        try:
            made = actions.open_amendment(convention=found, by=request.reader, subjects=subjects, **form.cleaned_data)
            return redirect("pacts:amendment", slug, made.number)
        except Denied as denied:
            form.add_error("effective_on", denied.reason)
    links = trail(found)
    context = {"title": "Nouvel avenant", "form": form, "links": links, "back": links[-1].href}
    if leaves:
        name = leaves.party.organisation.name
        context["note"] = f"Le projet retire déjà {name} des parties\u00a0: il restera à le faire signer."
    return render(request, "pacts/form.html", context, status=422 if form.errors else 200)


@require_http_methods(FORM_METHODS)
@member(P.SEE_PACT)
def amendment(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """What an amendment changes, line by line; and its form while it is a draft."""
    found = access.convention_or_404(request.reader, slug)
    row = amendment_or_404(request, found, number)
    may_write = not allowed(policies.check_can_write, request.reader, row)
    sent = request.POST if request.method == "POST" else None  # a form that is sent may be empty
    form = AmendmentForm(sent, amendment=row) if may_write else None
    if request.method == "POST":
        policies.check_can_write(request.reader, row)
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            actions.write(amendment=row, by=request.reader, values=form.values(), still=form.still)
            return redirect("pacts:amendment", slug, number)
        except Denied as denied:
            form.add_error(None, denied.reason)
        except ValidationError as wrong:
            form.add_error(None, wrong)
    return amendment_page(request, found, row, form)


def amendment_page(
    request: MemberRequest, found: Convention, row: Amendment, form: AmendmentForm | None
) -> HttpResponse:
    """The table before / after, and what may be done next."""
    context = {
        "title": f"{found.short_title}, avenant n°\u00a0{row.number}", "links": trail(found), "convention": found,
        "amendment": row, "form": form, "version": put_to_sign(request.reader, row),
        "changes": difference.changes(row.base.content, row.proposed, row.effective_on),
        "subjects": [Subject(one).label for one in row.subjects],
        "waiting": unjoined(request.reader, [party["siren"] for party in row.proposed["parties"]]).values(),
        "may_steer": not allowed(check_can_steer, request.reader, found),
        "may_sign": not allowed(policies.check_waits, request.reader, row),
    }  # fmt: skip
    return render(request, "pacts/amendment.html", context, status=422 if form is not None and form.errors else 200)


@require_POST
@member(P.DRAFT_CONVENTION)
def move_amendment(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """Put to sign, take back, abandon."""
    found = access.convention_or_404(request.reader, slug)
    row = amendment_or_404(request, found, number)
    to = request.POST.get("to", "")
    if to not in AmendmentState.values:
        raise Denied("Cet état n’existe pas.")
    actions.move(amendment=row, by=request.reader, to=AmendmentState(to))
    return redirect("pacts:sign" if to == AmendmentState.TO_SIGN else "pacts:amendments", slug)


def amendment_or_404(request: MemberRequest, found: Convention, number: int) -> Amendment:
    """One amendment of a convention that the reader may see."""
    rows = known(request.reader, found, number=number)
    if not rows:
        raise Http404
    return rows[0]
