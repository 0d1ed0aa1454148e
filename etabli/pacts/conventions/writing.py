"""The pages where the parts of a draft are written: perimeter, parties, axes, actions, deliberations."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.conventions import actions, contents, policies, queries, rows
from etabli.pacts.conventions.forms import (
    ActionForm,
    ActionRow,
    AxisRow,
    Boxes,
    DeliberationRow,
    PartyRow,
    TerritoryMixin,
)
from etabli.pacts.conventions.views import FORM_METHODS
from etabli.pacts.documents.snapshot import perimeter_content
from etabli.pacts.models import Action, Axis, Convention

P = Permission
MORE = 3  # empty lines after « ajouter des lignes »


def said(wrong: Denied | ValidationError) -> str:
    """A refusal in one sentence."""
    return wrong.reason if isinstance(wrong, Denied) else str(wrong.messages[0])


def next_page(request: MemberRequest, name: str, slug: str) -> HttpResponse:
    """The page of the convention, or the same form with more empty lines."""
    if "more" in request.POST:
        return redirect(f"{reverse(f'pacts:{name}', args=[slug])}?lignes={MORE}#lignes")
    return redirect("pacts:convention", slug)


def form_page(
    request: MemberRequest, template: str, found: Convention, *, title: str, wrong: bool, **more: Any
) -> HttpResponse:
    """One of the forms, at 422 when something in it must be mended."""
    links = queries.trail(found)
    context = {"title": title, "links": links, "back": links[-1].href, "convention": found, **more}
    return render(request, f"pacts/{template}.html", context, status=422 if wrong else 200)


@require_http_methods(FORM_METHODS)
@member(P.DRAFT_CONVENTION)
def perimeter(request: MemberRequest, slug: str) -> HttpResponse:
    """The dated list: another territory, or some communes ticked off."""
    found = access.convention_or_404(request.reader, slug)
    policies.check_can_write(request.reader, found)
    other, wrong = "territory" in request.POST, ""
    form = TerritoryMixin(request.POST if other else None)
    boxes = Boxes.sent(request.POST)
    if request.method == "POST" and (not other or form.is_valid()):
        chosen = {"territory": form.found} if other else {"kept": request.POST.getlist("commune")}
        try:
            actions.set_perimeter(convention=found, by=request.reader, still=boxes.still, **chosen)
            return redirect("pacts:perimeter" if other else "pacts:parties", slug)
        except (Denied, ValidationError) as refused:
            wrong = said(refused)
    listed = perimeter_content(found.perimeter)["communes"]
    return form_page(
        request, "perimeter", found, title="Périmètre", wrong=bool(form.errors or wrong), form=form, refusal=wrong,
        communes=[(code, name, code not in boxes.left_out) for code, name in listed], perimeter=found.perimeter,
        shown=" ".join(code for code, _ in listed),
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@member(P.DRAFT_CONVENTION)
def parties(request: MemberRequest, slug: str) -> HttpResponse:
    """Who promises: one line a party."""
    found = access.convention_or_404(request.reader, slug)
    policies.check_can_write(request.reader, found)

    def known() -> list[dict[str, Any]]:
        parties = found.parties.select_related("organisation").order_by("pk")
        waiting = queries.unjoined(request.reader, [one.organisation.siren for one in parties])
        return [
            {"siren": one.organisation.siren, "role": one.role, "signatory_name": one.signatory_name,
             "signatory_title": one.signatory_title, "founder": waiting.get(one.organisation.siren)}
            for one in parties
        ]  # fmt: skip

    few = found.parties.count() < 2
    lines, refusal = rows.formset(PartyRow, request, known, prefix="parties", empty=1 if few else 0), ""
    if request.method == "POST" and lines.is_valid():
        try:
            actions.set_parties(convention=found, by=request.reader, rows=rows.filled(lines), still=lines.still)
            return next_page(request, "parties", slug)
        except (Denied, ValidationError) as refused:
            refusal = said(refused)
    wrong = request.method == "POST"
    return form_page(request, "parties", found, title="Parties", wrong=wrong, lines=lines, refusal=refusal)


@require_http_methods(FORM_METHODS)
@member(P.DRAFT_CONVENTION)
def axes(request: MemberRequest, slug: str) -> HttpResponse:
    """The axes of work: a title each is enough."""
    found = access.convention_or_404(request.reader, slug)
    policies.check_can_write(request.reader, found)
    working = found.axes.filter(number__lt=contents.FIRST_VOLET).select_related("volet").order_by("number")

    def known() -> list[dict[str, Any]]:
        return [
            {"id": one.pk, "title": one.title, "description": one.description,
             "volet": one.volet.title if one.volet else "", "themes": one.themes}
            for one in working.all()
        ]  # fmt: skip

    lines, refusal = rows.formset(AxisRow, request, known, prefix="axes", empty=0 if working.exists() else 3), ""
    if request.method == "POST" and lines.is_valid():
        try:
            contents.set_axes(convention=found, by=request.reader, rows=rows.filled(lines), still=lines.still)
            return next_page(request, "axes", slug)
        except (Denied, ValidationError) as refused:
            refusal = said(refused)
    wrong = request.method == "POST"
    return form_page(request, "axes", found, title="Axes", wrong=wrong, lines=lines, refusal=refusal)


@require_http_methods(FORM_METHODS)
@member(P.DRAFT_CONVENTION)
def action_list(request: MemberRequest, slug: str) -> HttpResponse:
    """The fiches-action of every axis on one page."""
    found = access.convention_or_404(request.reader, slug)
    policies.check_can_write(request.reader, found)
    groups = []
    for one in found.axes.filter(number__lt=contents.FIRST_VOLET).prefetch_related("actions").order_by("number"):
        read, empty = partial(_actions_of, one), 0 if one.actions.all() else 1
        groups.append((one, rows.formset(ActionRow, request, read, prefix=f"axe-{one.pk}", empty=empty)))

    def still(row: Convention) -> None:
        for one, lines in groups:
            try:
                one.refresh_from_db()
            except Axis.DoesNotExist as gone:
                raise ValidationError(rows.OVERTAKEN) from gone
            lines.still(row)

    refusal = ""
    if request.method == "POST" and all(lines.is_valid() for _, lines in groups):
        try:
            wanted = {one.pk: rows.filled(lines) for one, lines in groups}
            contents.set_actions(convention=found, by=request.reader, rows=wanted, still=still)
            return next_page(request, "actions", slug)
        except (Denied, ValidationError) as refused:
            refusal = said(refused)
    wrong = request.method == "POST"
    return form_page(request, "actions", found, title="Fiches-action", wrong=wrong, groups=groups, refusal=refusal)


def _actions_of(axis: Axis) -> list[dict[str, Any]]:
    """The rows of one axis; those fetched beforehand as long as it was not read again."""
    return [{"id": row.pk, "title": row.title, "purpose": row.purpose, "public": row.public}
            for row in axis.actions.all()]  # fmt: skip


@require_http_methods(FORM_METHODS)
@member(P.DRAFT_CONVENTION)
def action(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """One fiche-action, all its fields."""
    found = access.convention_or_404(request.reader, slug)
    row = Action.objects.select_related("axis__convention").filter(axis__convention=found, pk=pk).first()
    if row is None:
        raise Http404
    policies.check_can_write(request.reader, found)
    form = ActionForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            contents.write_action(action=row, by=request.reader, values=form.cleaned_data, still=form.still)
            return redirect("pacts:actions", slug)
        except ValidationError as wrong:
            form.add_error(None, wrong)
    title = f"Fiche-action {row.axis.number}.{row.number}"
    measured = list(row.objectives.order_by("number"))
    return form_page(
        request, "action", found, title=title, wrong=bool(form.errors), form=form, measured=measured, convention=found
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@member(P.REVIEW_CONVENTION)
def deliberations(request: MemberRequest, slug: str) -> HttpResponse:
    """The deliberation and the signatory of each party that the reader may complete."""
    found = access.convention_or_404(request.reader, slug)
    lines = []
    for party in found.parties.select_related("organisation").order_by("pk"):
        if queries.allowed(policies.check_can_complete, request.reader, found, party):
            continue
        known = {name: getattr(party, name) for name in DeliberationRow.base_fields}
        lines.append(DeliberationRow(request.POST or None, initial=known, prefix=f"partie-{party.pk}", party=party))
    if not lines:
        raise Denied("Les délibérations de cette convention ne sont plus à compléter, ou pas par votre organisation.")
    if request.method == "POST" and _all_valid(lines) and _completed(request, lines):
        return redirect("pacts:convention", slug)
    wrong = request.method == "POST"
    return form_page(request, "deliberations", found, title="Délibérations", wrong=wrong, lines=lines)


def _completed(request: MemberRequest, lines: list[DeliberationRow]) -> bool:
    """Whether every line that changed was kept; none is when somebody else wrote one of them meanwhile."""
    changed = [(line.party, line.cleaned_data, line.still) for line in lines if line.has_changed()]
    try:
        actions.complete_parties(by=request.reader, rows=changed)
    except ValidationError as wrong:
        lines[0].add_error(None, wrong)
        return False
    return True


def _all_valid(lines: list[DeliberationRow]) -> bool:
    """Every line is asked, so that each says what is wrong."""
    return not [line for line in lines if not line.is_valid()]
