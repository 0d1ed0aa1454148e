"""Addresses of the yearly report: its page, its steps, the text of an axis, its files; and the public page."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.conventions.queries import allowed
from etabli.pacts.models import Report, Section
from etabli.pacts.objectives.pages import Link, trail
from etabli.pacts.reports import actions, enclosures, forms, outputs, pages, policies, slides
from etabli.pacts.reports.contents import content_of
from etabli.pacts.reports.sheet import sheet
from etabli.pacts.workflow import ReportState
from etabli.papers import storage
from etabli.papers.sheets import ODS_TYPE, ods

P = Permission
FORM_METHODS = ["GET", "HEAD", "POST"]
PPTX_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TYPES = {"pdf": storage.PDF, "docx": storage.DOCX, "pptx": PPTX_TYPE, "ods": ODS_TYPE}
ENCLOSURES: dict[str, tuple[str, type[forms.ConsentForm], Callable[..., Any]]] = {
    "citation": ("Ajouter une citation", forms.QuotationForm, enclosures.add_quotation),
    "photo": ("Ajouter une photo", forms.PhotoForm, enclosures.add_photo),
}


@require_http_methods(FORM_METHODS)
@member(P.SEE_PACT)
def report(request: MemberRequest, slug: str, year: int) -> HttpResponse:
    """The report of a year; before the freeze, the form that makes it for who may."""
    convention = access.convention_or_404(request.reader, slug)
    found = pages.report_of(convention, year)
    if found:
        return render(request, "pacts/report.html", pages.page(request.reader, found))
    context = {"title": f"Bilan {year}", "links": trail(convention), "back": trail(convention)[-1].href}
    refusal = allowed(policies.check_can_prepare, request.reader, convention)
    if refusal:
        return render(request, "pacts/report_form.html", {**context, "refusal": refusal})
    form = forms.FreezeForm(request.POST or None)

    def freeze() -> None:
        actions.freeze(convention=convention, year=year, by=request.reader, **form.cleaned_data)

    return _form(request, context, form, freeze, request.path)


def _form(request: HttpRequest, context: dict[str, Any], form: Any, act: Callable[[], object], to: str) -> HttpResponse:
    """Show a form, or act on it; a refusal is told in the form, and nothing typed is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
            return redirect(to)
        except (Denied, storage.BadFile) as refused:
            form.add_error(None, str(refused.args[0]))
        except ValidationError as error:
            form.add_error(None, error)
    context = {**context, "form": form, "forms": [form]}
    return render(request, "pacts/report_form.html", context, status=422 if form.errors else 200)


@require_POST
@member(P.SEE_PACT)
def step(request: MemberRequest, slug: str, year: int) -> HttpResponse:
    """From one state to the next; the action says who may."""
    found = _report(request, slug, year)
    go = pages.STEPS.get(request.POST.get("vers", ""))
    if go is None:
        raise Http404
    go(report=found, by=request.reader)
    return redirect("pacts:report", slug, year)


@require_http_methods(FORM_METHODS)
@member(P.PREPARE_REPORT)
def section(request: MemberRequest, slug: str, year: int, axis: int) -> HttpResponse:
    """The text of an axis."""
    found = _section(request, slug, year, axis)
    policies.check_can_write(request.reader, found.report)
    form = forms.SectionForm(request.POST or None, initial={"comment": found.comment})

    def write() -> None:
        actions.write(section=found, by=request.reader, **form.cleaned_data)

    return _form(request, _around(found, found.axis.title), form, write, _page(found.report))


@require_http_methods(FORM_METHODS)
@member(P.PREPARE_REPORT)
def enclose(request: MemberRequest, slug: str, year: int, axis: int, kind: str) -> HttpResponse:
    """Add a quotation or a photo to an axis."""
    found = _section(request, slug, year, axis)
    policies.check_can_write(request.reader, found.report)
    title, wanted, add = ENCLOSURES[kind]
    form = wanted(request.POST or None, request.FILES or None)

    def keep() -> None:
        add(section=found, by=request.reader, **form.cleaned_data)

    return _form(request, _around(found, title), form, keep, _page(found.report))


@require_http_methods(FORM_METHODS)
@member(P.VALIDATE_REPORT)
def ask(request: MemberRequest, slug: str, year: int, axis: int) -> HttpResponse:
    """Ask a correction of an axis."""
    found = _section(request, slug, year, axis)
    policies.check_can_read_across(request.reader, found.report)
    form = forms.WordsForm(request.POST or None)

    def say() -> None:
        actions.ask_correction(section=found, by=request.reader, text=form.cleaned_data["text"])

    return _form(
        request, _around(found, f"Demander une correction\u00a0: {found.axis}"), form, say, _page(found.report)
    )


@require_http_methods(FORM_METHODS)
@member(P.PREPARE_REPORT)
def answer(request: MemberRequest, slug: str, year: int, axis: int, pk: int) -> HttpResponse:
    """Answer a correction asked."""
    found = _section(request, slug, year, axis)
    policies.check_can_write(request.reader, found.report)
    remark = get_object_or_404(found.remarks, pk=pk)
    form = forms.WordsForm(request.POST or None)

    def say() -> None:
        actions.answer(remark=remark, by=request.reader, answer=form.cleaned_data["text"])

    return _form(request, _around(found, f"Répondre\u00a0: {remark}"), form, say, _page(found.report))


@require_http_methods(FORM_METHODS)
@member(P.PREPARE_REPORT)
def correct(request: MemberRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """A line beside a frozen figure."""
    found = _report(request, slug, year)
    policies.check_can_correct(request.reader, found)
    figure = get_object_or_404(found.figures, pk=pk)
    form = forms.CorrectionForm(request.POST or None)
    links = [*trail(found.convention), Link(f"Bilan {year}", _page(found))]
    context = {"title": f"Corriger\u00a0: {figure.title}", "links": links, "back": _page(found)}

    def line() -> None:
        actions.correct(figure=figure, by=request.reader, **form.cleaned_data)

    return _form(request, context, form, line, _page(found))


@require_safe
@member(P.SEE_PACT)
def file(request: MemberRequest, slug: str, year: int, suffix: str) -> HttpResponse:
    """One of the four files."""
    found = _report(request, slug, year)
    content = content_of(found, public=False, text=pages.may_read_text(request.reader, found))
    photos = outputs.pictures(content)
    made = {
        "pdf": lambda: outputs.pdf(content, photos, made_on=timezone.localdate()),
        "docx": lambda: outputs.docx(content, photos),
        "pptx": lambda: slides.pptx(content),
        "ods": lambda: ods(sheet(request.reader, found, content)),
    }[suffix]()
    name = {"Content-Disposition": f'attachment; filename="{slug}-bilan-{year}.{suffix}"'}
    return HttpResponse(made, content_type=TYPES[suffix], headers=name)


@login_not_required
@require_safe
def public(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The published report, aggregated, for everybody."""
    found = get_object_or_404(Report.objects.select_related("convention"), convention__slug=slug, year=year)
    if policies.state_of(found) is not ReportState.PUBLISHED:
        raise Http404
    content = content_of(found, public=True)
    return render(request, "pacts/public_report.html", {"title": content["title"], "content": content})


def _report(request: MemberRequest, slug: str, year: int) -> Report:
    return pages.report_or_404(access.convention_or_404(request.reader, slug), year)


def _section(request: MemberRequest, slug: str, year: int, axis: int) -> Section:
    found = _report(request, slug, year)
    return get_object_or_404(Section.objects.select_related("report__convention", "axis"), report=found, axis=axis)


def _page(found: Report) -> str:
    return f"/pacte/{found.convention.slug}/bilan/{found.year}/"


def _around(found: Section, title: str) -> dict[str, Any]:
    back = _page(found.report)
    return {
        "title": title, "links": [*trail(found.report.convention), Link(f"Bilan {found.report.year}", back)],
        "back": back,
    }  # fmt: skip
