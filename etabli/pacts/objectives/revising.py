"""The pages where what was said of an objective is said otherwise: its words, its targets, a typed figure."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.models import Evidence, Objective
from etabli.pacts.objectives import actions, pages, policies, queries, years
from etabli.pacts.objectives.forms import CorrectionForm, ObjectiveForm, ReasonForm, TargetsForm
from etabli.pacts.objectives.preview import preview
from etabli.papers import storage, uploads

P = Permission
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
@member(P.DRAFT_CONVENTION)
def change(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """The builder once more, filled with an objective, while the convention is being written."""
    convention = access.convention_or_404(request.reader, slug)
    found = queries.objective_or_404(convention, pk)
    policies.check_can_write(request.reader, convention)
    form = ObjectiveForm(convention, request.POST or None, instance=found)
    asked = "apercu" in request.POST
    if request.method == "POST" and not asked and form.is_valid() and _changed(request, found, form):
        return redirect("pacts:objectives", slug)
    seen = preview(request.reader, convention, form, timezone.localdate()) if asked else None
    context = pages.builder(convention, form, seen, asked=asked, changed=True)
    wrong = request.method == "POST" and not asked
    return render(request, "pacts/objective_form.html", context, status=422 if wrong else 200)


def _changed(request: MemberRequest, found: Objective, form: ObjectiveForm) -> bool:
    """Whether the objective was kept as it is now said; what is wrong is said on the form."""
    try:
        axis = form.cleaned_data["axis"]
        actions.change(objective=found, by=request.reader, axis=axis, fields=form.values(), still=form.still)
    except ValidationError as error:
        form.add_error(None, " ".join(error.messages))
        return False
    return True


@require_http_methods(FORM_METHODS)
@member(P.SEE_PACT)
def targets(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Every target ever set, and the form that changes them while the convention is being written."""
    found = queries.objective_or_404(access.convention_or_404(request.reader, slug), pk)
    if request.method == "POST":
        policies.check_can_write(request.reader, found.axis.convention)
    standing = {year: row.value for year, row in years.targets(found.targets.all()).items()}
    form = TargetsForm(found, standing, request.POST or None)
    if request.method == "POST" and form.is_valid() and _set(request, found, form):
        return redirect("pacts:targets", slug, pk)
    context = pages.targets(request.reader, found, form)
    return render(request, "pacts/targets.html", context, status=422 if request.method == "POST" else 200)


def _set(request: MemberRequest, found: Objective, form: TargetsForm) -> bool:
    """Whether the targets were kept; what is wrong is said on the form."""
    try:
        actions.set_targets(
            objective=found, by=request.reader, targets=form.targets(), reason=form.cleaned_data["reason"],
            still=form.still,
        )  # fmt: skip
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@require_http_methods(FORM_METHODS)
@member(P.TYPE_EVIDENCE)
def correct(request: MemberRequest, slug: str, pk: int, piece: int) -> HttpResponse:
    """A typed figure said otherwise: another line, with its reason, stands in its place."""
    former = _line(request, slug, pk, piece)
    form = CorrectionForm(request.POST or None, request.FILES or None, initial=CorrectionForm.initial_of(former))
    if request.method == "POST" and form.is_valid() and _corrected(request, former, form):
        return redirect("pacts:objective", slug, pk)
    return _retyping(request, former, form)


@require_http_methods(FORM_METHODS)
@member(P.TYPE_EVIDENCE)
def withdraw(request: MemberRequest, slug: str, pk: int, piece: int) -> HttpResponse:
    """A typed figure taken back, with a reason: it counts no more, and stays readable."""
    former = _line(request, slug, pk, piece)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_evidence(evidence=former, by=request.reader, reason=form.cleaned_data["reason"])
        return redirect("pacts:objective", slug, pk)
    return _retyping(request, former, form)


def _line(request: MemberRequest, slug: str, pk: int, piece: int) -> Evidence:
    """The typed figure of an address, when this reader may say it otherwise. Raises Http404, Denied."""
    found = queries.objective_or_404(access.convention_or_404(request.reader, slug), pk)
    former = queries.piece_or_404(request.reader, found, piece)
    policies.check_can_change_evidence(request.reader, former)
    return former


def _corrected(request: MemberRequest, former: Evidence, form: CorrectionForm) -> bool:
    """Whether the correction was kept; what is wrong with its document is said on the form."""
    wanted = dict(form.cleaned_data)
    given = wanted.pop("document")
    try:
        document = (
            uploads.keep(given, by=request.user, organisation_id=request.reader.organisation.pk) if given else None
        )
        actions.correct_evidence(evidence=former, by=request.reader, document=document, **wanted)
    except storage.BadFile as error:
        form.add_error("document", error.args[0])
        return False
    return True


def _retyping(request: MemberRequest, former: Evidence, form: CorrectionForm | ReasonForm) -> HttpResponse:
    context = pages.retyping(former, form)
    return render(request, "pacts/evidence_change.html", context, status=422 if request.method == "POST" else 200)
