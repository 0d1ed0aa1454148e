"""The papers of a convention as it is written now, and the Word template of an organisation."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.models import Organisation
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.conventions import policies
from etabli.pacts.conventions.queries import content_for, trail
from etabli.pacts.documents import actions, paper, standard, versions, word
from etabli.pacts.documents.fields import SCHEMA, BadTemplate
from etabli.pacts.models import Convention, PartyRole, Template
from etabli.papers import storage, uploads
from etabli.papers.storage import DOCX, PDF, BadFile
from etabli.ui import french

P = Permission


def _standing(request: MemberRequest, found: Convention) -> str:
    day = french.long_date(access.left_on(request.reader, found) or timezone.localdate())
    return f"Texte «\u00a0{found.state_today.label}\u00a0» au {day}, sans valeur de version signée"


def saved(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def template_for(found: Convention) -> bytes | None:
    """The Word template that the pilot gave itself, if any."""
    pilot = Organisation.objects.filter(parties__convention=found, parties__role=PartyRole.PILOT).first()
    return word.own_template(pilot) if pilot else None


@require_safe
@member(P.SEE_PACT)
def convention_pdf(request: MemberRequest, slug: str) -> HttpResponse:
    """What is written now, without any code: it cannot be taken for a version."""
    found = access.convention_or_404(request.reader, slug)
    content = paper.pdf(
        content_for(request.reader, found), standing=_standing(request, found), made_on=timezone.localdate(),
        fictitious=versions.fictitious(), template=template_for(found),
    )  # fmt: skip
    return saved(content, PDF, f"{slug}.pdf")


@require_safe
@member(P.SEE_PACT)
def convention_docx(request: MemberRequest, slug: str) -> HttpResponse:
    """The same in Word, from the template of the pilot."""
    found = access.convention_or_404(request.reader, slug)
    content = word.docx(
        content_for(request.reader, found),
        template_for(found) or standard.template(),
        standing=_standing(request, found),
        fictitious=versions.fictitious(),
    )
    return saved(content, DOCX, f"{slug}.docx")


@require_safe
@member(P.DRAFT_CONVENTION)
def standard_template(request: MemberRequest) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """The template to start from."""
    return saved(standard.template(), DOCX, "modele-de-convention.docx")


def _unsaid(standing: Template | None) -> str:
    """« les axes et les objectifs »: what the template in force leaves out."""
    if standing is None or standing.document is None:
        return ""
    return french.enumeration(word.unsaid(storage.read(standing.document)))


class TemplateForm(forms.Form):
    """A Word template."""

    file = forms.FileField(label="Votre modèle, en .docx", widget=forms.ClearableFileInput(attrs={"accept": ".docx"}))


@require_http_methods(["GET", "HEAD", "POST"])
@member(P.DRAFT_CONVENTION)
def template(request: MemberRequest, slug: str) -> HttpResponse:
    """Change the Word template of one's organisation: every fault is told, and nothing is kept while there is one."""
    found = access.convention_or_404(request.reader, slug)
    policies.check_can_steer(request.reader, found)
    back = "standard" in request.POST
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (back or form.is_valid()):
        file = None if back else form.cleaned_data["file"]
        try:
            actions.set_template(
                by=request.reader, content=uploads.content(file) if file else None, name=file.name if file else ""
            )
            return redirect("pacts:template", slug)
        except BadFile as refused:
            form.add_error("file", str(refused))
        except BadTemplate as refused:
            form.add_error("file", refused.faults)
    standing = Template.objects.filter(organisation=request.reader.organisation).order_by("-pk").first()
    context = {"title": "Modèle de convention", "form": form, "links": trail(found), "convention": found,
               "standing": standing, "fields": sorted(SCHEMA),
               "unsaid": _unsaid(standing)}  # fmt: skip
    return render(request, "pacts/template.html", context, status=422 if form.errors else 200)
