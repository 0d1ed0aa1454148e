"""Renewing a convention that ends: another one, in draft, with the same people, communes, axes and objectives."""

from datetime import date, timedelta

from django.db import transaction

from etabli.accounts.policies import Denied, Reader
from etabli.audit.actions import record
from etabli.pacts.conventions import policies
from etabli.pacts.conventions.actions import copy_axes, copy_parties, save_at_a_free_address, shortened
from etabli.pacts.models import Convention, ConventionKind
from etabli.pacts.workflow import State

UNSIGNED = frozenset({
    State.DRAFT, State.IN_REVIEW, State.CORRECTIONS, State.TO_DELIBERATE, State.TO_SIGN, State.ABANDONED,
})  # fmt: skip


def check_can_renew(reader: Reader, convention: Convention) -> None:
    """Raise Denied unless the pilot's officer may renew this framework, once signed."""
    policies.check_can_steer(reader, convention)
    if convention.kind != ConventionKind.FRAMEWORK:
        raise Denied(
            "Une convention annuelle ne se renouvelle pas\u00a0: préparez une année depuis la convention cadre."
        )
    if State(convention.state) in UNSIGNED:
        raise Denied("On renouvelle une convention qui a été signée\u00a0: celle-ci ne l’est pas.")


def dates_after(convention: Convention) -> tuple[date, date]:
    """The same length of time, in whole years when it is, from the day after its end."""
    before, first = convention.starts_on, convention.ends_on + timedelta(1)
    years = first.year - before.year
    if (first.month, first.day) == (before.month, before.day) and (first.month, first.day) != (2, 29):
        return first, first.replace(year=first.year + years) - timedelta(1)
    return first, first + (convention.ends_on - before)


@transaction.atomic
def renew(*, convention: Convention, by: Reader, title: str, starts_on: date, ends_on: date) -> Convention:
    """A draft with other dates. Targets, amounts and deliberations are to be decided again; what is counted stays."""
    check_can_renew(by, convention)
    if starts_on <= convention.ends_on:
        raise Denied("La nouvelle convention commence après la fin de celle qu’elle renouvelle.")
    short = shortened(title.strip())
    made = Convention(
        kind=ConventionKind.FRAMEWORK, perimeter=convention.perimeter, title=title.strip(), short_title=short,
        starts_on=starts_on, ends_on=ends_on, preamble=convention.preamble,
        clauses=convention.clauses,
    )  # fmt: skip
    save_at_a_free_address(made, short)
    copy_parties(convention, made)
    copy_axes(convention, made, by, None)
    record(
        by=by.user, verb="convention.renewed", about=made, organisation_id=by.organisation.pk,
        changes={"model": [None, convention.pk]},
    )  # fmt: skip
    return made
