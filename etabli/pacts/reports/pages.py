"""What the page of a report shows to a reader: its text, what remains to do and for whom, the one main action."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from etabli.accounts.policies import Reader
from etabli.pacts import access
from etabli.pacts.conventions.queries import allowed
from etabli.pacts.models import Convention, Report, SectionRemark
from etabli.pacts.objectives import years
from etabli.pacts.objectives.pages import Link, trail
from etabli.pacts.reports import actions, policies
from etabli.pacts.reports.contents import content_of
from etabli.pacts.reports.differences import differences
from etabli.pacts.workflow import ReportState as S
from etabli.ui import french

SUFFIXES = ("pdf", "docx", "pptx", "ods")
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


def report_of(convention: Convention, year: int) -> Report | None:
    """The report of a year, when it was frozen. Raises Http404 for a year outside the convention."""
    if year not in years.years_of(convention):
        raise Http404
    return convention.reports.filter(year=year).select_related("convention__perimeter").first()


def report_or_404(convention: Convention, year: int) -> Report:
    """The same, absent when it was not frozen."""
    found = report_of(convention, year)
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
    text = may_read_text(reader, report)
    content = content_of(report, public=False, text=text)
    remarks = SectionRemark.objects.filter(section__report=report).select_related("organisation").order_by("pk")
    for axis in content["axes"]:
        axis["remarks"] = list(remarks.filter(section__axis=axis["pk"])) if text else []
    files = reverse("pacts:report", args=[convention.slug, report.year])
    reads = not allowed(policies.check_can_read_across, reader, report)
    return {
        "title": f"Bilan {report.year}", "links": trail(convention), "convention": convention, "report": report,
        "content": content, "state": state.label, "said": (OURS if ours else THEIRS)[state],
        "action": _action(reader, report, state, reads=reads), "may_read_across": reads,
        "may_write": not allowed(policies.check_can_write, reader, report),
        "may_correct": not allowed(policies.check_can_correct, reader, report),
        "waiting": french.enumeration(actions.waiting_for(report)) if state is S.CROSS_READING else "",
        "differences": differences(report), "published": state is S.PUBLISHED,
        "files": [Link(suffix.upper(), f"{files}bilan.{suffix}") for suffix in SUFFIXES],
    }  # fmt: skip


def _action(reader: Reader, report: Report, state: S, *, reads: bool) -> tuple[str, str] | None:
    """The main action of this reader, none when somebody else has to act."""
    if reads:
        names = {one.organisation.short_name for one in access.own_parties(reader, report.convention)}
        return ("valider", "Valider le bilan") if names & set(actions.waiting_for(report)) else None
    check = policies.check_can_publish if state is S.VALIDATED else policies.check_can_correct
    return MAIN.get(state) if not allowed(check, reader, report) else None
