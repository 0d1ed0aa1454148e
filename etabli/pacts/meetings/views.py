"""Meetings of a convention: the list and what is left to do, one meeting, its people, minutes, calendar file."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.conventions import rows
from etabli.pacts.conventions.queries import allowed, trail
from etabli.pacts.meetings import actions, policies, queries
from etabli.pacts.meetings.forms import AttendeeRow, ChangeMeetingForm, DecisionRow, MeetingForm, MinutesForm
from etabli.pacts.models import Convention, Decision, Meeting
from etabli.papers.invitations import TYPE, ics
from etabli.ui import french

P = Permission
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@member(P.SEE_PACT)
def meetings(request: MemberRequest, slug: str) -> HttpResponse:
    """Past and coming meetings, and the decisions that wait."""
    found = access.convention_or_404(request.reader, slug)
    today = timezone.localdate()
    context = {
        "title": "Réunions et décisions", "links": trail(found), "convention": found,
        "meetings": queries.meetings_of(request.reader, found).order_by("-starts_at", "-pk"),
        "decisions": [(one, queries.is_late(one, today)) for one in queries.open_decisions(request.reader, found)],
        "may_manage": not allowed(policies.check_can_manage, request.reader, found),
    }  # fmt: skip
    return render(request, "pacts/meetings.html", context)


@require_http_methods(FORM_METHODS)
@member(P.MANAGE_MEETINGS)
def new_meeting(request: MemberRequest, slug: str) -> HttpResponse:
    """Prepare a meeting."""
    found = access.convention_or_404(request.reader, slug)
    policies.check_can_manage(request.reader, found)
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.prepare(convention=found, by=request.reader, values=form.values())
        return redirect("pacts:meeting", slug, made.pk)
    return _form(request, found, "Préparer une réunion", form)


@require_http_methods(FORM_METHODS)
@member(P.MANAGE_MEETINGS)
def edit_meeting(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Change a meeting to come."""
    found, row = _meeting_or_404(request, slug, pk)
    policies.check_can_manage(request.reader, found)
    policies.check_not_over(row)
    form = ChangeMeetingForm(request.POST or None, initial=MeetingForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(meeting=row, by=request.reader, values=form.values(), still=form.still)
            return redirect("pacts:meeting", slug, pk)
        except ValidationError as wrong:
            form.add_error(None, wrong)
    return _form(request, found, "Changer la réunion", form)


def _form(request: MemberRequest, found: Convention, title: str, form: MeetingForm) -> HttpResponse:
    links = trail(found)
    context = {"title": title, "form": form, "links": links, "back": links[-1].href}
    return render(request, "pacts/form.html", context, status=422 if form.errors else 200)


@require_safe
@member(P.SEE_PACT)
def meeting(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """One meeting."""
    found, row = _meeting_or_404(request, slug, pk)
    return _page(request, found, row)


def _page(request: MemberRequest, found: Convention, row: Meeting, refusal: str = "") -> HttpResponse:
    context = {
        "refusal": refusal, "not_ready": allowed(policies.check_can_be_called, row),
        "silent": [one.name for one in row.attendees.all() if not one.email],
        "title": actions.title(row), "links": trail(found), "convention": found, "meeting": row,
        "quorum": queries.quorum(row), "decisions": row.decisions.order_by("number"),
        "may_manage": not allowed(policies.check_can_manage, request.reader, found),
        "over": bool(allowed(policies.check_not_over, row)), "began": row.starts_at <= timezone.now(),
    }  # fmt: skip
    return render(request, "pacts/meeting.html", context, status=409 if refusal else 200)


@require_http_methods(FORM_METHODS)
@member(P.MANAGE_MEETINGS)
def attendees(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Who is asked to come."""
    found, row = _meeting_or_404(request, slug, pk)
    policies.check_can_manage(request.reader, found)

    def known() -> list[dict[str, Any]]:
        return [
            {"id": one.pk, "name": one.name, "email": one.email, "organisation": one.organisation_id,
             "presence": one.presence}
            for one in row.attendees.order_by("pk")
        ]  # fmt: skip

    lines, refusal = rows.formset(AttendeeRow, request, known, prefix="personnes", empty=1, convention=found), ""
    if request.method == "POST" and lines.is_valid():
        try:
            actions.set_attendees(meeting=row, by=request.reader, rows=rows.filled(lines), still=lines.still)
            return redirect("pacts:meeting", slug, pk)
        except ValidationError as wrong:
            refusal = wrong.messages[0]
    return _lines(request, found, row, "Participants", lines, refusal=refusal)


@require_http_methods(FORM_METHODS)
@member(P.MANAGE_MEETINGS)
def minutes(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """What was said and decided, and who came."""
    found, row = _meeting_or_404(request, slug, pk)
    policies.check_can_manage(request.reader, found)

    def known() -> list[dict[str, Any]]:
        decided = row.decisions.all()
        return [{"id": one.pk, "text": one.text, "owner": one.owner, "due_on": one.due_on} for one in decided]

    def still(held: Meeting) -> None:
        form.still(held)
        lines.still(held)

    lines = rows.formset(DecisionRow, request, known, prefix="decisions", empty=3)
    form, refusal = MinutesForm(row, request.POST or None), ""
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        try:
            actions.hold(
                meeting=row, by=request.reader, presences=form.presences(), decisions=rows.filled(lines),
                minutes=form.cleaned_data["minutes"], still=still,
            )  # fmt: skip
            return redirect("pacts:meeting", slug, pk)
        except Denied as denied:
            refusal = denied.reason
        except ValidationError as wrong:
            form.add_error(None, wrong)
    return _lines(request, found, row, "Relevé de conclusions", lines, form=form, refusal=refusal)


def _lines(
    request: MemberRequest, found: Convention, row: Meeting, title: str, lines: object, form: MinutesForm | None = None,
    refusal: str = "",
) -> HttpResponse:  # fmt: skip
    context = {
        "title": title, "links": trail(found), "back": row.pk, "convention": found, "meeting": row, "lines": lines,
        "form": form, "refusal": refusal,
    }  # fmt: skip
    return render(request, "pacts/meeting_lines.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@member(P.MANAGE_MEETINGS)
def call(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Send the invitations, or cancel the meeting."""
    found, row = _meeting_or_404(request, slug, pk)
    policies.check_can_manage(request.reader, found)
    try:
        if "cancel" in request.POST:
            actions.cancel(meeting=row, by=request.reader)
        else:
            called = actions.call(meeting=row, by=request.reader)
            messages.success(request, f"Convocation envoyée à {french.counted(called, 'personne')}.")
    except Denied as denied:
        return _page(request, found, row, refusal=denied.reason)
    return redirect("pacts:meeting", slug, pk)


@require_safe
@member(P.SEE_PACT)
def calendar(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """The file of the invitation, for who prefers to send it by hand."""
    _, row = _meeting_or_404(request, slug, pk)
    response = HttpResponse(ics(actions.appointment(row)), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="reunion-{row.pk}.ics"'
    return response


@require_POST
@member(P.MANAGE_MEETINGS)
def follow(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Mark a decision as done today. Pressed by two people, or twice, it was done the first time."""
    found = access.convention_or_404(request.reader, slug)
    row = Decision.objects.select_related("meeting__convention").filter(meeting__convention=found, pk=pk).first()
    if row is None:
        raise Http404
    actions.follow(decision=row, by=request.reader, done_on=row.done_on or timezone.localdate())
    return redirect("pacts:meetings", slug)


def _meeting_or_404(request: MemberRequest, slug: str, pk: int) -> tuple[Convention, Meeting]:
    found = access.convention_or_404(request.reader, slug)
    rows_ = (
        queries.meetings_of(request.reader, found)
        .select_related("convention", "made_by")
        .prefetch_related("attendees__organisation")
    )
    row = rows_.filter(pk=pk).first()
    if row is None:
        raise Http404
    return found, row
