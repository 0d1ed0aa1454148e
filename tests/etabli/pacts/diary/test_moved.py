"""The page after an act: as quick with forty objectives, and silent on what other parties did."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from etabli.acts.models import Act
from etabli.pacts.models import Party, PartyRole
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground

pytestmark = pytest.mark.one_database


@pytest.fixture
def where(client, cast, pact, typed):
    """The page after Alice noted a visit to somebody, on the axis that an objective on visits has."""
    axis = pact.axes.get(title="Numérique")
    ground.objective(axis, kinds=["visit_made"])
    fields = {"firm": "Jeanne Lumière", "chosen": "personne", "commune": "Lens", "axis": axis.pk}
    return as_user(client, cast.alice).post("/atelier/carnet/", typed(**fields)).url


def test_as_many_queries_after_an_act_with_one_objective_as_with_forty(visit_as, cast, pact, where):
    visit_as(cast.alice, where)
    with CaptureQueriesContext(connection) as few:
        visit_as(cast.alice, where)
    more = [ground.objective(pact.axes.get(title="Numérique"), kinds=["visit_made"]) for _ in range(39)]
    with CaptureQueriesContext(connection) as many:
        seen = visit_as(cast.alice, where)
    assert len(many) == len(few)
    assert {f"/pacte/{pact.slug}/objectifs/{one.pk}/" for one in more} <= set(seen.links)


def test_whether_another_party_helped_the_firm_before_is_not_told(visit_as, cast, pact, where):
    Party.objects.create(convention=pact, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    done = Act.objects.get()
    ground.act(cast.agglomeration, done.day, done.beneficiary)
    assert "sans changement" not in visit_as(cast.alice, where).text
