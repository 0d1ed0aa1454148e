"""Renewing a convention that ends: another one, in draft, with the same people, communes, axes and objectives."""

from datetime import date, timedelta

from django.db import transaction

from etabli.accounts.policies import Denied, Reader
from etabli.audit.actions import record
from etabli.pacts.changes import effect
from etabli.pacts.changes import foreseen as foreseeing
from etabli.pacts.changes.foreseen import foreseen
from etabli.pacts.conventions import policies
from etabli.pacts.conventions.actions import locked, save_at_a_free_address, shortened
from etabli.pacts.conventions.copying import copy_axes, copy_parties
from etabli.pacts.models import Convention, ConventionKind
from etabli.pacts.workflow import UNSIGNED, State


def check_can_renew(reader: Reader, convention: Convention) -> None:
    """Raise Denied unless the pilot's officer may renew this framework, once signed."""
    policies.check_can_steer(reader, convention)
    if convention.kind != ConventionKind.FRAMEWORK:
        raise Denied(
            "Une convention annuelle ne se renouvelle pas\u00a0: préparez une année depuis la convention cadre."
        )
    if State(convention.state) in UNSIGNED | {State.ABANDONED}:
        raise Denied("On renouvelle une convention qui a été signée\u00a0: celle-ci ne l’est pas.")


def dates_after(convention: Convention) -> tuple[date, date]:
    """The same length of time, whole years when it is, from the day after its end, which an amendment may postpone."""
    then = foreseen(convention, date.max)
    before, first = then.starts_on, then.ends_on + timedelta(1)
    years = first.year - before.year
    if (first.month, first.day) == (before.month, before.day) and (first.month, first.day) != (2, 29):
        return first, first.replace(year=first.year + years) - timedelta(1)
    return first, first + (then.ends_on - before)


def announced(convention: Convention) -> str:
    """What the officer is told first: a renewal already in preparation, amendments signed ahead."""
    known = convention.renewals.exclude(state=State.ABANDONED).order_by("pk")
    there = [
        f"Un renouvellement existe déjà\u00a0: «\u00a0{one.short_title}\u00a0», {State(one.state).label}."
        for one in known
    ]
    signed = foreseeing.announced(foreseeing.signed_ahead(convention), "Le projet en tient déjà compte.")
    return " ".join([*there, *([signed] if signed else [])])


@transaction.atomic
def renew(*, convention: Convention, by: Reader, title: str, starts_on: date, ends_on: date) -> Convention:
    """A draft with other dates. Targets, amounts and deliberations are to be decided again; what is counted stays.

    What is signed and does not apply yet is read in it: it will when the renewal begins. Raises Denied.
    """
    convention = effect.catch_up(locked(convention))
    check_can_renew(by, convention)
    then = foreseen(convention, starts_on)
    if starts_on <= then.ends_on:
        raise Denied("La nouvelle convention commence après la fin de celle qu’elle renouvelle.")
    short = shortened(title.strip())
    made = Convention(
        kind=ConventionKind.FRAMEWORK, renews=convention, perimeter=then.perimeter, title=title.strip(),
        short_title=short, starts_on=starts_on, ends_on=ends_on, preamble=convention.preamble, clauses=then.clauses,
    )  # fmt: skip
    save_at_a_free_address(made, short)
    copy_parties(then.seats, made)
    copy_axes(convention, made, by)
    record(
        by=by.user, verb="convention.renewed", about=made, organisation_id=by.organisation.pk,
        changes={"model": [None, convention.pk]},
    )  # fmt: skip
    return made
