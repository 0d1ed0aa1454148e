"""`/avis/`: what I was told, what I want to be told; and the link that stops the mail."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from etabli.notices import actions, queries, tokens
from etabli.notices.kinds import Kind
from etabli.notices.screens import NoticesScreen, Switch

MOST = 100


class KnownRequest(HttpRequest):
    """The door has let in nobody without a login."""

    user: AbstractBaseUser  # type: ignore[assignment] # narrower than the stubs


@require_safe
@never_cache
def notices(request: KnownRequest) -> HttpResponse:
    """Mine alone, and my switches."""
    wanted = queries.preferences(request.user)
    switches = tuple(Switch(kind.value, kind.label, *ways) for kind, ways in wanted.items())
    screen = NoticesScreen(tuple(queries.in_page(request.user)[:MOST]), switches)
    return render(request, "notices/notices.html", {"title": "Mes avis", "screen": screen})


@require_POST
def choose(request: KnownRequest) -> HttpResponse:
    """Keep the switches of the form: one box per kind and way."""
    page, mail = set(request.POST.getlist("page")), set(request.POST.getlist("courrier"))
    actions.choose(user=request.user, wanted={kind: (kind.value in page, kind.value in mail) for kind in Kind})
    return redirect("notices:notices")


@require_POST
def dismiss(request: KnownRequest, pk: int) -> HttpResponse:
    """Hide one of mine."""
    actions.dismiss(user=request.user, pk=pk)
    return redirect("notices:notices")


@login_not_required
@csrf_exempt  # mail programs answer « List-Unsubscribe=One-Click » without our cookie; the signed link is the proof
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then stop: a mail program that follows every link must stop nothing."""
    person = tokens.user_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        actions.stop_mail(user=person)
    context = {"title": "Ne plus recevoir de courrier", "done": request.method == "POST"}
    return render(request, "notices/stop.html", context)
