"""A pact of two parties and the report of its year 2025, for the tests of what is written around it."""

from datetime import date

import pytest

from etabli.acts.kinds import ActKind
from etabli.pacts.models import Party, PartyRole, Target
from etabli.pacts.reports import actions
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import AVION, LENS, LIEVIN


@pytest.fixture
def told(cast, octave, time_machine, no_store):
    """Five firms in Lens, four in Liévin, one in Avion; and one training for one firm alone."""
    time_machine.move_to(date(2026, 1, 20))
    pact = ground.convention(cast.chamber, LENS, LIEVIN, AVION, slug="lens-lievin", years=(2024, 2026))
    Party.objects.create(convention=pact, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    visits = ground.objective(ground.axis(pact), title="Entreprises visitées", kinds=[ActKind.VISIT])
    Target.objects.create(objective=visits, year=2025, value=30, set_by=cast.octave)
    few = ground.objective(ground.axis(pact, "Énergie"), title="Entreprises formées", kinds=[ActKind.TRAINING])
    Target.objects.create(objective=few, year=2025, value=5, set_by=cast.octave)
    for place, number in ((LENS, 5), (LIEVIN, 4), (AVION, 1)):
        for _ in range(number):
            ground.act(cast.chamber, "2025-03-10", ground.firm(), commune=place)
    ground.act(cast.chamber, "2025-06-10", ground.firm(), kind=ActKind.TRAINING)
    return actions.freeze(convention=pact, year=2025, cut_off=date(2025, 12, 31), by=octave)
