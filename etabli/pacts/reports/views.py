"""Addresses of the yearly report: its page, its freezes, its steps, the text of its axes and what is added to it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.conventions.queries import allowed
from etabli.pacts.models import Photo, Quotation, Report, Section
from etabli.pacts.objectives.pages import Link, trail
from etabli.pacts.reports import actions, agreements, enclosures, forms, pages, policies, texts
from etabli.papers import storage

P = Permission
FORM_METHODS = ["GET", "HEAD", "POST"]
ENCLOSURES: dict[str, tuple[str, type[forms.ConsentForm], Callable[..., Any]]] = {
    "citation": ("Ajouter une citation", forms.QuotationForm, enclosures.add_quotation),
    "photo": ("Ajouter une photo", forms.PhotoForm, enclosures.add_photo),
}
TAKEN_OUT: dict[str, Callable[..., None]] = {"accord-repris": enclosures.withdraw, "erreur": enclosures.discard}


@require_http_methods(FORM_METHODS)
@member(P.SEE_PACT)
def report(request: MemberRequest, slug: str, year: int) -> HttpResponse:
    """The report of a year; before the freeze, the form that makes it for who may."""
    convention = access.convention_or_404(request.reader, slug)
    found = pages.report_of(request.reader, convention, year)
    if found:
        return render(request, "pacts/report.html", pages.page(request.reader, found))
    context = {"title": f"Bilan {year}", "links": trail(convention), "back": trail(convention)[-1].href}
    refusal = allowed(policies.check_can_prepare, request.reader, convention)
    if refusal:
        return render(request, "pacts/report_form.html", {**context, "refusal": refusal})
    proposed = pages.last_day(convention, year)
    form = forms.FreezeForm(request.POST or None, initial={"cut_off": proposed})
    context |= {"title": f"Figer le bilan {year}", "button": "Figer les chiffres"}
    context |= pages.freeze(convention, year, proposed)

    def freeze() -> None:
        actions.freeze(convention=convention, year=year, by=request.reader, **form.cleaned_data)

    return _form(request, context, form, freeze, request.path)


@require_http_methods(FORM_METHODS)
@member(P.PREPARE_REPORT)
def again(request: MemberRequest, slug: str, year: int) -> HttpResponse:
    """Freeze once more, before publication."""
    found = _report(request, slug, year)
    _check_may_begin(request, found, policies.check_can_freeze_again)
    form = forms.FreezeAgainForm(request.POST or None, initial={"cut_off": found.cut_off})
    context = _around(found, f"Refaire le gel de {year}") | pages.freeze(found.convention, year, found.cut_off)
    context |= {"button": "Figer de nouveau", "again": found}

    def freeze() -> None:
        actions.freeze_again(report=found, by=request.reader, **form.cleaned_data)

    return _form(request, context, form, freeze, _page(found))


@require_safe
@member(P.SEE_PACT)
def former(request: MemberRequest, slug: str, year: int, number: int) -> HttpResponse:
    """A freeze that was done again, as it was."""
    found = pages.report_or_404(request.reader, access.convention_or_404(request.reader, slug), year, number)
    if found == pages.report_of(request.reader, found.convention, year):
        return redirect("pacts:report", slug, year)
    return render(request, "pacts/report_former.html", pages.former(request.reader, found))


def _form(
    request: HttpRequest, context: dict[str, Any], form: Any, act: Callable[[], object], to: str,
    template: str = "pacts/report_form.html",
) -> HttpResponse:  # fmt: skip
    """Show a form, or act on it; a refusal is told in the form, and nothing typed is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
            if not form.errors:
                return redirect(to)
        except (Denied, storage.BadFile) as refused:
            form.add_error(None, str(refused.args[0]))
        except ValidationError as error:
            form.add_error(None, error)
    context = {**context, "form": form, "forms": [form]}
    return render(request, template, context, status=422 if form.errors else 200)


def _check_may_begin(request: MemberRequest, found: Report, check: Callable[[Reader, Report], object]) -> None:
    """Nobody types in vain; when the state changed meanwhile, the action refuses and what was typed comes back."""
    if request.method != "POST":
        check(request.reader, found)
    elif check is not policies.check_can_read_across:
        policies.check_can_prepare(request.reader, found.convention)


@require_POST
@member(P.SEE_PACT)
def step(request: MemberRequest, slug: str, year: int) -> HttpResponse:
    """From one state to the next; the action says who may. What engages somebody is asked once more."""
    found = _report(request, slug, year)
    wanted = request.POST.get("vers", "")
    go = pages.STEPS.get(wanted)
    if go is None:
        raise Http404
    if wanted in pages.CONFIRMED and request.POST.get("confirme") != "oui":
        return render(request, "pacts/report_confirm.html", pages.confirmation(request.reader, found, wanted))
    go(report=found, by=request.reader)
    return redirect("pacts:report", slug, year)


@require_http_methods(FORM_METHODS)
@member(P.PREPARE_REPORT)
def text(request: MemberRequest, slug: str, year: int) -> HttpResponse:
    """What is written of every axis, on one page; when somebody else wrote in the meantime, both texts come back."""
    found = _report(request, slug, year)
    _check_may_begin(request, found, policies.check_can_write)
    sections = found.sections.select_related("axis", "report__convention").order_by("axis__number")
    form = forms.TextForm(sections, request.POST or None, pages.figures(found))

    def write() -> None:
        try:
            texts.write_all(report=found, by=request.reader, typed=form.typed())
        except texts.Overtaken as refused:
            form.overtaken(refused)

    return _form(
        request, _around(found, f"Écrire le bilan {year}"), form, write, _page(found), "pacts/report_text.html"
    )


@require_http_methods(FORM_METHODS)
@member(P.PREPARE_REPORT)
def enclose(request: MemberRequest, slug: str, year: int, axis: int, kind: str) -> HttpResponse:
    """Add a quotation or a photo to an axis."""
    found = _section(request, slug, year, axis)
    _check_may_begin(request, found.report, policies.check_can_write)
    title, wanted, add = ENCLOSURES[kind]
    form = wanted(request.POST or None, request.FILES or None)

    def keep() -> None:
        add(section=found, by=request.reader, **form.cleaned_data)

    return _form(request, _around(found.report, f"{title}\u00a0: {found.axis}"), form, keep, _page(found.report))


@require_http_methods(FORM_METHODS)
@member(P.VALIDATE_REPORT)
def ask(request: MemberRequest, slug: str, year: int, axis: int) -> HttpResponse:
    """Ask a correction of an axis."""
    found = _section(request, slug, year, axis)
    _check_may_begin(request, found.report, policies.check_can_read_across)
    form = forms.WordsForm(request.POST or None)

    def say() -> None:
        actions.ask_correction(section=found, by=request.reader, text=form.cleaned_data["text"])

    context = _around(found.report, f"Demander une correction\u00a0: {found.axis}")
    return _form(request, context, form, say, _page(found.report))


@require_http_methods(FORM_METHODS)
@member(P.PREPARE_REPORT)
def answer(request: MemberRequest, slug: str, year: int, axis: int, pk: int) -> HttpResponse:
    """Answer a correction asked."""
    found = _section(request, slug, year, axis)
    _check_may_begin(request, found.report, policies.check_can_write)
    remark = get_object_or_404(found.remarks, pk=pk)
    form = forms.WordsForm(request.POST or None)

    def say() -> None:
        actions.answer(remark=remark, by=request.reader, answer=form.cleaned_data["text"])

    context = _around(found.report, "Répondre à la correction demandée") | {"said": remark}
    return _form(request, context, form, say, _page(found.report))


@require_http_methods(FORM_METHODS)
@member(P.PREPARE_REPORT)
def note_agreement(request: MemberRequest, slug: str, year: int) -> HttpResponse:
    """Note what a party agreed to on paper or in a meeting."""
    found = _report(request, slug, year)
    _check_may_begin(request, found, policies.agreements_to_note)
    typed = request.method == "POST"
    parties = list(found.convention.parties.all()) if typed else policies.agreements_to_note(request.reader, found)
    form = forms.AgreementForm(parties, request.POST or None, request.FILES or None)

    def keep() -> None:
        agreements.note(report=found, by=request.reader, **form.given())

    return _form(request, _around(found, "Noter l’accord d’une partie"), form, keep, _page(found))


@require_http_methods(FORM_METHODS)
@member(P.PREPARE_REPORT)
def correct(request: MemberRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """A line beside a frozen figure."""
    found = _report(request, slug, year)
    _check_may_begin(request, found, policies.check_can_correct)
    figure = get_object_or_404(found.figures, pk=pk)
    form = forms.CorrectionForm(request.POST or None)
    context = _around(found, f"Corriger\u00a0: {figure.title}")

    def line() -> None:
        actions.correct(figure=figure, by=request.reader, **form.cleaned_data)

    return _form(request, context, form, line, _page(found))


@require_POST
@member(P.PREPARE_REPORT)
def take_out(request: MemberRequest, slug: str, year: int, kind: str, pk: int) -> HttpResponse:
    """Somebody took their consent back, or it was added by mistake."""
    found, take = _report(request, slug, year), TAKEN_OUT.get(request.POST.get("parce-que", ""))
    if take is None:
        raise Http404
    model: type[Photo] | type[Quotation] = Photo if kind == "photo" else Quotation
    rows = model.objects.select_related("section__report__convention")
    take(enclosure=get_object_or_404(rows, pk=pk, section__report=found), by=request.reader)
    return redirect("pacts:report", slug, year)


def _report(request: MemberRequest, slug: str, year: int) -> Report:
    return pages.report_or_404(request.reader, access.convention_or_404(request.reader, slug), year)


def _section(request: MemberRequest, slug: str, year: int, axis: int) -> Section:
    found = _report(request, slug, year)
    return get_object_or_404(Section.objects.select_related("report__convention", "axis"), report=found, axis=axis)


def _page(found: Report) -> str:
    return f"/pacte/{found.convention.slug}/bilan/{found.year}/"


def _around(found: Report, title: str) -> dict[str, Any]:
    back = _page(found)
    links = [*trail(found.convention), Link(f"Bilan {found.year}", back)]
    return {"title": title, "links": links, "back": back, "button": "Enregistrer"}
