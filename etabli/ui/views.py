"""The gallery of components, and the pages shown when a page cannot be."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from etabli.ui.samples import SAMPLES


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with sample values: what a designer changes first and the accessibility tests visit."""
    page = Paginator(range(120), 50).page(2)
    return render(request, "ui/gallery.html", {"title": "Composants", "page": page, **SAMPLES})


@never_cache
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the address leads nowhere, or to something the visitor may not know of."""
    return render(request, "404.html", {"title": "Cette page n’existe pas"}, status=404)


@never_cache
def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request that no page can read (thousands of parameters, a foreign host name). It is not looked at."""
    return render(None, "400.html", status=400)


@never_cache
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: a form that was open too long, or something that this visitor may not do."""
    return render(None, "403.html", status=403)


@never_cache
def broken(request: HttpRequest) -> HttpResponse:
    """500, from a template that needs neither context nor database."""
    return render(None, "500.html", status=500) if request is None else render(request, "500.html", status=500)
