"""A report as plain data in words: the page, the PDF, the Word document, the slides and the workbook are made from it.

{"title": …, "headline": …, "version": …, "parties": […], "axes": [{"number", "title", "comment": […], "figures": [{
 "title", "value", "target", "state", "sentence", "svg", "alt", "definition": [{"term", "text"}], "parts": [{"name",
 "value", "said"}], "corrections": […]}], "photos": [{"pk", "alt"}], "quotations": [{"text", "said_by"}],
 "withdrawn": […]}], "decisions": [{"text", "owner", "due", "done"}]}

What the public version holds: no published figure, and no sum or difference of published figures of one report, however
many, is the exact figure of one or two firms. What it does not: a range (« one to four »), what a firm finds by taking
its own figure away, what another report or another source adds. See docs/adr/0010.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils import timezone

from etabli import facts
from etabli.pacts.documents.printed import day, paragraphs
from etabli.pacts.models import (
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
from etabli.pacts.objectives.forecast import Status
from etabli.pacts.objectives.policies import ANYBODY
from etabli.pacts.report_names import is_over, name_of
from etabli.pacts.reports.consents import consented, withdrawn
from etabli.pacts.reports.policies import state_of
from etabli.pacts.workflow import ReportState
from etabli.ui import french
from etabli.ui.gauge import Gauge, amount
from maillage.errors import NoStore

Content = dict[str, Any]
HIDDEN = "Chiffre non publié (secret statistique)\u00a0: il ferait reconnaître une entreprise."
CONCEALED = "secret statistique"
HELD, MISSED, LATE, RUNNING = Status.HELD.label, Status.MISSED.label, Status.LATE.label, "en cours"
PUBLIC = "Version publique\u00a0: aucun chiffre, ni aucun calcul entre eux, ne donne celui d’une ou deux entreprises."
INSTEAD = "ce qu’un autre pacte compte à sa place y est aussi."
ALONE = "chaque organisation y est comptée par ses seuls actes."
PROJECT = "Projet, non publié. "
INSIDE = (
    "Version des parties\u00a0: les petits chiffres y sont, sauf par commune. Pour diffuser\u00a0: la version publique."
)


def content_of(report: Report, *, public: bool, text: bool = True) -> Content:
    """`public`: aggregated, under secrecy, only what was consented to. `text` False: the figures alone."""
    figures = list(report.figures.prefetch_related("corrections__organisation", "corrections__author"))
    sections = {one.axis_id: one for one in report.sections.prefetch_related("photos", "quotations")}
    axes = [
        _axis(list(several), sections.get(axis) if text else None, public=public)
        for axis, several in groupby(figures, key=lambda one: one.axis_id)
    ]
    communes = report.head["perimeter"]["communes"]
    frozen = french.long_date(timezone.localdate(report.frozen_at))
    return {
        "title": f"{name_of(report)}\u00a0: {report.head['short_title']}",
        "headline": headline([one for axis in axes for one in axis["figures"]], over=is_over(report)),
        "subtitle": f"Chiffres arrêtés au {french.long_date(report.cut_off)}, figés le {frozen} avec leurs lignes.",
        "convention": report.head["title"],
        "dates": f"du {day(report.head['starts_on'])} au {day(report.head['ends_on'])}",
        "parties": [f"{one['name']}, {PartyRole(one['role']).label}" for one in report.head["parties"]],
        "perimeter": f"{report.head['perimeter']['name']}, {french.counted(len(communes), 'commune')}",
        "axes": axes,
        "decisions": [] if public else [_decision(one) for one in report.decisions or ()],
        "sha256": report.sha256,
        "public": public,
        "version": _version(report, public=public),
        "fictitious": fictitious(),
    }


def _version(report: Report, *, public: bool) -> str:
    """Who reads it; one that is not published yet says so on its face."""
    project = "" if state_of(report) is ReportState.PUBLISHED else PROJECT
    return project + (PUBLIC if public else INSIDE)


def fictitious() -> bool:
    """Whether the directory in force was invented."""
    try:
        return facts.store().manifest.fictitious
    except NoStore:
        return False


def headline(figures: Sequence[Content], *, over: bool) -> str:
    """« 4 objectifs tenus sur 5. 1 chiffre n’est pas publié. »: what an elected member reads first."""
    judged = [one for one in figures if one["state"]]
    held = sum(one["state"] == HELD for one in judged)
    words = ("objectif tenu", "objectifs tenus") if over else ("objectif déjà tenu", "objectifs déjà tenus")
    begins = "" if over else "Point d’étape\u00a0: "
    said = [f"{begins}{french.counted(held, *words)} sur {len(judged)}."] if judged else []
    late = sum(one["state"] == LATE for one in figures)
    said += [f"{french.number(late)} en retard."] if late else []
    for count, one, several in (
        (sum(one["hidden"] for one in figures), "chiffre n’est pas publié", "chiffres ne sont pas publiés"),
        (sum(one["number"] is None and not one["hidden"] for one in figures), "chiffre manque", "chiffres manquent"),
    ):  # fmt: skip
        said += [f"{french.counted(count, one, several)}."] if count else []
    return " ".join(said)


def _axis(figures: Sequence[FrozenFigure], section: Section | None, *, public: bool) -> Content:
    today = timezone.localdate()
    photos: list[Photo] = list(section.photos.all()) if section else []
    words: list[Quotation] = list(section.quotations.all()) if section else []
    return {
        "pk": figures[0].axis_id,
        "number": str(figures[0].axis_number),
        "title": figures[0].axis_title,
        "written": section is not None,
        "comment": paragraphs(section.comment) if section else [],
        "figures": [figure_content(one, public=public) for one in figures],
        "photos": [{"pk": one.pk, "alt": one.alt} for one in consented(photos, today)],
        "quotations": [{"text": one.text, "said_by": one.said_by} for one in consented(words, today)],
        "withdrawn": [line for rows in (photos, words) for line in withdrawn(rows, today)],
    }


def gauge_of(figure: FrozenFigure) -> Gauge:
    """The frozen gauge: no forecast, the year is over or cut."""
    return Gauge(f"bilan-{figure.pk}", figure.unit, figure.value, figure.target, figure.baseline)


def figure_content(figure: FrozenFigure, *, public: bool) -> Content:
    """One figure in words."""
    gauge, open_ = gauge_of(figure), not (figure.hidden and public)
    parts = [] if figure.hidden else _parts(figure)
    return {
        "pk": figure.pk,
        "title": figure.title,
        "unit": figure.unit,
        "hidden": not open_,
        "number": float(figure.value) if open_ and figure.value is not None else None,
        "aim": float(figure.target) if figure.target is not None else None,
        "state": _state(figure) if open_ else "",
        "value": amount(figure.value) if open_ else CONCEALED,
        "target": amount(figure.target),
        "sentence": gauge.sentence if open_ else HIDDEN,
        "svg": gauge.svg("900") if open_ and figure.value is not None else "",
        "alt": gauge.description if open_ else "",
        "notes": figure.notes if open_ else [],
        "period": f"Compté du {french.long_date(figure.counted_from)} au {french.long_date(figure.counted_to)}",
        "definition": [{"term": term, "text": text} for term, text in figure.definition],
        "parts": parts,
        "parts_note": _parts_note(figure) if parts else "",
        "corrections": [_correction(one, figure, public=public) for one in figure.corrections.all()] if open_ else [],
    }


def _state(figure: FrozenFigure) -> str:
    if figure.value is None or figure.target is None:
        return ""
    if figure.value >= figure.target:
        return HELD
    if is_over(figure.report):
        return MISSED
    return Status(figure.status).label if figure.status else RUNNING


def _parts(figure: FrozenFigure) -> list[Content]:
    """By commune, the largest first; the hidden ones are told by their number alone. Nothing when all are hidden."""
    kept = sorted((-value, name) for _, name, value, hidden in figure.parts if not hidden)
    parts = [_part(name, amount(Decimal(str(-less))), float(-less)) for less, name in kept]
    hidden = len(figure.parts) - len(kept)
    if kept and hidden:
        name = french.counted(hidden, "autre commune", "autres communes")
        parts.append(_part(name, CONCEALED, None))
    return parts


def _parts_note(figure: FrozenFigure) -> str:
    """Why the communes do not make the figure, when they may not."""
    if not figure.apart:
        return ""
    return f"La somme des communes peut différer du chiffre\u00a0: {ALONE if ANYBODY in figure.apart else INSTEAD}"


def _part(name: str, value: str, number: float | None) -> Content:
    """`said` is read in a sentence: « Lens 5 », « 2 autres communes (secret statistique) »."""
    said = f"{name} ({value})" if number is None else f"{name} {value}"
    return {"name": name, "value": value, "number": number, "said": said}


def _correction(one: FigureCorrection, figure: FrozenFigure, *, public: bool) -> Content:
    """A corrected amount less the frozen one is what one firm had: the public reads that it was corrected, and why."""
    told = not (public and figure.firms and figure.measure in ADDITIVE - {Measure.ACTS})
    return {
        "value": amount(one.value) if told else CONCEALED,
        "reason": one.reason,
        "by": str(one.organisation) if public else f"{one.author}, {one.organisation}",
        "on": french.long_date(timezone.localdate(one.at)),
    }


def _decision(one: Content) -> Content:
    """As it was frozen; `done` is the day it was done, in words."""
    due, done = (day(one[name]) if one[name] else "" for name in ("due_on", "done_on"))
    return {"text": one["text"], "owner": one["owner"], "due": due, "done": done}
