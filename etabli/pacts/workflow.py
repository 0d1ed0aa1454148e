"""States of a convention, and the only ways from one to the next."""

from datetime import date

from django.db import models


class State(models.TextChoices):
    """Where a convention is, from first draft to the end."""

    DRAFT = "draft", "projet"
    IN_REVIEW = "in_review", "en relecture"
    CORRECTIONS = "corrections", "corrections demandées"
    TO_DELIBERATE = "to_deliberate", "à délibérer"
    TO_SIGN = "to_sign", "à signer"
    ACTIVE = "active", "active"
    SUSPENDED = "suspended", "suspendue"
    EXPIRED = "expired", "échue"
    CLOSED = "closed", "clôturée"
    TERMINATED = "terminated", "résiliée"
    ABANDONED = "abandoned", "abandonnée"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.IN_REVIEW, State.ABANDONED}),
    State.IN_REVIEW: frozenset({State.CORRECTIONS, State.TO_DELIBERATE, State.ABANDONED}),
    State.CORRECTIONS: frozenset({State.IN_REVIEW, State.ABANDONED}),
    State.TO_DELIBERATE: frozenset({State.CORRECTIONS, State.TO_SIGN, State.ABANDONED}),
    State.TO_SIGN: frozenset({State.CORRECTIONS, State.ACTIVE, State.ABANDONED}),
    State.ACTIVE: frozenset({State.SUSPENDED, State.EXPIRED, State.TERMINATED}),
    State.SUSPENDED: frozenset({State.ACTIVE, State.EXPIRED, State.TERMINATED}),
    State.EXPIRED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
    State.TERMINATED: frozenset({State.CLOSED}),
    State.ABANDONED: frozenset(),
}


UNSIGNED = frozenset({State.DRAFT, State.IN_REVIEW, State.CORRECTIONS, State.TO_DELIBERATE, State.TO_SIGN})
IN_FORCE = frozenset({State.ACTIVE, State.SUSPENDED})
OVER = frozenset({State.CLOSED, State.TERMINATED, State.ABANDONED})


def on_day(state: State, *, ends_on: date, day: date) -> State:
    """The state that people read that day: what is over is « échue » before the daily round has written it."""
    return State.EXPIRED if state in IN_FORCE and ends_on < day else state


class AmendmentState(models.TextChoices):
    """Where an amendment is."""

    DRAFT = "draft", "projet"
    TO_SIGN = "to_sign", "à signer"
    SIGNED = "signed", "signé"
    IN_FORCE = "in_force", "en vigueur"
    ABANDONED = "abandoned", "abandonné"


AMENDMENT_TRANSITIONS: dict[AmendmentState, frozenset[AmendmentState]] = {
    AmendmentState.DRAFT: frozenset({AmendmentState.TO_SIGN, AmendmentState.ABANDONED}),
    AmendmentState.TO_SIGN: frozenset({AmendmentState.DRAFT, AmendmentState.SIGNED, AmendmentState.ABANDONED}),
    AmendmentState.SIGNED: frozenset({AmendmentState.IN_FORCE}),
    AmendmentState.IN_FORCE: frozenset(),
    AmendmentState.ABANDONED: frozenset(),
}


class ReportState(models.TextChoices):
    """Where a yearly report is. Its figures are frozen from the first state on."""

    FROZEN = "frozen", "figé"
    DRAFTING = "drafting", "en rédaction"
    CROSS_READING = "cross_reading", "en relecture croisée"
    TO_CORRECT = "to_correct", "à corriger"
    VALIDATED = "validated", "validé"
    PUBLISHED = "published", "publié"


REPORT_TRANSITIONS: dict[ReportState, frozenset[ReportState]] = {
    ReportState.FROZEN: frozenset({ReportState.DRAFTING}),
    ReportState.DRAFTING: frozenset({ReportState.CROSS_READING}),
    ReportState.CROSS_READING: frozenset({ReportState.TO_CORRECT, ReportState.VALIDATED}),
    ReportState.TO_CORRECT: frozenset({ReportState.CROSS_READING}),
    ReportState.VALIDATED: frozenset({ReportState.PUBLISHED}),
    ReportState.PUBLISHED: frozenset(),
}


class IllegalTransition(Exception):
    """The table has no way from this state to that one."""


def check_move(before: State, after: State) -> None:
    """Raise IllegalTransition, in French, unless the table allows it."""
    if after not in TRANSITIONS[before]:
        raise IllegalTransition(
            f"Une convention «\u00a0{before.label}\u00a0» ne peut pas devenir «\u00a0{after.label}\u00a0»."
        )


def check_amendment_move(before: AmendmentState, after: AmendmentState) -> None:
    """The same for an amendment."""
    if after not in AMENDMENT_TRANSITIONS[before]:
        raise IllegalTransition(
            f"Un avenant «\u00a0{before.label}\u00a0» ne peut pas devenir «\u00a0{after.label}\u00a0»."
        )


def check_report_move(before: ReportState, after: ReportState) -> None:
    """The same for a yearly report."""
    if after not in REPORT_TRANSITIONS[before]:
        raise IllegalTransition(
            f"Un bilan «\u00a0{before.label}\u00a0» ne peut pas devenir «\u00a0{after.label}\u00a0»."
        )
