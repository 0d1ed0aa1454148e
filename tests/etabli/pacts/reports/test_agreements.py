"""An agreement given on paper or in a meeting: noted by the pilot with its document, never in somebody's stead."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from etabli.accounts.policies import Denied
from etabli.accounts.roles import Role
from etabli.audit.models import Event
from etabli.pacts.models import Party, PartyRole, ReportAgreement
from etabli.pacts.reports import actions, agreements, reading, texts
from etabli.pacts.reports.policies import state_of
from etabli.pacts.workflow import ReportState
from etabli.papers.storage import BadFile
from tests.etabli.cast import as_user, person
from tests.etabli.pacts.conftest import reader
from tests.etabli.pacts.reports.test_outputs import picture

pytestmark = pytest.mark.django_db
HERE = "/pacte/lens-lievin/bilan/2025/"
NOTED = {"name": "Luc Bernard", "title": "vice-président", "agreed_on": date(2026, 3, 12), "basis": "minutes"}


@pytest.fixture
def report(told, octave, time_machine):
    """Written on the 25th of February, given to read on the 1st of March; it is the 20th."""
    actions.draft(report=told, by=octave)
    time_machine.move_to(date(2026, 2, 25))
    texts.write(section=told.sections.first(), by=octave, comment="Une bonne année.")
    time_machine.move_to(date(2026, 3, 1))
    actions.submit(report=told, by=octave)
    time_machine.move_to(date(2026, 3, 20))
    return told


@pytest.fixture
def funder(report, cast):
    return report.convention.parties.get(organisation=cast.agglomeration)


def minutes() -> ContentFile:
    return ContentFile(picture(), name="compte-rendu.png")


def note(report, party, by, **other):
    document = other.pop("document", None) or minutes()
    said = agreements.Said(**{**NOTED, **other})
    return agreements.note(report=report, party=party, by=by, said=said, document=document)


def test_what_was_agreed_in_a_meeting_makes_the_report_valid_and_says_how(report, funder, octave, basile):
    made = note(report, funder, octave)
    assert reading.sentence(made) == (
        "Accord de CALL du 12\u00a0mars 2026, donné par Luc Bernard, vice-président, d’après le compte rendu, "
        "noté par Octave Petit le 20\u00a0mars 2026"
    )
    assert state_of(report) is ReportState.CROSS_READING
    actions.agree(report=report, by=octave)
    assert state_of(report) is ReportState.VALIDATED
    event = Event.objects.get(verb="report.agreement_noted")
    assert "Luc" not in str(event.changes)
    assert event.changes["agreed_on"] == [None, "2026-03-12"]


def test_a_text_that_did_not_change_since_may_be_agreed_before_it_is_submitted(report, funder, octave):
    made = note(report, funder, octave, agreed_on=date(2026, 2, 26))
    assert reading.sentence(made).startswith("Accord de CALL du 26\u00a0février 2026")


def test_the_last_agreement_noted_makes_the_report_valid(report, funder, octave):
    actions.agree(report=report, by=octave)
    note(report, funder, octave)
    assert state_of(report) is ReportState.VALIDATED
    actions.publish(report=report, by=octave)


def test_a_party_whose_members_may_validate_still_does_it_in_person(report, funder, octave, basile):
    actions.agree(report=report, by=basile)
    with pytest.raises(Denied, match="ont donné leur accord"):
        note(report, funder, octave)
    assert ReportAgreement.objects.get().document is None


def test_an_agreement_noted_before_a_correction_has_to_be_given_again(report, funder, octave, basile, time_machine):
    note(report, funder, octave)
    remark = actions.ask_correction(section=report.sections.first(), by=basile, text="Une faute.")
    actions.answer(remark=remark, by=octave, answer="Corrigée.")
    actions.submit(report=report, by=octave)
    assert "CALL" in actions.waiting_for(report)
    ((_, sentence),) = reading.agreements_of(report)
    assert sentence.endswith("(relecture précédente, ne compte plus)")
    with pytest.raises(Denied, match="date du 20\u00a0mars 2026"):
        note(report, funder, octave)
    note(report, funder, octave, agreed_on=date(2026, 3, 20))
    assert ReportAgreement.objects.count() == 2


def test_nobody_but_the_officer_of_the_pilot_notes_and_never_for_their_own(report, funder, cast, octave):
    adviser, chair = person("Ana Roy", cast.chamber, Role.ADVISER), person("Rose Hubert", cast.chamber, Role.ELECTED)
    for who in (cast.basile, cast.luc, cast.etienne, chair, adviser):
        with pytest.raises(Denied):
            note(report, funder, reader(who))
    own = report.convention.parties.get(organisation=cast.chamber)
    elsewhere = Party.objects.create(
        convention=report.convention, organisation=cast.other_chamber, role=PartyRole.PARTNER, left_on=date(2025, 1, 1)
    )  # fmt: skip
    for party in (own, elsewhere):
        with pytest.raises(Denied, match="ne se note pas ici"):
            note(report, party, octave)
    assert not ReportAgreement.objects.exists()


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"agreed_on": date(2026, 2, 24)}, "date du 25\u00a0février 2026.*Faites-le confirmer"),
        ({"agreed_on": date(2026, 3, 21)}, "à venir"),
        ({"document": ContentFile(b"rien", name="a.pdf")}, "type accepté"),
    ],
)
def test_the_day_and_the_document_are_checked(report, funder, octave, other, said):
    with pytest.raises((Denied, BadFile), match=said):
        note(report, funder, octave, **other)


def test_the_database_takes_no_half_agreement_and_changes_none(report, funder, octave):
    move = reading.last_reading(report)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportAgreement.objects.create(move=move, party=funder, by=octave.user, name="Luc Bernard")
    made = note(report, funder, octave)
    made.name = "Un autre"
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


def test_the_page_notes_it_shows_it_and_gives_the_document_to_the_parties_alone(client, report, funder, cast):
    as_user(client, cast.octave)
    assert f"{HERE}accord/" in client.get(HERE).content.decode()
    assert cast.agglomeration.name in client.get(f"{HERE}accord/").content.decode()
    typed = {**NOTED, "party": funder.pk, "agreed_on": "21/03/2026", "document": minutes()}
    refused = client.post(f"{HERE}accord/", typed)
    assert refused.status_code == 422
    assert "à venir" in refused.content.decode()
    assert "vice-président" in refused.content.decode()
    assert client.post(f"{HERE}accord/", {**typed, "agreed_on": "12/03/2026", "document": minutes()}).status_code == 302
    paper = f"{HERE}accords/{ReportAgreement.objects.get().pk}/piece/"
    as_user(client, cast.basile)
    page = client.get(HERE).content.decode()
    assert "d’après le compte rendu, noté par Octave Petit" in page
    assert paper in page
    assert client.get(paper).status_code == 200
    assert client.get(f"{HERE}accord/").status_code == 403
    as_user(client, cast.etienne)
    assert client.get(paper).status_code == 404
    assert client.get(f"{HERE}accord/").status_code == 404


def test_what_somebody_else_noted_meanwhile_is_told_and_what_was_typed_comes_back(client, report, funder, cast, octave):
    note(report, funder, octave)
    as_user(client, cast.octave)
    refused = client.post(f"{HERE}accord/", {**NOTED, "party": funder.pk, "document": minutes()})
    assert refused.status_code == 422
    assert "ont donné leur accord" in refused.content.decode()
    assert "vice-président" in refused.content.decode()
