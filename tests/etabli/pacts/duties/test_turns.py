"""What waits for a signature in an amendment, for a reading or an answer in a report: told once, to whom it is for."""

from datetime import date

import pytest
from django.core import mail
from django.core.management import call_command

from etabli.notices.kinds import Kind
from etabli.notices.models import Notice
from etabli.pacts.amendments import actions as amendments
from etabli.pacts.conventions import moves
from etabli.pacts.documents import versions
from etabli.pacts.duties import queries
from etabli.pacts.models import Convention, Party, PartyRole, Subject
from etabli.pacts.reports import actions as reports
from etabli.pacts.signatures import actions as signatures
from etabli.pacts.workflow import AmendmentState, State
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import sign_all
from tests.etabli.pacts.ground import LENS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
DAY = "2026-02-02"


def told(kind: Kind) -> list[tuple[str, str]]:
    """(person, subject) of the notices of a kind."""
    rows = Notice.objects.filter(kind=kind).order_by("pk").select_related("recipient")
    return [(notice.recipient.name, notice.subject) for notice in rows]


@pytest.fixture
def amendment(to_sign: Convention, octave):
    """Put to signature, of a convention in force; what was told before is forgotten."""
    active = sign_all(to_sign, octave)
    made = amendments.open_amendment(
        convention=active, by=octave, subjects=[Subject.BUDGET], reason="Plus cher", effective_on=date(2019, 7, 1)
    )
    amendments.write(amendment=made, by=octave, values={Subject.BUDGET: 15_000_000})
    return amendments.move(amendment=made, by=octave, to=AmendmentState.TO_SIGN)


def test_an_amendment_waits_for_those_who_sign_it_and_have_not(amendment, cast, chair, octave, etienne):
    convention = amendment.convention
    (duty,) = [one for one in queries.duties(convention, date(2018, 2, 2)) if one.kind is Kind.YOUR_TURN]
    assert duty.subject.endswith("avenant n°\u00a01 à signer")
    assert duty.address.endswith(f"/avenants/{amendment.number}/")
    assert set(queries.concerned(duty, date(2018, 2, 2))) == {cast.luc, chair.user}
    assert Kind.YOUR_TURN not in {one.kind for one in queries.alerts(octave, convention, date(2018, 2, 2))}
    version = versions.last(convention)
    siren = cast.agglomeration.siren
    signatures.bring_paper(
        content=versions.pdf_of(version, siren=siren, copy_for="CALL"), name="a.pdf", by=octave, convention=convention,
        signed_on=date.today(),
    )  # fmt: skip
    call_command("due_dates", on="2018-02-02")
    assert [who for who, _ in told(Kind.YOUR_TURN)] == [chair.user.name]
    sign_rest = versions.pdf_of(version, siren=cast.chamber.siren, copy_for="CMA")
    signatures.bring_paper(
        content=sign_rest, name="b.pdf", by=octave, convention=convention, signed_on=date.today()
    )  # fmt: skip
    assert Kind.YOUR_TURN not in {one.kind for one in queries.duties(convention, date(2018, 2, 2))}


def test_the_page_to_sign_says_what_is_signed(amendment, cast, client):
    page = as_user(client, cast.luc).get(f"/pacte/{amendment.convention.slug}/convention/signer/").content.decode()
    assert "<h1>Signer l’avenant n°\u00a01</h1>" in page


def test_an_amendment_of_a_convention_that_was_ended_waits_for_nobody(amendment, octave):
    moves.move(convention=amendment.convention, to=State.TERMINATED, by=octave, reason="Fin")
    amendment.convention.refresh_from_db()
    assert queries.duties(amendment.convention, date(2018, 2, 2)) == []


@pytest.fixture
def report(cast, octave, time_machine):
    """The report of 2025, given to read."""
    time_machine.move_to(date(2026, 1, 20))
    pact = ground.convention(cast.chamber, LENS, slug="lens", years=(2024, 2026))
    Party.objects.create(convention=pact, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    ground.objective(ground.axis(pact))
    made = reports.freeze(convention=pact, year=2025, cut_off=date(2025, 12, 31), by=octave)
    reports.draft(report=made, by=octave)
    call_command("due_dates", on=DAY)
    assert told(Kind.REPORT) == [], "nobody waits while the pilot writes"
    return reports.submit(report=made, by=octave)


def people(words: str) -> set[str]:
    return {who for who, subject in told(Kind.REPORT) if subject.endswith(words)}


def test_a_report_waits_for_its_readers_then_for_its_author(report, cast, octave, basile, etienne):
    reports.agree(report=report, by=octave)
    for _ in range(2):
        call_command("due_dates", on=DAY)
    assert people("bilan 2025 à relire et valider") == {cast.basile.name, cast.luc.name}
    assert len(told(Kind.REPORT)) == 2
    assert {tuple(message.to) for message in mail.outbox} >= {(cast.basile.email,), (cast.luc.email,)}
    assert [one.kind for one in queries.alerts(basile, report.convention, date(2026, 2, 2))] == [Kind.REPORT]
    assert queries.alerts(etienne, report.convention, date(2026, 2, 2)) == []
    remark = reports.ask_correction(section=report.sections.get(), by=basile, text="Une faute.")
    call_command("due_dates", on=DAY)
    assert people("bilan 2025 à corriger") == {cast.octave.name}
    reports.answer(remark=remark, by=octave, answer="Corrigée.")
    reports.submit(report=report, by=octave)
    call_command("due_dates", on=DAY)
    again = [who for who, subject in told(Kind.REPORT) if subject.endswith("à relire et valider")]
    assert again.count(cast.basile.name) == 2, "a new reading is told again"
    for who in (octave, basile):
        reports.agree(report=report, by=who)
    call_command("due_dates", on=DAY)
    assert people("bilan 2025 à publier") == {cast.octave.name}
    reports.publish(report=report, by=octave)
    assert Kind.REPORT not in {one.kind for one in queries.duties(report.convention, date(2026, 2, 2))}


def test_the_last_report_is_told_after_the_convention_is_closed(report, cast):
    Convention.objects.filter(pk=report.convention_id).update(state=State.CLOSED)
    call_command("due_dates", on=DAY)
    assert cast.basile.name in people("à relire et valider")


def test_a_freeze_made_again_waits_for_nobody_until_it_is_given_to_read(report, octave):
    again = reports.freeze_again(report=report, cut_off=date(2025, 12, 31), reason="Trompé", by=octave)
    kinds = {one.kind for one in queries.duties(again.convention, date(2026, 2, 2))}
    assert Kind.REPORT not in kinds
