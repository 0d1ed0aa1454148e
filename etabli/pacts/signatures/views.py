"""Versions and their signatures."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.conventions.queries import allowed, trail
from etabli.pacts.documents import versions
from etabli.pacts.models import Convention, Version
from etabli.pacts.signatures import actions, policies, queries
from etabli.pacts.signatures.forms import ScanForm, SignForm
from etabli.papers import storage, uploads
from etabli.papers.storage import PDF, BadFile

P = Permission
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@member(P.SEE_PACT)
def version(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """One version, as it was frozen, with its fingerprints and its signatures."""
    found = access.convention_or_404(request.reader, slug)
    screen = queries.screen(request.reader, queries.version_or_404(request.reader, found, number))
    context = {"title": screen.title, "screen": screen, "convention": found, "links": trail(found), "number": number}
    return render(request, "pacts/version.html", context)


@require_safe
@member(P.SEE_PACT)
def on_day(request: MemberRequest, slug: str) -> HttpResponse:
    """`…/versions/?le=2018-06-01`: leads to the version that read that day."""
    found = access.convention_or_404(request.reader, slug)
    try:
        day = date.fromisoformat(request.GET.get("le", ""))
    except ValueError as error:
        raise Http404 from error
    standing = queries.in_force(found, day)
    if standing is None:
        raise Denied("Aucune version signée ne s’appliquait encore ce jour-là.")
    return redirect("pacts:version", slug, standing.number)


@require_safe
@member(P.SEE_PACT)
def version_pdf(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """The sealed PDF, byte for byte."""
    found = access.convention_or_404(request.reader, slug)
    return storage.response(queries.version_or_404(request.reader, found, number).document)


@require_safe
@member(P.SEE_PACT)
def copy(request: MemberRequest, slug: str, number: int, siren: str) -> HttpResponse:
    """The copy that one party prints and signs: its code names the version and the party."""
    found = access.convention_or_404(request.reader, slug)
    row = queries.version_or_404(request.reader, found, number)
    party = next((one for one in queries.parties_of(row) if one.organisation.siren == siren), None)
    if party is None:
        raise Http404
    content = versions.pdf_of(row, siren=siren, copy_for=party.organisation.name)
    response = HttpResponse(content, content_type=PDF)
    response["Content-Disposition"] = f'inline; filename="{slug}-version-{number}-{siren}.pdf"'
    return response


@require_safe
@member(P.SEE_PACT)
def scanned(request: MemberRequest, slug: str, number: int, siren: str) -> HttpResponse:
    """The paper that a party signed, as it was uploaded."""
    row = queries.version_or_404(request.reader, access.convention_or_404(request.reader, slug), number)
    known = queries.signatures_known(request.reader, row)
    kept = next((one for one in known if one.party.organisation.siren == siren), None)
    if kept is None or kept.scan is None:
        raise Http404
    return storage.response(kept.scan)


@require_safe
@member(P.SEE_PACT)
def coded(request: MemberRequest, key: str, siren: str = "") -> HttpResponse:
    """Where the code on a page leads, for somebody who may see the version."""
    row = Version.objects.select_related("convention").filter(key=key).first()
    if row is None:
        raise Http404
    access.convention_or_404(request.reader, row.convention.slug)
    return redirect("pacts:version", row.convention.slug, row.number)


@require_http_methods(FORM_METHODS)
@member(P.SEE_PACT)
def sign(request: MemberRequest, slug: str) -> HttpResponse:
    """Sign the last version, with one's account."""
    found = access.convention_or_404(request.reader, slug)
    row = last_or_404(request, found)
    form = SignForm(request.POST or None, initial={"sha256": row.sha256})
    screen = queries.screen(request.reader, row)
    if request.method == "POST" and form.is_valid():
        try:
            own = access.own_parties(request.reader, found)
            for party in [one for one in own if one in [line.party for line in screen.own]] or own[:1]:
                actions.sign(
                    version=row, party=party, by=request.reader, proof=form.cleaned_data["password"],
                    read_sha256=form.cleaned_data["sha256"],
                )  # fmt: skip
            return redirect("pacts:version", slug, row.number)
        except Denied as denied:
            form.add_error("password", denied.reason)
    return sign_page(request, found, row, form, ScanForm(parties=queries.parties_of(row)))


@require_http_methods(["POST"])
@member(P.SEE_PACT)
def bring(request: MemberRequest, slug: str) -> HttpResponse:
    """Bring back a paper copy: it finds its version and its party by itself."""
    found = access.convention_or_404(request.reader, slug)
    row = last_or_404(request, found)
    form = ScanForm(request.POST, request.FILES, parties=queries.parties_of(row))
    if form.is_valid():
        file = form.cleaned_data["scan"]
        try:
            made = actions.bring_paper(
                content=uploads.content(file), name=file.name, by=request.reader, convention=found,
                signed_on=form.cleaned_data["signed_on"], siren=form.cleaned_data["party"],
            )  # fmt: skip
            return redirect(f"{reverse('pacts:version', args=[slug, made.version.number])}#signatures")
        except (Denied, BadFile) as refused:
            form.add_error("scan", str(refused))
    return sign_page(request, found, row, SignForm(initial={"sha256": row.sha256}), form)


def last_or_404(request: MemberRequest, found: Convention) -> Version:
    """The version that was frozen last."""
    row = versions.last(found)
    if row is None:
        raise Denied(
            "Rien n’est encore à signer\u00a0: le texte doit d’abord être délibéré, puis arrêté par le pilote."
        )
    return queries.version_or_404(request.reader, found, row.number)


def sign_page(request: MemberRequest, found: Convention, row: Version, form: SignForm, scan: ScanForm) -> HttpResponse:
    """Both ways to sign, on one page."""
    screen = queries.screen(request.reader, row)
    signed = f"l’avenant n°\u00a0{row.amendment.number}" if row.amendment else "la convention"
    context = {
        "title": f"Signer {signed}", "screen": screen, "convention": found, "links": trail(found), "form": form,
        "scan": scan, "number": row.number, "unproven": allowed(policies.check_has_proof, request.reader),
    }  # fmt: skip
    return render(request, "pacts/sign.html", context, status=422 if form.errors or scan.errors else 200)
