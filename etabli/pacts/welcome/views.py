"""The first page of people from outside."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from etabli.accounts.access import MemberRequest, member
from etabli.accounts.roles import Permission
from etabli.pacts.welcome import screens


@require_safe
@member(Permission.ENTER_OUTSIDE)
def welcome(request: MemberRequest) -> HttpResponse:
    """`/accueil/`: what there is to see today, and whom to ask for the rest."""
    return render(request, "pacts/welcome.html", {"title": "Accueil", "screen": screens.screen(request.reader)})
