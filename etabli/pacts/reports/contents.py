"""A report as plain data in words: the page, the PDF, the Word document, the slides and the sheet are made from it.

{"title": …, "subtitle": …, "parties": […], "axes": [{"number", "title", "comment": […], "figures": [{"title", "value",
 "sentence", "svg", "alt", "rule", "definition": [{"term", "text"}], "parts": [{"name", "value"}], "corrections": […]}],
 "photos": [{"key", "alt"}], "quotations": [{"text", "said_by"}]}], "decisions": [{"text", "owner", "due"}]}
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar

from django.utils import timezone

from etabli import facts
from etabli.pacts.documents.printed import day, paragraphs
from etabli.pacts.models import (
    Decision,
    FigureCorrection,
    FrozenFigure,
    Measure,
    PartyRole,
    Photo,
    Quotation,
    Report,
    Section,
)
from etabli.pacts.models.objective import ADDITIVE
from etabli.ui import french
from etabli.ui.gauge import Gauge, amount
from maillage.errors import NoStore

Content = dict[str, Any]
Told = TypeVar("Told", Photo, Quotation)
HIDDEN = "Moins de trois entreprises, ou presque une seule\u00a0: chiffre non publié (secret statistique)."
CONCEALED = "secret statistique"


def content_of(report: Report, *, public: bool, text: bool = True) -> Content:
    """`public`: aggregated, under secrecy, only what was consented to. `text` False: the figures alone."""
    figures = list(report.figures.prefetch_related("corrections__organisation", "corrections__author"))
    sections = {one.axis_id: one for one in report.sections.prefetch_related("photos", "quotations")}
    axes = [
        _axis(list(several), sections.get(axis) if text else None, public=public)
        for axis, several in groupby(figures, key=lambda one: one.axis_id)
    ]
    communes = report.head["perimeter"]["communes"]
    return {
        "title": f"Bilan {report.year}\u00a0: {report.head['short_title']}",
        "subtitle": f"Chiffres arrêtés au {french.long_date(report.cut_off)}, et figés ce jour-là avec leurs lignes.",
        "convention": report.head["title"],
        "dates": f"du {day(report.head['starts_on'])} au {day(report.head['ends_on'])}",
        "parties": [f"{one['name']}, {PartyRole(one['role']).label}" for one in report.head["parties"]],
        "perimeter": f"{report.head['perimeter']['name']}, {french.counted(len(communes), 'commune')}",
        "axes": axes,
        "decisions": [] if public else [_decision(one) for one in decisions_of(report)],
        "sha256": report.sha256,
        "public": public,
        "fictitious": fictitious(),
    }


def fictitious() -> bool:
    """Whether the directory in force was invented."""
    try:
        return facts.store().manifest.fictitious
    except NoStore:
        return False


def _axis(figures: Sequence[FrozenFigure], section: Section | None, *, public: bool) -> Content:
    today = timezone.localdate()
    return {
        "pk": figures[0].axis_id,
        "number": str(figures[0].axis_number),
        "title": figures[0].axis_title,
        "comment": paragraphs(section.comment) if section else [],
        "figures": [_figure(one, public=public) for one in figures],
        "photos": [{"pk": one.pk, "alt": one.alt} for one in consented(section.photos.all(), today)] if section else [],
        "quotations": [{"text": one.text, "said_by": one.said_by} for one in consented(section.quotations.all(), today)]
        if section
        else [],
    }


def consented(rows: Iterable[Told], today: date) -> list[Told]:
    """Those kept, with a written consent that still holds: the only ones that leave the file."""
    return [
        one
        for one in rows
        if one.removed_at is None and one.consent_id and one.consent_until and one.consent_until >= today
    ]


def gauge_of(figure: FrozenFigure) -> Gauge:
    """The frozen gauge: no forecast, the year is over or cut."""
    return Gauge(f"bilan-{figure.pk}", figure.unit, figure.value, figure.target, figure.baseline)


def _figure(figure: FrozenFigure, *, public: bool) -> Content:
    gauge, open_ = gauge_of(figure), not (figure.hidden and public)
    return {
        "pk": figure.pk,
        "title": figure.title,
        "unit": figure.unit,
        "hidden": not open_,
        "value": amount(figure.value) if open_ else CONCEALED,
        "target": amount(figure.target),
        "baseline": amount(figure.baseline),
        "sentence": gauge.sentence if open_ else HIDDEN,
        "svg": gauge.svg("600") if open_ else "",
        "alt": gauge.description if open_ else "",
        "notes": figure.notes if open_ else [],
        "period": f"Compté du {french.long_date(figure.counted_from)} au {french.long_date(figure.counted_to)}",
        "definition": [{"term": term, "text": text} for term, text in figure.definition],
        "parts": [
            {"name": name, "value": CONCEALED if hidden else amount(Decimal(str(value)))}
            for _, name, value, hidden in figure.parts
        ]
        if not figure.hidden
        else [],
        "corrections": [_correction(one, figure, public=public) for one in figure.corrections.all()] if open_ else [],
    }


def _correction(one: FigureCorrection, figure: FrozenFigure, *, public: bool) -> Content:
    """A corrected amount less the frozen one is what one firm had: the public reads that it was corrected, and why."""
    told = not (public and figure.firms and figure.measure in ADDITIVE - {Measure.ACTS})
    return {
        "value": amount(one.value) if told else CONCEALED,
        "reason": one.reason,
        "by": str(one.organisation) if public else f"{one.author}, {one.organisation}",
        "on": french.long_date(timezone.localdate(one.at)),
    }


def decisions_of(report: Report) -> Iterable[Decision]:
    """What the committees of the year decided."""
    rows = Decision.objects.filter(meeting__convention=report.convention, meeting__starts_at__year=report.year)
    return rows.order_by("meeting__starts_at", "number")


def _decision(one: Decision) -> Content:
    return {"text": one.text, "owner": one.owner, "due": french.long_date(one.due_on) if one.due_on else ""}
