"""The pages where what was said of an objective is said otherwise: its targets."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.models import Objective
from etabli.pacts.objectives import actions, pages, policies, queries, years
from etabli.pacts.objectives.forms import TargetsForm

P = Permission
FORM_METHODS = ["GET", "HEAD", "POST"]


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
            objective=found, by=request.reader, targets=form.targets(), reason=form.cleaned_data["reason"]
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
