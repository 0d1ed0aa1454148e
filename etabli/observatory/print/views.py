"""Address of the printed portrait."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from etabli import facts
from etabli.observatory import access
from etabli.observatory.addresses import address
from etabli.observatory.portraits import portrait
from etabli.observatory.print.document import document
from etabli.observatory.scopes import reading_from
from etabli.papers import typeset

TEMPLATE = Path(__file__).with_name("portrait.typ")
PDF_TYPE = "application/pdf"


@access.public
def portrait_pdf(request: HttpRequest, niveau: str, code: str) -> HttpResponse:
    """`…/portrait.pdf`: the portrait in two pages, PDF/UA-1, under the scope of the query string."""
    where, reading = access.territory(niveau, code), reading_from(request.GET)
    page = f"{settings.PUBLIC_URL}{address(where)}{reading.query()}"
    made_on = reading.on or facts.store().manifest.stock_date
    content = typeset.pdf(TEMPLATE, document(portrait(where, reading), page=page), made_on=made_on)
    response = HttpResponse(content, content_type=PDF_TYPE)
    response["Content-Disposition"] = f'inline; filename="portrait-{niveau}-{code}.pdf"'
    return response
