"""What waits for somebody: a text to read, deliberate or sign, an amendment to sign, a report to read or correct."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from etabli.accounts.roles import Permission
from etabli.notices.kinds import Kind
from etabli.pacts.awaited import waiting_parties
from etabli.pacts.changes.departing import departing
from etabli.pacts.documents import versions
from etabli.pacts.duties.duty import Duty
from etabli.pacts.models import Convention, Party, PartyRole, Report
from etabli.pacts.report_names import is_over, name_of
from etabli.pacts.workflow import OVER, UNSIGNED, AmendmentState, ReportState, State
from etabli.ui import french

EXPECTED = "Votre organisation y est attendue."
TURNS: dict[str, tuple[str, Permission]] = {
    State.IN_REVIEW: ("à relire", Permission.REVIEW_CONVENTION),
    State.TO_DELIBERATE: ("à faire délibérer", Permission.REVIEW_CONVENTION),
    State.TO_SIGN: ("à signer", Permission.SIGN_CONVENTION),
}
PILOT: dict[str, tuple[str, str, Permission]] = {
    ReportState.TO_CORRECT: (
        "à corriger", "Une partie demande une correction. Répondez, puis soumettez de nouveau.",
        Permission.PREPARE_REPORT,
    ),
    ReportState.VALIDATED: ("à publier", "Toutes les parties l’ont validé.", Permission.PUBLISH_REPORT),
}  # fmt: skip


def turns(convention: Convention, on: date) -> Iterator[Duty]:
    """Each one until it is done; what is told once is told again of the next version, or of the next reading."""
    yield from _text(convention, on)
    yield from _amendment(convention, on)
    yield from _overdue(convention, on)
    yield from _departed(convention, on)
    yield from _reports(convention, on)


def _text(convention: Convention, on: date) -> Iterator[Duty]:
    if convention.state not in TURNS:
        return
    words, permission = TURNS[convention.state]
    waiting = [party for party in convention.parties.order_by("pk") if _waits(convention, party)]
    if waiting:
        yield Duty(
            Kind.YOUR_TURN, convention, on, f"{convention.short_title}\u00a0: {words}", EXPECTED,
            reverse("pacts:convention", args=[convention.slug]), permission=permission, parties=_organisations(waiting),
            about=f"{convention.state}-{convention.versions.count()}",
        )  # fmt: skip


def _waits(convention: Convention, party: Party) -> bool:
    if convention.state == State.IN_REVIEW:
        said = convention.remarks.filter(organisation_id=party.organisation_id).exists()
        return party.role != PartyRole.PILOT and not said
    if convention.state == State.TO_DELIBERATE:
        return not (party.deliberation_number and party.deliberation_on)
    last = versions.last(convention)
    return last is not None and not last.signatures.filter(party=party).exists()


def _organisations(parties: list[Party]) -> tuple[int, ...]:
    return tuple(party.organisation_id for party in parties)


def _amendment(convention: Convention, on: date) -> Iterator[Duty]:
    """Those whom its text names and who have not signed it, whoever comes in by it included."""
    amendment = convention.amendments.filter(state=AmendmentState.TO_SIGN).first()
    last = versions.last(convention) if amendment else None
    if amendment is None or last is None or convention.state in (State.CLOSED, State.TERMINATED):
        return
    named = [row["siren"] for row in last.content["parties"]]
    signed = last.signatures.values("party")
    waiting = list(convention.parties.filter(organisation__siren__in=named).exclude(pk__in=signed).order_by("pk"))
    if waiting:
        yield Duty(
            Kind.YOUR_TURN, convention, on,
            f"{convention.short_title}\u00a0: {french.uncapitalised(str(amendment))} à signer",
            EXPECTED, reverse("pacts:amendment", args=[convention.slug, amendment.number]),
            permission=Permission.SIGN_CONVENTION, parties=_organisations(waiting), about=f"amendment-{last.number}",
        )  # fmt: skip


def _overdue(convention: Convention, on: date) -> Iterator[Duty]:
    """Signed, its day has come, and no daily round has made it apply: pages still say what it replaces."""
    if convention.state in OVER:
        return
    for amendment in convention.amendments.filter(state=AmendmentState.SIGNED, effective_on__lt=on).order_by("number"):
        yield Duty(
            Kind.YOUR_TURN, convention, amendment.effective_on,
            f"{convention.short_title}\u00a0: {french.uncapitalised(str(amendment))} signé, pas encore appliqué",
            f"Il s’applique depuis le {french.long_date(amendment.effective_on)}, mais les tâches du jour ne sont pas "
            "passées\u00a0: prévenez qui tient le site.",
            reverse("pacts:amendment", args=[convention.slug, amendment.number]),
            permission=Permission.DRAFT_CONVENTION, about=f"overdue-{amendment.number}",
        )  # fmt: skip


def _departed(convention: Convention, on: date) -> Iterator[Duty]:
    """A party left the framework, or signed that it does, and is still one of this yearly convention."""
    for one in departing(convention):
        leaves = f"{one.party.organisation.short_name} {'a quitté' if one.left_on <= on else 'quitte'}"
        day, end = french.long_date(one.left_on), french.long_date(convention.ends_on)
        text, address = _way_out(convention, one.party)
        yield Duty(
            Kind.YOUR_TURN, convention, one.left_on, f"{convention.short_title}\u00a0: {leaves} la convention cadre",
            f"Elle en est partie jusqu’au {day}, et de celle-ci jusqu’au {end}. {text}",
            address, permission=Permission.DRAFT_CONVENTION, about=f"departed-{one.party.pk}",
        )  # fmt: skip


def _way_out(convention: Convention, party: Party) -> tuple[str, str]:
    """What to do, where."""
    here = [convention.slug]
    if State(convention.state) in UNSIGNED:
        return "Retirez-la du projet avant la signature.", reverse("pacts:convention", args=here)
    if convention.amendments.filter(state__in=[AmendmentState.DRAFT, AmendmentState.TO_SIGN]).exists():
        return "L’avenant en préparation peut l’en retirer.", reverse("pacts:amendments", args=here)
    query = f"?depart={party.organisation.siren}"
    return "Un avenant l’en retire\u00a0: il est prêt à ouvrir.", reverse("pacts:new_amendment", args=here) + query


def _reports(convention: Convention, on: date) -> Iterator[Duty]:
    """Of each year, its last freeze: the parties read it, the pilot corrects and publishes it."""
    rows = convention.reports.order_by("year", "number").prefetch_related("moves")
    for report in {one.year: one for one in rows}.values():
        moves = list(report.moves.all())
        if moves and (duty := _report(report, moves[-1].state, on, f"{report.year}-{moves[-1].pk}")):
            yield duty


def _report(report: Report, state: str, on: date, about: str) -> Duty | None:
    convention, name = (
        report.convention,
        f"{report.convention.short_title}\u00a0: {french.uncapitalised(name_of(report))}",
    )
    page = reverse("pacts:report", args=[convention.slug, report.year])
    if state == ReportState.VALIDATED and not is_over(report):
        return None
    if state in PILOT:
        words, text, permission = PILOT[state]
        return Duty(Kind.REPORT, convention, on, f"{name} {words}", text, page, permission=permission, about=about)
    waiting = waiting_parties(report) if state == ReportState.CROSS_READING else []
    if not waiting:
        return None
    return Duty(
        Kind.REPORT, convention, on, f"{name} à relire et valider",
        "Votre organisation y est attendue\u00a0: demandez une correction, ou validez.", page,
        permission=Permission.VALIDATE_REPORT, parties=_organisations(waiting), about=about,
    )  # fmt: skip
