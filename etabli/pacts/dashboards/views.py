"""Addresses of those who steer: my pacts, one pact, its years, its screen for the committee, pacts side by side."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.dashboards import pages
from etabli.pacts.dashboards.slides import slide

P = Permission


@require_safe
@member(P.SEE_PACT)
def mine(request: MemberRequest) -> HttpResponse:
    """`/pacte/`: the pacts of the reader's organisation."""
    return render(request, "pacts/pacts.html", pages.mine(request.reader, timezone.localdate()))


@require_safe
@member(P.SEE_PACT)
def dashboard(request: MemberRequest, slug: str) -> HttpResponse:
    """One pact, all its years or one of them."""
    return render(request, "pacts/dashboard.html", _shown(request.reader, slug, request.GET.get("annee", "")))


@require_safe
@member(P.SEE_PACT)
def committee(request: MemberRequest, slug: str) -> HttpResponse:
    """The same on the wall of the meeting room, one slide at a time."""
    context = _shown(request.reader, slug, request.GET.get("annee", ""), aloud=True)
    here = reverse("pacts:committee", args=[slug])
    return render(request, "pacts/committee.html", context | slide(context, request.GET, here))


@require_safe
@member(P.SEE_PACT)
def years(request: MemberRequest, slug: str) -> HttpResponse:
    """The years of a pact side by side."""
    found = access.convention_or_404(request.reader, slug)
    return render(request, "pacts/pact_years.html", pages.years(request.reader, found, timezone.localdate()))


@require_safe
@member(P.SEE_PACT)
def comparison(request: MemberRequest) -> HttpResponse:
    """The pacts of an organisation side by side, and what they help together."""
    return render(request, "pacts/pact_comparison.html", pages.comparison(request.reader, timezone.localdate()))


def _shown(reader: Reader, slug: str, year: str, *, aloud: bool = False) -> dict[str, Any]:
    found = access.convention_or_404(reader, slug)
    return pages.dashboard(reader, found, timezone.localdate(), year, aloud=aloud)
