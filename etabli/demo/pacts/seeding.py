"""Everything in order: organisations, people, then each pact that is not there yet, whole or not at all."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from etabli.demo.pacts import (
    aubagne,
    conventions,
    example,
    grand_est,
    ledger,
    lens_lievin,
    meetings,
    organisations,
    paca,
    pas_de_calais,
    people,
    reports,
)
from etabli.demo.pacts.conventions import Cast
from etabli.demo.pacts.firms import BASKET
from etabli.demo.pacts.tables import Pact
from etabli.pacts.changes import effect
from etabli.pacts.duties.actions import make_round

ARTICLES: tuple[Pact, ...] = (
    pas_de_calais.PACT,
    aubagne.PACT,
    aubagne.YEAR,
    lens_lievin.PACT,
    grand_est.PACT,
    paca.PACT,
)
"""In the order of their days; a yearly convention after its framework."""

PACTS: tuple[Pact, ...] = (*ARTICLES, example.PACT)
"""Those of the articles, then the invented one that is under way."""


@dataclass(frozen=True)
class Seeded:
    """What a run added."""

    pacts: int
    acts: int


def seed(pacts: tuple[Pact, ...] = PACTS) -> Seeded:
    """Add what is missing. A second run changes nothing."""
    with transaction.atomic():
        bodies = organisations.gather()
        cast = (bodies, people.gather(bodies))
    made = acts = 0
    for rank, pact in enumerate(pacts):
        if not conventions.is_there(pact.slug):
            acts += _written(pact, cast, rank * BASKET)
            made += 1
    effect.apply_all(on=timezone.localdate())
    make_round(on=timezone.localdate())  # the notices agree with the pages
    return Seeded(made, acts)


@transaction.atomic
def _written(pact: Pact, cast: Cast, first: int) -> int:
    convention = conventions.write(pact, cast)
    planned, recorded = ledger.plan(pact, convention, first), 0
    for one in pact.reports:  # frozen before what is written down later
        known = [act for act in planned if act.noted_on < one.frozen_on]
        recorded += ledger.record(pact, convention, cast, known)
        planned = planned[len(known) :]
        reports.write(pact, convention, one, cast)
    meetings.hold(pact, convention, conventions.officer_of(pact, cast))
    return recorded + ledger.record(pact, convention, cast, planned)
