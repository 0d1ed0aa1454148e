"""The page after an act: as quick with forty objectives, and silent on what other parties did."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from etabli.acts.models import Act
from etabli.pacts.diary.moved import moved_by
from etabli.pacts.models import Party, PartyRole
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import reader

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


def test_who_left_a_pact_is_told_its_gauge_of_the_last_day(cast, pact):
    """An act of then, noted since: the figure is the one that it could read."""
    left, joined = (
        pact.starts_on + timedelta(60),
        ground.objective(pact.axes.get(title="Numérique"), kinds=["visit_made"]),
    )
    Party.objects.create(convention=pact, organisation=cast.agglomeration, role=PartyRole.FUNDER, left_on=left)
    noted = ground.act(cast.agglomeration, left, ground.firm())
    for _ in range(6):
        ground.act(cast.chamber, left + timedelta(1), ground.firm())
    for user, figure in ((cast.basile, "1\u00a0"), (cast.octave, "7\u00a0")):
        told = {one.href: one.words for one in moved_by(reader(user), noted, timezone.localdate())}
        assert told[f"/pacte/{pact.slug}/objectifs/{joined.pk}/"].startswith(figure)
