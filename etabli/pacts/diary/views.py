"""`/atelier/`: the diary and the list of acts."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.roles import Permission
from etabli.acts.models import Act
from etabli.audit import actions as audit
from etabli.pacts.attributions import queries as attributions
from etabli.pacts.diary import actions, firms, moved, queries
from etabli.pacts.diary.actions import NO_THEME, Noted
from etabli.pacts.diary.asked import ActsFilter
from etabli.pacts.diary.forms import KINDS, OTHER_KIND, DiaryForm
from etabli.papers import sheets, storage
from etabli.papers.errors import PaperError
from etabli.registry import queries as registry
from etabli.registry.queries import BadNumber
from etabli.ui.asked import words

RECORDS, SEES = Permission.RECORD_ACT, Permission.SEE_ACTS
FIELDS = {"name": "firm", "siret": "firm"}  # of the register → of the form


@require_http_methods(["GET", "HEAD", "POST"])
@member(RECORDS)
def diary(request: MemberRequest) -> HttpResponse:
    """The form, and my last acts under it."""
    if request.method == "POST":
        return _note(request, None)
    return _page(request, DiaryForm(request.reader), noted=request.GET.get("note", ""))


@require_http_methods(["GET", "HEAD", "POST"])
@member(RECORDS)
def correct(request: MemberRequest, pk: int) -> HttpResponse:
    """The same form, filled with an act: what is sent replaces it."""
    act = _act_or_404(request, pk)
    if request.method == "POST":
        return _note(request, act)
    return _page(request, DiaryForm(request.reader, initial=_initial(act)), act)


@require_POST
@member(RECORDS)
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Cancel an act by its opposite."""
    act = _act_or_404(request, pk)
    try:
        actions.cancel(request.reader, act)
    except ValidationError as refusal:
        return _page(request, DiaryForm(request.reader), refusal=" ".join(refusal.messages), status=409)
    messages.success(request, "L’acte est annulé\u00a0: il ne compte plus nulle part.")
    return redirect("diary:diary")


def _act_or_404(request: MemberRequest, pk: int) -> Act:
    act = queries.own_act(request.reader, pk)
    if act is None:
        raise Http404
    return act


def _initial(act: Act) -> dict[str, Any]:
    axis = next(iter(attributions.standing(act)), None)
    known = act.minutes in dict(DiaryForm.base_fields["minutes"].choices)  # type: ignore[attr-defined] # a field of choices
    held, usual = act.beneficiary, act.kind in KINDS
    themes = [theme for theme in act.themes.split("|") if theme]
    return {
        "key": uuid.uuid4(), "kind": act.kind if usual else OTHER_KIND, "other_kind": "" if usual else act.kind,
        "amount": act.amount or None, "quantity": None if act.quantity == 1 else act.quantity,
        "day": act.day, "axis": axis or "", "theme": themes[0] if len(themes) == 1 else "" if themes else NO_THEME,
        "commune": f"{queries.place(act.commune)} ({act.commune})" if act.commune else "",
        "minutes": act.minutes if known else 0, "other_minutes": None if known else act.minutes,
        "qpv": bool(act.qpv), "note": act.note.text if hasattr(act, "note") else "",
        "chosen": f"{firms.FILE}{held.key}" if held else "",
        "firm": registry.names([held.pk]).get(held.pk, "anonymisé") if held else "",
    }  # fmt: skip


def _note(request: MemberRequest, replaced: Act | None) -> HttpResponse:
    """Record what the form says; a script that asks for JSON gets its answer in JSON."""
    form = DiaryForm(request.reader, request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        names = ("key", "chosen", "firm", "commune", "axis", "kind", "minutes", "note", "day", "proof", "qpv",
                 "amount", "quantity", "theme")  # fmt: skip
        noted = Noted(**{name: data[name] for name in names})
        try:
            if replaced is None:
                actions.note(request.reader, noted)
            else:
                actions.correct(request.reader, replaced, noted)
        except ValidationError as wrong:
            _add(form, wrong)
        except BadNumber as wrong:
            form.add_error("firm", str(wrong))
        except PaperError as wrong:
            form.add_error("proof", str(wrong))
        else:
            said = f"?note={data['key']}{'&corrige=1' if replaced else ''}"
            return _json(201) if _wants_json(request) else redirect(f"{reverse('diary:diary')}{said}")
    return _json(422, form) if _wants_json(request) else _page(request, form, replaced, status=422)


def _add(form: DiaryForm, wrong: ValidationError) -> None:
    """Errors of the ledger beside the field they are about, or above the form."""
    if not hasattr(wrong, "error_dict"):
        form.add_error(None, wrong.messages)
        return
    for name, said in wrong.message_dict.items():
        field = FIELDS.get(name, name)
        form.add_error(field if field in form.fields else None, said)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _json(status: int, form: DiaryForm | None = None) -> JsonResponse:
    errors = [str(message) for messages in form.errors.values() for message in messages] if form else []
    return JsonResponse({"errors": errors}, status=status)


def _page(
    request: MemberRequest, form: DiaryForm, replaced: Act | None = None, *, noted: str = "", refusal: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    title = "Corriger un acte" if replaced else "Carnet"
    last = () if replaced else queries.last_acts(request.reader)
    act = moved.just_noted(request.reader, noted) if noted else None
    context = {
        "title": title, "form": form, "replaced": replaced, "last": last, "noted": noted, "refusal": refusal,
        "act": act, "corrected": "corrige" in request.GET,
        "moved": moved.moved_by(request.reader, act, timezone.localdate()) if act else (),
    }  # fmt: skip
    return render(request, "pacts/diary/diary.html", context, status=status)


@require_safe
@member(RECORDS)
def proposals(request: MemberRequest) -> HttpResponse:
    """The firms that a name may mean: what the form asks for as one types."""
    form = DiaryForm(request.reader)
    text = words(request.GET.get("firm", ""))
    found = firms.proposals(request.reader, text, form.place)
    context = {"proposals": found, "typed": text, "chosen": ""}
    return render(request, "pacts/diary/proposals.html", context)


@require_safe
@member(SEES)
def acts(request: MemberRequest) -> HttpResponse:
    """The list of acts with its totals."""
    asked = ActsFilter(request.reader, request.GET)
    screen = queries.screen(request.reader, asked, request.GET.get("page", "1"))
    _read(request, len(screen.lines), "liste des actes")
    context = {
        "title": "Actes", "screen": screen, "asked": asked, "may_merge": request.reader.may(Permission.MANAGE_MERGES),
    }  # fmt: skip
    return render(request, "pacts/diary/acts.html", context)


@require_safe
@member(SEES)
def acts_file(request: MemberRequest, kind: str) -> HttpResponse:
    """The same list as a file."""
    if kind not in queries.FILES:
        raise Http404
    found = queries.sheet(request.reader, ActsFilter(request.reader, request.GET))
    _read(request, len(found.rows), f"export {kind} des actes")
    write, content_type = sheets.WRITERS[kind]
    response = HttpResponse(write(found), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="actes.{kind}"'
    return response


@require_safe
@member(SEES)
def proof(request: MemberRequest, pk: int) -> HttpResponse:
    """The proof of an act, saved under its name."""
    act = _act_or_404(request, pk)
    if act.proof is None:
        raise Http404
    _read(request, 1, "pièce d’un acte", str(act.pk))
    return storage.response(act.proof)


def _read(request: MemberRequest, rows: int, page: str, which: str = "") -> None:
    """Keep the trace of rows that name somebody."""
    if rows:
        audit.record_reading(
            by=request.user, kind="acts.act", purpose=page, rows=rows, object_id=which,
            organisation_id=request.reader.organisation.pk,
        )  # fmt: skip
