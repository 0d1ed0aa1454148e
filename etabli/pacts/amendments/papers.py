"""The papers of an amendment: what it changes, why, from when, then the text that it makes."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.amendments import known
from etabli.pacts.amendments.views import amendment_or_404
from etabli.pacts.changes import difference
from etabli.pacts.conventions.papers import saved, template_for
from etabli.pacts.documents import paper, standard, versions, word
from etabli.pacts.documents.snapshot import Content
from etabli.pacts.models import Amendment
from etabli.papers import storage
from etabli.ui import french

P = Permission


def _said(reader: Reader, row: Amendment) -> tuple[Content, str]:
    """The whole content, and what this text is."""
    frozen = known.frozen(reader, row)
    if frozen:
        return frozen.content, versions.standing(frozen)
    day = french.long_date(access.left_on(reader, row.convention) or timezone.localdate())
    return difference.whole(
        row
    ), f"Avenant n°\u00a0{row.number}, texte «\u00a0{row.get_state_display()}\u00a0» au {day}"


@require_safe
@member(P.SEE_PACT)
def amendment_pdf(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """The sealed PDF once put to sign; before, what is proposed now, without any code."""
    found = access.convention_or_404(request.reader, slug)
    row = amendment_or_404(request, found, number)
    frozen = known.frozen(request.reader, row)
    if frozen:
        return storage.response(frozen.document)
    content, standing = _said(request.reader, row)
    made = paper.pdf(
        content, standing=standing, made_on=timezone.localdate(), fictitious=versions.fictitious(),
        template=template_for(found),
    )  # fmt: skip
    return saved(made, storage.PDF, f"{slug}-avenant-{number}.pdf")


@require_safe
@member(P.SEE_PACT)
def amendment_docx(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """The same in Word, from the template of the pilot."""
    found = access.convention_or_404(request.reader, slug)
    content, standing = _said(request.reader, amendment_or_404(request, found, number))
    template = template_for(found) or standard.template()
    made = word.docx(content, template, standing=standing, fictitious=versions.fictitious())
    return saved(made, storage.DOCX, f"{slug}-avenant-{number}.docx")
