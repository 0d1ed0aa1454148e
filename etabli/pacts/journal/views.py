"""The journal of an organisation, on a page and as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.roles import Permission
from etabli.pacts.journal import queries
from etabli.pacts.journal.forms import JournalFilter
from etabli.papers import sheets

FILES = ("csv", "xlsx", "ods")


@require_safe
@member(Permission.SEE_JOURNAL)
def journal(request: MemberRequest) -> HttpResponse:
    """`/journal/`: what was changed, or the rows naming firms that were read."""
    asked = JournalFilter(request.reader, request.GET)
    page, lines = queries.page(request.reader, asked, request.GET.get("page", "1"))
    query = asked.query()
    context = {
        "title": "Journal", "organisation": request.reader.organisation, "asked": asked, "page": page,
        "lines": lines, "readings": asked.readings, "filtered": asked.narrows,
        "files": [(kind.upper(), reverse("pacts:journal_file", args=[kind]) + query) for kind in FILES],
    }  # fmt: skip
    return render(request, "pacts/journal.html", context)


@require_safe
@member(Permission.SEE_JOURNAL)
def journal_file(request: MemberRequest, kind: str) -> HttpResponse:
    """The same list as a file."""
    if kind not in FILES:
        raise Http404
    write, content_type = sheets.WRITERS[kind]
    found = queries.sheet(request.reader, JournalFilter(request.reader, request.GET))
    response = HttpResponse(write(found), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="journal.{kind}"'
    return response
