"""A database that already holds acts is brought up to date: nothing changes in the ledger, and it counts the same."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from etabli.acts import bundles, queries
from etabli.acts.kinds import Measure
from etabli.acts.models import Act
from etabli.acts.queries import Selection
from etabli.pacts.attributions import bundles as given
from tests.etabli.pacts import ground

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("acts", "0003_covering_index"), ("pacts", "0008_reports_frozen_again")]  # acts were not packed yet


@pytest.fixture
def back():
    """Take the database back to the schema of a former version; it comes up to date again whatever happens."""
    yield lambda: MigrationExecutor(connection).migrate(BEFORE)
    up_to_date()


def up_to_date():
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_acts_written_before_an_upgrade_count_after_it(back):
    chamber = ground.organisation()
    axis = ground.axis(ground.convention(chamber, ground.LENS))
    acts = [ground.act(chamber, f"2025-03-{day:02}", ground.firm(), minutes=day) for day in range(1, 8)]
    ground.reverse(acts[0])
    ground.attribution(act=acts[1], axis=axis, share=40)
    rows = list(Act.objects.order_by("pk").values())
    back()
    up_to_date()
    assert list(Act.objects.order_by("pk").values()) == rows
    assert (bundles.wrong(), given.wrong()) == ([], [])
    assert queries.counts(Selection(), [Measure.ACTS, Measure.MINUTES]) == {"acts": 6, "minutes": sum(range(2, 8))}
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Act.objects.update(minutes=0)
