"""Addresses of objectives: the list, the builder with its preview, a figure opened onto its rows, their exports."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.models import Convention, Objective
from etabli.pacts.objectives import actions, pages, policies, queries
from etabli.pacts.objectives.forms import EvidenceForm, ObjectiveForm
from etabli.pacts.objectives.preview import preview
from etabli.papers import storage, uploads
from etabli.papers.sheets import WRITERS

P = Permission


@require_safe
@member(P.SEE_PACT)
def objectives(request: MemberRequest, slug: str) -> HttpResponse:
    """Every objective of a convention, by axis, with what may be done to them."""
    found = access.convention_or_404(request.reader, slug)
    context = pages.listing(request.reader, found, request.GET.get("etat", ""))
    return render(request, "pacts/objectives.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member(P.DRAFT_CONVENTION)
def new(request: MemberRequest, slug: str) -> HttpResponse:
    """The builder. « Voir ce qu’il aurait compté » shows the preview; « Ajouter » keeps it and offers the next one."""
    found = access.convention_or_404(request.reader, slug)
    policies.check_can_write(request.reader, found)
    form = ObjectiveForm(found, request.POST or None, initial={"axis": request.GET.get("axe")})
    if request.method == "POST" and "apercu" not in request.POST and form.is_valid():
        refusal = _added(request, form)
        if not refusal:
            return redirect(f"{request.path}?axe={form.cleaned_data['axis'].pk}&ajoute=1")
        form.add_error(None, refusal)
    return _builder(request, found, form)


def _added(request: MemberRequest, form: ObjectiveForm) -> str | ValidationError:
    try:
        actions.add(
            axis=form.cleaned_data["axis"], by=request.reader, fields=form.values(), targets=form.targets()
        )  # fmt: skip
    except Denied as denied:
        return denied.reason
    except ValidationError as error:
        return error
    return ""


def _builder(request: MemberRequest, found: Convention, form: ObjectiveForm) -> HttpResponse:
    asked = "apercu" in request.POST
    seen = preview(request.reader, found, form, timezone.localdate()) if asked else None
    context = pages.builder(found, form, seen, asked=asked, added="ajoute" in request.GET)
    wrong = request.method == "POST" and not asked
    return render(request, "pacts/objective_form.html", context, status=422 if wrong else 200)


@require_POST
@member(P.DRAFT_CONVENTION)
def peek(request: MemberRequest, slug: str) -> HttpResponse:
    """The preview alone, as one types."""
    found = access.convention_or_404(request.reader, slug)
    policies.check_can_write(request.reader, found)
    form = ObjectiveForm(found, request.POST)
    context = {"seen": preview(request.reader, found, form, timezone.localdate()), "asked": True}
    return render(request, "pacts/objective_form.html#apercu", context)


@require_POST
@member(P.DRAFT_CONVENTION)
def remove(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take an objective out of a draft."""
    found = access.convention_or_404(request.reader, slug)
    actions.remove(objective=queries.objective_or_404(found, pk), by=request.reader)
    return redirect("pacts:objectives", slug)


@require_safe
@member(P.SEE_PACT)
def objective(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """A figure, what it means, where it leads, and the rows or the parts behind it."""
    found = access.convention_or_404(request.reader, slug)
    opened = _opened(request, found, pk)
    page = Paginator(opened.behind.rows, pages.ROWS).get_page(request.GET.get("page"))
    lines = pages.read(opened, page.object_list)
    context = pages.objective(opened) | {"page": page, "lines": lines}
    return render(request, "pacts/objective.html", context)


@require_safe
@member(P.SEE_PACT)
def rows_file(request: MemberRequest, slug: str, pk: int, suffix: str) -> HttpResponse:
    """The rows that the page shows to this reader, all of them; parts for who sees no row."""
    found = access.convention_or_404(request.reader, slug)
    opened = _opened(request, found, pk)
    write, content_type = WRITERS[suffix]
    content = write(pages.sheet(opened))
    name = f"{slug}-objectif-{pk}.{suffix}"
    return HttpResponse(content, content_type=content_type, headers=_saved(name))


def _opened(request: MemberRequest, found: Convention, pk: int) -> pages.Opened:
    return pages.opened(request.reader, found, pk, request.GET.get("annee", ""), request.GET.get("partie", ""))


def _saved(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


@require_http_methods(["GET", "HEAD", "POST"])
@member(P.TYPE_EVIDENCE)
def evidence(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Type a figure with its document."""
    found = queries.objective_or_404(access.convention_or_404(request.reader, slug), pk)
    policies.check_can_type_evidence(request.reader, found)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _typed(request, found, form):
        return redirect("pacts:objective", slug, pk)
    context = pages.typing(found, form)
    return render(request, "pacts/evidence.html", context, status=422 if request.method == "POST" else 200)


def _typed(request: MemberRequest, found: Objective, form: EvidenceForm) -> bool:
    wanted = dict(form.cleaned_data)
    given = wanted.pop("document")
    try:
        document = uploads.keep(given, by=request.user, organisation_id=request.reader.organisation.pk)
        actions.type_evidence(objective=found, by=request.reader, document=document, **wanted)
    except storage.BadFile as error:
        form.add_error("document", error.args[0])
        return False
    return True


@require_safe
@member(P.SEE_PACT)
def evidence_file(request: MemberRequest, slug: str, pk: int, piece: int) -> HttpResponse:
    """The document of a typed figure."""
    found = queries.objective_or_404(access.convention_or_404(request.reader, slug), pk)
    return storage.response(queries.piece_or_404(request.reader, found, piece).document)
