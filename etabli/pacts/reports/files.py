"""What a report is taken away as: four files, its photos, its rows, and the page that everybody reads."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.frozen import published_reports
from etabli.pacts.models import Photo, Report, ReportAgreement
from etabli.pacts.objectives.pages import Link
from etabli.pacts.reports import outputs, pages, rows, slides, word
from etabli.pacts.reports.consents import consented
from etabli.pacts.reports.contents import Content, content_of
from etabli.pacts.reports.published import published_pacts
from etabli.pacts.reports.sheet import sheets
from etabli.papers import cache, storage
from etabli.papers.ods import workbook
from etabli.papers.sheets import ODS_TYPE, WRITERS
from etabli.papers.signs import all_valid

PPTX_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TYPES = {"pdf": storage.PDF, "docx": storage.DOCX, "pptx": PPTX_TYPE, "ods": ODS_TYPE}
_made = cache.Shelf("reports")


@require_safe
@member(Permission.SEE_PACT)
def file(request: MemberRequest, slug: str, year: int, suffix: str) -> HttpResponse:
    """One of the four files, for the parties; `?version=publique` as everybody will read it."""
    found = pages.report_or_404(request.reader, access.convention_or_404(request.reader, slug), year)
    public = request.GET.get("version") == "publique"
    content = content_of(found, public=public, text=pages.may_read_text(request.reader, found))
    return _file(found, content, suffix, None if public else request.reader)


def _file(report: Report, content: Content, suffix: str, reader: Reader | None) -> HttpResponse:
    made = workbook(sheets(reader, report, content)) if suffix == "ods" else _document(content, suffix)
    kind = "-public" if content["public"] else ""
    name = f"{report.convention.slug}-bilan-{report.year}{kind}.{suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type=TYPES[suffix], headers=headers)


def _document(content: Content, suffix: str) -> bytes:
    """Made once for the same words, photos and code."""
    photos = outputs.pictures(content)
    if suffix == "pdf":
        return outputs.pdf(content, photos, made_on=timezone.localdate())
    content = all_valid(content)
    write = {"docx": word.docx, "pptx": slides.pptx}[suffix]
    words = json.dumps(content, ensure_ascii=False, sort_keys=True)
    key = cache.key_of(suffix, outputs.CODE, words, *(photos[pk] for pk in sorted(photos)))
    return _made.remember(key, lambda: write(content, photos))


@require_safe
@member(Permission.SEE_PACT)
def photo(request: MemberRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """A photo of the text, as the parties see it on the page."""
    found = pages.report_or_404(request.reader, access.convention_or_404(request.reader, slug), year)
    if not pages.may_read_text(request.reader, found):
        raise Http404
    return _photo(found, pk)


def _photo(report: Report, pk: int) -> HttpResponse:
    """The photo made small; absent without a consent that holds."""
    photos = Photo.objects.filter(pk=pk, section__report=report).select_related("document")
    kept = consented(photos, timezone.localdate())
    if not kept:
        raise Http404
    return HttpResponse(outputs.small(storage.read(kept[0].document)), content_type=storage.JPEG)


@require_safe
@member(Permission.SEE_PACT)
def agreement(request: MemberRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """The minutes or the letter that an agreement was noted from, for the parties."""
    convention = access.convention_or_404(request.reader, slug)
    noted = ReportAgreement.objects.filter(move__report__convention=convention, move__report__year=year)
    noted = access.known_to(request.reader, convention, noted, "move__at__date")
    found = get_object_or_404(noted.filter(document__isnull=False).select_related("document"), pk=pk)
    if found.document is None:
        raise Http404
    return storage.response(found.document)


@require_safe
@member(Permission.SEE_PACT)
def figure_rows(request: MemberRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """The rows frozen with a figure."""
    found = rows.opened(request.reader, access.convention_or_404(request.reader, slug), year, pk)
    return render(request, "pacts/report_rows.html", rows.page(found, request.GET.get("page")))


@require_safe
@member(Permission.SEE_PACT)
def figure_rows_file(request: MemberRequest, slug: str, year: int, pk: int, suffix: str) -> HttpResponse:
    """The same rows to take away, all that this reader may open."""
    found = rows.opened(request.reader, access.convention_or_404(request.reader, slug), year, pk)
    write, content_type = WRITERS[suffix]
    headers = {"Content-Disposition": f'attachment; filename="{slug}-bilan-{year}-chiffre-{pk}.{suffix}"'}
    return HttpResponse(write(rows.sheet(found)), content_type=content_type, headers=headers)


@login_not_required
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """Every published report, for everybody."""
    return render(request, "pacts/public_reports.html", {"title": "Bilans publiés", "pacts": list(published_pacts())})


@login_not_required
@require_safe
def public(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The published report, aggregated, for everybody."""
    found = _published(slug, year)
    here = reverse("pacts:public_report", args=[slug, year])
    content = content_of(found, public=True)
    context: dict[str, Any] = {
        "title": content["title"], "content": content, "photos": f"{here}photos/",
        "files": [Link(label, f"{here}bilan.{suffix}") for suffix, label in pages.FILES.items()],
    }  # fmt: skip
    return render(request, "pacts/public_report.html", context)


@login_not_required
@require_safe
def public_file(request: HttpRequest, slug: str, year: int, suffix: str) -> HttpResponse:  # noqa: ARG001 - a view
    """One of the four files, as everybody reads it."""
    found = _published(slug, year)
    return _file(found, content_of(found, public=True), suffix, None)


@login_not_required
@require_safe
def public_photo(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:  # noqa: ARG001 - a view
    """A photo of a published report, while its consent holds."""
    return _photo(_published(slug, year), pk)


def _published(slug: str, year: int) -> Report:
    return get_object_or_404(published_reports(), convention__slug=slug, year=year)
