"""What a report says of decisions and of lateness is what was so at the freeze."""

from datetime import date, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from etabli.acts.kinds import ActKind
from etabli.audit import guard
from etabli.pacts.models import Decision, Meeting, MeetingState, Report, Target
from etabli.pacts.objectives.progress import progress
from etabli.pacts.objectives.queries import objectives_of
from etabli.pacts.reports import actions, freezing, outputs
from etabli.pacts.reports.contents import content_of
from etabli.pacts.reports.seal import broken, report_fingerprint
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import LENS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]


@pytest.fixture
def pact(cast, time_machine):
    """A pact, one visit in the first quarter of 2025 where a hundred are promised."""
    time_machine.move_to(date(2025, 4, 7))
    made = ground.convention(cast.chamber, LENS, years=(2024, 2026))
    visits = ground.objective(ground.axis(made), kinds=[ActKind.VISIT])
    Target.objects.create(objective=visits, year=2025, value=100, set_by=cast.octave)
    ground.act(cast.chamber, "2025-03-10", ground.firm())
    return made


def decided(cast, pact, day: str, text: str, number: int = 1, **more) -> Decision:
    start = timezone.make_aware(datetime.fromisoformat(f"{day}T14:00"))
    meeting = Meeting.objects.create(
        convention=pact, state=MeetingState.HELD, starts_at=start, ends_at=start + timedelta(hours=2),
        made_by=cast.octave,
    )  # fmt: skip
    return Decision.objects.create(meeting=meeting, number=number, text=text, **more)


def said(report: Report) -> list[str]:
    return [outputs.decision(one) for one in content_of(report, public=False)["decisions"]]


def test_decisions_are_those_of_the_freeze_and_one_done_is_told_as_done(cast, octave, pact, time_machine):
    done = decided(cast, pact, "2025-02-10", "Ouvrir un atelier", owner="CMA", due_on=date(2025, 6, 1))
    done.done_on = date(2025, 3, 1)
    done.save()
    left = decided(cast, pact, "2025-03-31", "Écrire aux maires", due_on=date(2025, 5, 2))
    report = actions.freeze(convention=pact, year=2025, cut_off=date(2025, 3, 31), by=octave)
    time_machine.move_to(date(2025, 11, 28))
    decided(cast, pact, "2025-11-27", "Décidé bien après")
    Decision.objects.filter(pk=left.pk).update(text="Réécrite", done_on=date(2025, 6, 1))
    report = Report.objects.get(pk=report.pk)
    assert said(report) == [
        "Ouvrir un atelier (CMA), faite le 1er\u00a0mars 2025", "Écrire aux maires, pour le 2\u00a0mai 2025",
    ]  # fmt: skip
    assert broken(report) == []
    report.decisions[0]["text"] = "Fermer un atelier"
    assert broken(report) == ["Les chiffres ne sont plus ceux du gel."]


def test_a_report_frozen_before_is_given_its_decisions_and_keeps_its_fingerprint(cast, octave, pact):
    decided(cast, pact, "2025-02-10", "Ouvrir un atelier")
    decided(cast, pact, "2025-04-02", "Après la date d’arrêt")
    report = actions.freeze(convention=pact, year=2025, cut_off=date(2025, 3, 31), by=octave)
    with connection.cursor() as cursor:
        for statement in guard.drop_sql(connection.vendor, "pacts_report"):
            cursor.execute(statement)
    old = report_fingerprint(report, report.figures.all(), decisions=False)
    Report.objects.filter(pk=report.pk).update(decisions=None, sha256=old)
    fill = import_module("etabli.pacts.migrations.0022_decisions_and_status_frozen").fill
    fill(apps, SimpleNamespace(connection=connection))
    guard.install()
    filled = Report.objects.get(pk=report.pk)
    assert said(filled) == ["Ouvrir un atelier"]
    assert filled.sha256 == old
    assert broken(filled) == []


def test_in_mid_year_the_report_says_late_as_the_dashboard_does_that_day(octave, pact):
    day = date(2025, 3, 31)
    shown = progress(pact, objectives_of(pact), on=freezing.last_day(pact, 2025, day), year=2025)
    report = actions.freeze(convention=pact, year=2025, cut_off=day, by=octave)
    content = content_of(Report.objects.get(pk=report.pk), public=False)
    figure = content["axes"][0]["figures"][0]
    assert figure["state"] == shown[0].status_label == "en retard"
    assert "1 en retard." in content["headline"]
