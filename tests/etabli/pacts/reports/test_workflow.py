"""From freeze to publication: only the ways of the table, each by who may."""

from datetime import date

import pytest

from etabli.accounts.policies import Denied
from etabli.audit.models import Event
from etabli.pacts.frozen import published_reports
from etabli.pacts.models import Party, PartyRole, ReportMove
from etabli.pacts.reports import actions, pages, texts
from etabli.pacts.reports.contents import content_of
from etabli.pacts.reports.policies import state_of
from etabli.pacts.workflow import REPORT_TRANSITIONS, IllegalTransition, ReportState, check_report_move
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import LENS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
S = ReportState


@pytest.fixture
def report(cast, octave, time_machine):
    """The report of 2025, frozen, of a pact of two parties."""
    time_machine.move_to(date(2026, 1, 20))
    pact = ground.convention(cast.chamber, LENS, slug="lens", years=(2024, 2026))
    Party.objects.create(convention=pact, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    ground.objective(ground.axis(pact))
    return actions.freeze(convention=pact, year=2025, cut_off=date(2025, 12, 31), by=octave)


@pytest.mark.parametrize("before", S)
def test_every_way_that_the_table_lacks_is_refused_in_french(before):
    for after in S:
        if after in REPORT_TRANSITIONS[before]:
            check_report_move(before, after)
        else:
            with pytest.raises(IllegalTransition, match="Un bilan"):
                check_report_move(before, after)


def test_a_partner_asks_a_correction_the_pilot_answers_both_validate_the_pilot_publishes(report, octave, basile):
    section = report.sections.get()
    actions.draft(report=report, by=octave)
    texts.write(section=section, by=octave, comment="Une année de visites.")
    actions.submit(report=report, by=octave)
    remark = actions.ask_correction(section=section, by=basile, text="Dire combien en quartier prioritaire.")
    assert state_of(report) is S.TO_CORRECT
    with pytest.raises(Denied, match="la réponse à 1\u00a0correction"):
        actions.submit(report=report, by=octave)
    actions.answer(remark=remark, by=octave, answer="Ajouté.")
    actions.submit(report=report, by=octave)
    actions.agree(report=report, by=octave)
    assert actions.waiting_for(report) == ["CALL"]
    assert state_of(report) is S.CROSS_READING
    actions.agree(report=report, by=basile)
    assert state_of(report) is S.VALIDATED
    with pytest.raises(Denied, match="pilote"):
        actions.publish(report=report, by=basile)
    actions.publish(report=report, by=octave)
    assert state_of(report) is S.PUBLISHED
    verbs = list(Event.objects.filter(object_kind="pacts.report").values_list("verb", flat=True))
    assert verbs.count("report.agreed") == 2
    assert "report.published" in verbs


def test_an_agreement_given_before_a_correction_has_to_be_given_again(report, octave, basile):
    actions.draft(report=report, by=octave)
    actions.submit(report=report, by=octave)
    actions.agree(report=report, by=octave)
    remark = actions.ask_correction(section=report.sections.get(), by=basile, text="Une faute.")
    actions.answer(remark=remark, by=octave, answer="Corrigée.")
    actions.submit(report=report, by=octave)
    actions.agree(report=report, by=basile)
    assert state_of(report) is S.CROSS_READING
    assert actions.waiting_for(report) == ["CMA Hauts-de-France"]


def test_the_partner_and_the_stranger_do_not_write_nor_move_the_report(report, octave, basile, luc, etienne):
    for who in (basile, luc, etienne):
        for act in (actions.draft, actions.submit, actions.publish, actions.agree):
            with pytest.raises(Denied):
                act(report=report, by=who)
    actions.draft(report=report, by=octave)
    with pytest.raises(Denied):
        texts.write(section=report.sections.get(), by=basile, comment="Non")
    actions.submit(report=report, by=octave)
    with pytest.raises(Denied):
        actions.ask_correction(section=report.sections.get(), by=etienne, text="Non")
    with pytest.raises(Denied, match="ne change pas"):
        texts.write(section=report.sections.get(), by=octave, comment="Pendant la relecture")


def test_an_elected_member_of_the_partner_may_validate(report, octave, luc):
    actions.draft(report=report, by=octave)
    actions.submit(report=report, by=octave)
    actions.agree(report=report, by=luc)
    assert actions.waiting_for(report) == ["CMA Hauts-de-France"]


def test_nothing_is_published_before_both_sides_validated(report, octave):
    for step in (actions.draft, actions.submit):
        with pytest.raises(Denied, match="ne peut pas devenir"):
            actions.publish(report=report, by=octave)
        step(report=report, by=octave)
    with pytest.raises(Denied, match="ne peut pas devenir"):
        actions.publish(report=report, by=octave)


def test_a_report_stopped_before_the_end_of_its_year_is_a_step_never_published(cast, report, octave, basile):
    step = actions.freeze_again(report=report, cut_off=date(2025, 11, 28), reason="Point d’étape", by=octave)
    for act, who in (
        (actions.draft, octave),
        (actions.submit, octave),
        (actions.agree, octave),
        (actions.agree, basile),
    ):
        act(report=step, by=who)
    assert state_of(step) is S.VALIDATED
    assert content_of(step, public=True)["title"].startswith("Point d’étape au 28\u00a0novembre 2025")
    page = pages.page(octave, step)
    assert page["title"] == "Point d’étape au 28\u00a0novembre 2025"
    assert page["action"] is None
    assert "refaites alors le gel" in page["said"]
    with pytest.raises(Denied, match="Le bilan 2025 se publiera quand"):
        actions.publish(report=step, by=octave)
    ReportMove.objects.create(report=step, state=S.PUBLISHED, by=cast.octave, organisation=cast.chamber)  # as before
    whole = actions.freeze_again(report=step, cut_off=date(2025, 12, 31), reason="L’année est finie", by=octave)
    assert content_of(whole, public=True)["title"].startswith("Bilan 2025")
    assert list(published_reports()) == [step], "public until the yearly report is"
