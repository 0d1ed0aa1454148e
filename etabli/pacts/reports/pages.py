"""What the page of a report shows to a reader: its text, what remains to do and for whom, the one main action."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from etabli.accounts.policies import Reader
from etabli.pacts import access
from etabli.pacts.changes import foreseen
from etabli.pacts.conventions.queries import allowed
from etabli.pacts.models import Convention, Photo, Quotation, Report, SectionRemark
from etabli.pacts.objectives import years
from etabli.pacts.objectives.pages import Link, trail
from etabli.pacts.report_names import is_over, name_of, unpublished
from etabli.pacts.reports import actions, freezing, policies, reading
from etabli.pacts.reports.consents import standing
from etabli.pacts.reports.contents import content_of
from etabli.pacts.reports.differences import differences
from etabli.pacts.workflow import ReportState as S
from etabli.ui import french
from etabli.ui.gauge import amount

FILES = {"pdf": "PDF", "docx": "Word", "pptx": "Diaporama", "ods": "Classeur"}
OURS = {
    S.FROZEN: "Les chiffres sont figés. Commencez à écrire.",
    S.DRAFTING: "Écrivez chaque axe, puis soumettez le bilan à la relecture.",
    S.CROSS_READING: "Les parties relisent. Vous validez aussi pour votre organisation.",
    S.TO_CORRECT: "Une partie demande une correction. Répondez, puis soumettez de nouveau.",
    S.VALIDATED: "Toutes les parties ont validé. Vous pouvez publier.",
    S.PUBLISHED: "Le bilan est public, en chiffres agrégés.",
}
THEIRS = {
    **OURS,
    S.FROZEN: "Les chiffres sont figés. Le pilote va écrire le bilan.",
    S.DRAFTING: "Le pilote écrit. Vous relirez quand il vous le soumettra.",
    S.CROSS_READING: "À vous de relire\u00a0: demandez une correction, ou validez.",
    S.TO_CORRECT: "Une correction est demandée. Le pilote y répond.",
    S.VALIDATED: "Toutes les parties ont validé. Le pilote va publier.",
}
MAIN = {
    S.FROZEN: ("rediger", "Commencer à écrire"), S.DRAFTING: ("soumettre", "Soumettre à la relecture"),
    S.TO_CORRECT: ("soumettre", "Soumettre de nouveau"), S.VALIDATED: ("publier", "Publier le bilan"),
}  # fmt: skip
STEPS = {
    "rediger": actions.draft, "soumettre": actions.submit, "valider": actions.agree, "publier": actions.publish,
}  # fmt: skip
CONFIRMED = {
    "valider": "Votre accord engage votre organisation, et ne se reprend pas. Lisez tout avant de confirmer.",
    "publier": "Tout le monde le lira, et ses chiffres ne se figeront plus.",
}
ROAD = (S.FROZEN, S.DRAFTING, S.CROSS_READING, S.VALIDATED, S.PUBLISHED)


@dataclass(frozen=True)
class Step:
    """A stage of the report: passed on a day, reached now, or still to come."""

    label: str
    on: date | None
    current: bool


def reports_of(reader: Reader, convention: Convention, year: int) -> QuerySet[Report]:
    """The freezes of a year that the reader knows, the last one first. Raises Http404 outside the convention."""
    if year not in years.years_of(convention):
        raise Http404
    rows = Report.objects.filter(convention=convention, year=year).order_by("-number")
    rows = access.known_to(reader, convention, rows, "frozen_at__date")
    return rows.select_related("convention__perimeter", "frozen_by")


def report_of(reader: Reader, convention: Convention, year: int) -> Report | None:
    """The report of a year, when it was frozen: its last freeze. Raises Http404 for a year outside the convention."""
    return reports_of(reader, convention, year).first()


def report_or_404(reader: Reader, convention: Convention, year: int, number: int | None = None) -> Report:
    """The same, or a former freeze; absent when there is none."""
    rows = reports_of(reader, convention, year)
    found = rows.filter(number=number).first() if number else rows.first()
    if found is None:
        raise Http404
    return found


def may_read_text(reader: Reader, report: Report) -> bool:
    """A text being written for the first time is its author's alone."""
    early = policies.state_of(report) in (S.FROZEN, S.DRAFTING)
    return not early or access.is_pilot(reader, report.convention)


def page(reader: Reader, report: Report) -> dict[str, Any]:
    """The whole page."""
    state, convention = policies.state_of(report), report.convention
    ours = access.is_pilot(reader, convention)
    reads = not allowed(policies.check_can_read_across, reader, report)
    may_write = not allowed(policies.check_can_write, reader, report)
    may_correct = not allowed(policies.check_can_correct, reader, report)
    content = content_of(report, public=False, text=may_read_text(reader, report))
    _add_remarks(content, report)
    if may_correct:
        _add_enclosures(content, report)
    return {
        "title": name_of(report), "links": trail(convention), "convention": convention, "report": report,
        "content": content, "state": state.label, "said": _said(report, state, ours=ours), "steps": _steps(report),
        "action": _action(reader, report, state, reads=reads), "may_read_across": reads, "may_write": may_write,
        "may_correct": may_correct, "may_freeze_again": not allowed(policies.check_can_freeze_again, reader, report),
        "given": _given(reader, report) if state in (S.CROSS_READING, S.VALIDATED) else "",
        "waiting": french.enumeration(actions.waiting_for(report)) if state is S.CROSS_READING else "",
        "agreements": reading.agreements_of(report),
        "may_note_agreement": not allowed(policies.agreements_to_note, reader, report),
        "differences": differences(report), "published": state is S.PUBLISHED, "former": _former(reader, report),
        "photos": f"{_here(report)}photos/", "figures": f"{_here(report)}chiffres/", "files": files(report),
    }  # fmt: skip


def _said(report: Report, state: S, *, ours: bool) -> str:
    """Where it is, and what to do; what is not published says so once validated."""
    if state is S.VALIDATED and not is_over(report):
        return f"Toutes les parties ont validé. {unpublished(report)}"
    return (OURS if ours else THEIRS)[state]


def confirmation(reader: Reader, report: Report, wanted: str) -> dict[str, Any]:
    """What one is about to do, and the axes of which nothing is written. Raises Denied."""
    check = policies.check_can_read_across if wanted == "valider" else policies.check_can_publish
    check(reader, report)
    parties = [one.organisation.name for one in access.own_parties(reader, report.convention)]
    axes = content_of(report, public=True)["axes"]
    title = f"{'Valider' if wanted == 'valider' else 'Publier'}\u00a0: {french.uncapitalised(name_of(report))}"
    return {
        "title": title, "links": [*trail(report.convention), Link(name_of(report), _here(report))], "wanted": wanted,
        "said": CONFIRMED[wanted], "as_party": french.enumeration(parties) if wanted == "valider" else "",
        "empty": [one for one in axes if not one["comment"] and not one["quotations"]], "back": _here(report),
        "here": f"{_here(report)}etape/",
    }  # fmt: skip


def _given(reader: Reader, report: Report) -> str:
    """« Vous avez validé ce bilan le 3 mars 2026 au nom de CALL. » of the present reading; empty before."""
    move = reading.last_reading(report)
    mine = list(move.agreements.filter(by=reader.user, basis="").select_related("party__organisation")) if move else []
    if not mine:
        return ""
    names = french.enumeration([one.party.organisation.short_name for one in mine])
    return f"Vous avez validé ce bilan le {french.long_date(timezone.localdate(mine[0].at))} au nom de {names}."


def figures(report: Report) -> dict[int, list[dict[str, Any]]]:
    """By axis, the frozen figures that one writes about."""
    return {one["pk"]: one["figures"] for one in content_of(report, public=False, text=False)["axes"]}


def former(reader: Reader, report: Report) -> dict[str, Any]:
    """The page of a freeze that was done again: its figures, to read."""
    here = _here(report)
    later = reports_of(reader, report.convention, report.year).get(number=report.number + 1)
    return {
        "title": f"{name_of(report)}, gel n°\u00a0{report.number}", "convention": report.convention, "report": report,
        "links": [*trail(report.convention), Link(f"Bilan {report.year}", here)], "later": later,
        "content": content_of(report, public=False, text=False), "figures": f"{here}chiffres/",
    }  # fmt: skip


def freeze(convention: Convention, year: int, cut_off: date) -> dict[str, Any]:
    """The page that freezes: what would be kept of each objective on that day."""
    counted = freezing.counted(convention, year, cut_off)
    lines = [
        {
            "title": one.progress.title, "axis": one.progress.objective.axis.number,
            "value": amount(one.progress.gauge.realised), "target": amount(one.progress.gauge.target),
            "rows": len(one.told) + len(one.evidence),
        }
        for one in counted
    ]  # fmt: skip
    late = foreseen.announced(
        foreseen.signed_ahead(convention, timezone.localdate()),
        "Le gel commence par là\u00a0: les chiffres ci-dessous peuvent changer.",
    )
    return {"lines": lines, "cut_off": cut_off, "note": late}


def last_day(convention: Convention, year: int) -> date:
    """The day to propose: the last one of the year, or today while it runs."""
    return min(years.periods_of(convention)[year].last, timezone.localdate())


def files(report: Report) -> list[tuple[str, list[Link]]]:
    """The four files, for the parties and for everybody."""
    here = f"{_here(report)}bilan."
    return [
        (title, [Link(label, f"{here}{suffix}{query}") for suffix, label in FILES.items()])
        for title, query in (("Version des parties", ""), ("Version publique", "?version=publique"))
    ]


def _here(report: Report) -> str:
    return reverse("pacts:report", args=[report.convention.slug, report.year])


def _steps(report: Report) -> list[Step]:
    reached = {S(one.state): timezone.localdate(one.at) for one in report.moves.order_by("pk")}
    now = policies.state_of(report)
    now = S.CROSS_READING if now is S.TO_CORRECT else now
    place = ROAD.index(now)
    return [Step(one.label, reached.get(one) if rank <= place else None, one is now) for rank, one in enumerate(ROAD)]


def _former(reader: Reader, report: Report) -> list[Report]:
    rows = reports_of(reader, report.convention, report.year).filter(number__lt=report.number)
    return list(rows) if report.number > 1 else []


def _add_remarks(content: dict[str, Any], report: Report) -> None:
    rows = SectionRemark.objects.filter(section__report=report).select_related("organisation", "section").order_by("pk")
    for axis in content["axes"]:
        axis["remarks"] = [one for one in rows if one.section.axis_id == axis["pk"]] if axis["written"] else []


def _add_enclosures(content: dict[str, Any], report: Report) -> None:
    """Every photo and quotation of the file, with where its consent stands, for who may take it out."""
    today = timezone.localdate()
    found: dict[int, list[dict[str, Any]]] = {}
    for section in report.sections.prefetch_related("photos", "quotations"):
        photos: list[Photo | Quotation] = list(section.photos.all())
        rows = [*photos, *section.quotations.all()]
        found[section.axis_id] = [
            {"one": one, "photo": isinstance(one, Photo), "gone": one.removed_at, "standing": standing(one, today)}
            for one in rows
        ]  # fmt: skip
    for axis in content["axes"]:
        axis["enclosures"] = found.get(axis["pk"], [])


def _action(reader: Reader, report: Report, state: S, *, reads: bool) -> tuple[str, str] | None:
    """The main action of this reader, none when somebody else has to act."""
    if reads:
        names = {one.organisation.short_name for one in access.own_parties(reader, report.convention)}
        return ("valider", "Valider le bilan") if names & set(actions.waiting_for(report)) else None
    check = policies.check_can_publish if state is S.VALIDATED else policies.check_can_correct
    return MAIN.get(state) if not allowed(check, reader, report) else None
