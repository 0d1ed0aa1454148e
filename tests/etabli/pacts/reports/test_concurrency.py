"""A report is frozen, and written by two people, while others go on writing: PostgreSQL alone lets them."""

import threading
import time
from datetime import date

import pytest
from django.db import connection, transaction

from etabli.accounts.policies import Denied
from etabli.pacts.models import Report
from etabli.pacts.reports import actions, freezing, texts
from etabli.pacts.reports.seal import broken
from tests.etabli.acts.test_concurrency import at_once
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import LENS

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_store")]
CUT_OFF = date(2025, 12, 31)


@pytest.fixture
def pact(cast, time_machine):
    """A pact that counts the acts of one firm, visited once."""
    time_machine.move_to(date(2026, 1, 20))
    made = ground.convention(cast.chamber, LENS, slug="lens", years=(2024, 2026))
    ground.objective(ground.axis(made))
    ground.act(cast.chamber, who=ground.firm())
    return made


def elsewhere(work):
    """Done and committed by somebody else before the next line."""
    assert at_once(work) == 0


def test_an_act_recorded_between_the_count_and_its_rows_is_in_both_or_in_none(pact, octave, cast, monkeypatch):
    real = freezing.acts_behind

    def late(*arguments):
        elsewhere(lambda: ground.act(cast.chamber, who=ground.firm()))
        return real(*arguments)

    monkeypatch.setattr(freezing, "acts_behind", late)
    report = actions.freeze(convention=pact, year=2025, cut_off=CUT_OFF, by=octave)
    figure = report.figures.get()
    assert (figure.value, figure.rows.count(), figure.firms) == (1, 1, 1)
    assert broken(report) == []
    again = actions.freeze_again(report=report, cut_off=CUT_OFF, reason="Saisies tardives", by=octave).figures.get()
    assert (again.value, again.rows.count(), again.firms) == (2, 2, 2)
    assert not connection.in_atomic_block


def test_two_people_freeze_at_the_same_moment_and_one_is_told_that_it_is_done(pact, octave):
    refused = []

    def work():
        try:
            actions.freeze(convention=pact, year=2025, cut_off=CUT_OFF, by=octave)
        except Denied as denied:
            refused.append(denied.reason)

    at_once(work, work)
    assert Report.objects.count() == 1
    assert ["déjà figé" in one for one in refused] == [True]


def test_two_people_write_the_same_axis_at_the_same_moment_and_one_reads_the_other(pact, octave):
    report = actions.freeze(convention=pact, year=2025, cut_off=CUT_OFF, by=octave)
    actions.draft(report=report, by=octave)
    refused = []

    def work(comment):
        section = report.sections.get()
        section.comment = ""  # both pages were opened before
        try:
            texts.write(section=section, by=octave, comment=comment)
        except texts.Overtaken as overtaken:
            refused.append((comment, overtaken.stored[section.pk].comment))

    assert at_once(lambda: work("L’un"), lambda: work("L’autre")) == 0
    [(lost, stored)] = refused
    assert {lost, stored} == {"L’un", "L’autre"}
    assert report.sections.get().comment == stored


def test_who_writes_while_the_figures_are_frozen_again_is_told_so(pact, octave):
    report = actions.freeze(convention=pact, year=2025, cut_off=CUT_OFF, by=octave)
    actions.draft(report=report, by=octave)
    refused = []

    def late():
        try:
            texts.write(section=report.sections.get(), by=octave, comment="Trop tard")
        except Denied as denied:
            refused.append(denied.reason)

    writer = threading.Thread(target=lambda: at_once(late))
    with transaction.atomic():
        actions.locked(report)
        writer.start()
        until_somebody_waits()
        actions.freeze_again(report=report, cut_off=CUT_OFF, reason="Saisies tardives", by=octave)
    writer.join()
    assert ["Ce gel a été refait" in one for one in refused] == [True]
    assert report.sections.get().comment == ""


def until_somebody_waits():
    """For a lock, a minute at most."""
    for _ in range(1200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")
