"""Duties by date: what a convention asks for on a day, each with its deadline and whom it concerns."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from etabli.notices.kinds import Kind
from etabli.pacts.documents import versions
from etabli.pacts.duties import turns
from etabli.pacts.duties.duty import Duty
from etabli.pacts.models import Convention, ConventionKind, Decision, MeetingState, Nature, Objective
from etabli.pacts.objectives.progress import progress
from etabli.pacts.objectives.standing import Register
from etabli.pacts.workflow import UNSIGNED, State
from etabli.ui import french

PAYMENT_DAYS = 60  # after the last signature
DECISION_DAYS = 7  # before its date
SIX_MONTHS = 6


def duties(convention: Convention, on: date, known: Register | None = None) -> list[Duty]:
    """Everything that a convention asks for on a day, the most pressing first; `known` as `progress` reads it."""
    found = [*_in_force(convention, on, known), *_decisions(convention, on), *turns.turns(convention, on)]
    return sorted(found, key=lambda duty: (duty.due_on, duty.kind, duty.about))


def _in_force(convention: Convention, on: date, known: Register | None) -> Iterator[Duty]:
    if convention.state != State.ACTIVE or not convention.starts_on <= on:
        return
    yield from _programming(convention, on)
    yield from _mid_term(convention, on)
    yield from _ending(convention, on)
    yield from _unpaid(convention, on)
    yield from _late_targets(convention, on, known)


def _page(name: str, convention: Convention) -> str:
    return reverse(f"pacts:{name}", args=[convention.slug])


def _programming(convention: Convention, on: date) -> Iterator[Duty]:
    """From October: next year's convention is to be ready before 1 December."""
    year = on.year + 1
    if convention.kind != ConventionKind.FRAMEWORK or on.month < 10 or convention.ends_on < date(year, 1, 1):
        return
    prepared = convention.years.filter(starts_on__year=year).exclude(state__in=[State.DRAFT, State.ABANDONED]).exists()
    if not prepared:
        yield Duty(
            Kind.PROGRAMMING, convention, date(on.year, 12, 1),
            f"{convention.short_title}\u00a0: programmation {year} à présenter avant le 1er décembre",
            "Préparez la convention annuelle depuis celle de l’année, puis envoyez-la en relecture.",
            _page("year", convention),
        )  # fmt: skip


def _mid_term(convention: Convention, on: date) -> Iterator[Duty]:
    """In June: a committee looks at where things stand."""
    if on.month != 6:
        return
    held = convention.meetings.filter(
        state=MeetingState.HELD, starts_at__date__range=(date(on.year, 5, 15), date(on.year, 6, 30))
    )  # fmt: skip
    if not held.exists():
        yield Duty(
            Kind.MID_TERM, convention, date(on.year, 6, 30),
            f"{convention.short_title}\u00a0: point de mi-parcours à faire en juin",
            "Réunissez le comité technique, ou écrivez le relevé de la réunion tenue.", _page("meetings", convention),
        )  # fmt: skip


def _ending(convention: Convention, on: date) -> Iterator[Duty]:
    """Six months before its end, until what follows it is signed."""
    if convention.kind != ConventionKind.FRAMEWORK or not (
        months_before(convention.ends_on, SIX_MONTHS) <= on <= convention.ends_on
    ):
        return
    subject = f"{convention.short_title} se termine le {french.long_date(convention.ends_on)}"
    next_one = convention.renewals.exclude(state=State.ABANDONED).order_by("-pk").first()
    if next_one is None:
        yield Duty(
            Kind.ENDING, convention, convention.ends_on, subject,
            "Renouvelez-la par une nouvelle convention, ou prolongez-la par un avenant.", _page("renew", convention),
        )  # fmt: skip
    elif State(next_one.state) in UNSIGNED:
        yield Duty(
            Kind.ENDING, convention, convention.ends_on, f"{subject}\u00a0: renouvellement en préparation",
            f"«\u00a0{next_one.short_title}\u00a0» est «\u00a0{State(next_one.state).label}\u00a0»\u00a0: faites-la "
            "signer avant cette date.", _page("convention", next_one),
        )  # fmt: skip


def months_before(day: date, count: int) -> date:
    """« 30 août » six months before « 28 février » is the last day that exists."""
    months = day.year * 12 + day.month - 1 - count
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _unpaid(convention: Convention, on: date) -> Iterator[Duty]:
    """Signed with an amount, and nothing paid two months later."""
    if not convention.budget or convention.first_paid_on:
        return
    signed = versions.signed(convention)
    if not signed:
        return
    last = max(signature.signed_on for signature in signed[0].signatures.all())
    due = max(last, convention.starts_on) + timedelta(days=PAYMENT_DAYS)
    if on >= due:
        yield Duty(
            Kind.UNPAID, convention, due, f"{convention.short_title}\u00a0: aucun versement noté depuis la signature",
            f"Signée le {french.long_date(last)}, {french.euros(convention.budget)}. Notez le premier versement, ou "
            "appelez les fonds.", _page("payment", convention),
        )  # fmt: skip


def _late_targets(convention: Convention, on: date, known: Register | None) -> Iterator[Duty]:
    """In September: flows under half of the year's target."""
    if on.month != 9:
        return
    rows = Objective.objects.filter(axis__convention=convention, nature=Nature.FLOW, targets__year=on.year)
    chosen = list(
        rows.select_related("axis__convention__perimeter").prefetch_related("targets").distinct().order_by("pk")
    )
    late = [
        one.title
        for one in progress(convention, chosen, on=on, year=on.year, known=known, detail=False)
        if one.course.target and one.course.realised is not None and 2 * one.course.realised < one.course.target
    ]
    if late:
        many = french.counted(len(late), "objectif est", "objectifs sont")
        yield Duty(
            Kind.LATE_TARGETS, convention, date(on.year, 9, 30),
            f"{convention.short_title}\u00a0: {many} à moins de la moitié de la cible {on.year}",
            f"{french.capitalised(french.enumeration(late[:5]))}.", _page("convention", convention),
        )  # fmt: skip


def _decisions(convention: Convention, on: date) -> Iterator[Duty]:
    """A week before the day of a decision, and after it while it is not done; nothing once all is over."""
    if convention.state in (State.CLOSED, State.TERMINATED):
        return
    open_ones = Decision.objects.filter(
        meeting__convention=convention, done_on__isnull=True, due_on__lte=on + timedelta(days=DECISION_DAYS)
    )
    for decision in open_ones.select_related("meeting").order_by("due_on", "pk"):
        if decision.due_on:
            owner = f" ({decision.owner})" if decision.owner else ""
            yield Duty(
                Kind.DECISION_DUE, convention, decision.due_on,
                f"À faire pour le {french.long_date(decision.due_on)}\u00a0: {decision.text[:120]}{owner}",
                f"Décision du {decision.meeting}.", _page("meetings", convention), about=str(decision.pk),
            )  # fmt: skip
