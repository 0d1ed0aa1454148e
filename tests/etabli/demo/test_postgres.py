"""A pact of three years, its acts, meetings and reports, written on PostgreSQL too: as much as on SQLite."""

from pathlib import Path

import pytest

from etabli.acts import bundles
from etabli.acts.models import Act
from etabli.demo.pacts import example, seeding
from etabli.pacts.attributions import bundles as given
from etabli.pacts.models import Report
from etabli.pacts.reports.seal import broken

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def test_the_invented_pact_is_written_whole(settings, demo_stores: Path, tmp_path: Path) -> None:
    settings.STORES_DIR, settings.MEDIA_ROOT = demo_stores, tmp_path
    made = seeding.seed((example.PACT,))
    assert (made.pacts, made.acts) == (1, Act.objects.count())
    assert bundles.wrong() == given.wrong() == []
    assert [broken(report) for report in Report.objects.all()] == [[], []]
