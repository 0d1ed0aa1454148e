"""Duties by date: when each begins and ends, whom it reaches, once; and how it is switched off."""

from datetime import date

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from etabli.accounts.models import Membership, OrganisationSuccession
from etabli.accounts.roles import Permission, Role
from etabli.notices import actions as notices
from etabli.notices.kinds import Kind
from etabli.notices.models import Notice
from etabli.pacts.conventions import actions, preparing
from etabli.pacts.duties import queries, rules
from etabli.pacts.duties.rules import duties, months_before
from etabli.pacts.meetings import actions as meetings
from etabli.pacts.models import Convention, Decision, Target, Version
from tests.etabli.pacts.conftest import reader, sign_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def active(to_sign: Convention, octave) -> Convention:
    return sign_all(to_sign, octave)


def kinds(convention: Convention, day: date) -> set[Kind]:
    return {duty.kind for duty in duties(convention, day)}


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2018, 9, 30), False), (date(2018, 10, 1), True), (date(2018, 12, 31), True), (date(2020, 10, 1), False)],
)
def test_programming_is_asked_for_from_october_while_a_year_remains(active, day, told):
    assert (Kind.PROGRAMMING in kinds(active, day)) is told


def test_programming_is_done_once_the_year_is_in_review(active, octave):
    year = preparing.prepare_year(convention=active, by=octave, year=2019)
    assert Kind.PROGRAMMING in kinds(active, date(2018, 11, 1))
    year.state = "in_review"
    year.save()
    assert Kind.PROGRAMMING not in kinds(active, date(2018, 11, 1))


@pytest.mark.parametrize(
    ("day", "told"), [(date(2018, 5, 31), False), (date(2018, 6, 1), True), (date(2018, 7, 1), False)]
)
def test_the_mid_term_is_in_june(active, day, told):
    assert (Kind.MID_TERM in kinds(active, day)) is told


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2020, 5, 14), False), (date(2020, 5, 15), True), (date(2020, 11, 15), True), (date(2020, 11, 16), False)],
)
def test_the_end_is_told_six_months_before(active, day, told):
    assert (Kind.ENDING in kinds(active, day)) is told


def test_six_months_before_the_end_of_a_month_is_a_day_that_exists():
    assert months_before(date(2020, 8, 31), 6) == date(2020, 2, 29)
    assert months_before(date(2020, 3, 1), 6) == date(2019, 9, 1)


def test_an_unpaid_convention_is_told_until_a_payment_is_noted(active, octave):
    signed = active.versions.get().signatures.last().signed_on
    due = date.fromordinal(signed.toordinal() + rules.PAYMENT_DAYS)
    assert Kind.UNPAID not in kinds(active, date.fromordinal(due.toordinal() - 1))
    assert Kind.UNPAID in kinds(active, due)
    actions.note_payment(convention=active, by=octave, on=due)
    active.refresh_from_db()
    assert Kind.UNPAID not in kinds(active, due)


def test_targets_under_half_are_told_in_september(active, octave):
    objective = active.axes.get(number=1).objectives.create(number=1, title="Entreprises aidées", unit="entreprises")
    Target.objects.create(objective=objective, year=2019, value=100, set_by=octave.user)
    assert Kind.LATE_TARGETS not in kinds(active, date(2019, 8, 31))
    (late,) = [duty for duty in duties(active, date(2019, 9, 1)) if duty.kind is Kind.LATE_TARGETS]
    assert "1\u00a0objectif est à moins de la moitié" in late.subject
    assert "Entreprises aidées" in late.text
    assert Kind.LATE_TARGETS not in kinds(active, date(2019, 10, 1))


def test_a_decision_is_told_a_week_before_and_until_it_is_done(active, octave, meeting):
    decision = Decision.objects.create(meeting=meeting, number=1, text="Écrire aux maires", due_on=date(2018, 6, 30))
    assert Kind.DECISION_DUE not in kinds(active, date(2018, 6, 22))
    assert Kind.DECISION_DUE in kinds(active, date(2018, 6, 23))
    assert Kind.DECISION_DUE in kinds(active, date(2018, 8, 1))
    meetings.follow(decision=decision, by=octave, done_on=date(2018, 8, 1))
    assert Kind.DECISION_DUE not in kinds(active, date(2018, 8, 1))


def test_nothing_is_told_of_what_is_not_in_force(active):
    active.state = "terminated"
    for month in range(1, 13):
        assert kinds(active, date(2018, month, 15)) == set()


def test_the_round_tells_once_whom_it_concerns(active, cast):
    call_command("due_dates", on="2018-11-02")
    told = Notice.objects.filter(kind=Kind.PROGRAMMING)
    assert [notice.recipient for notice in told] == [cast.octave]
    sent = len(mail.outbox)
    assert sent == 1
    call_command("due_dates", on="2018-11-02")
    call_command("due_dates", on="2018-11-03")
    assert (told.all().count(), len(mail.outbox)) == (1, sent)
    call_command("due_dates", on="2019-11-02")
    assert told.all().count() == 2


def test_the_round_expires_what_ended(active):
    call_command("due_dates", on="2020-11-16")
    active.refresh_from_db()
    assert active.state == "expired"


def test_a_day_that_is_none_is_refused_in_french():
    with pytest.raises(CommandError, match="Écrivez le jour"):
        call_command("due_dates", on="demain")


def test_a_kind_switched_off_is_neither_in_the_page_nor_in_the_mail(active, octave, cast):
    day = date(2018, 11, 2)
    assert Kind.PROGRAMMING in {duty.kind for duty in queries.alerts(octave, active, day)}
    notices.choose(user=cast.octave, wanted=dict.fromkeys(Kind, (False, False)))
    assert queries.alerts(octave, active, day) == []
    call_command("due_dates", on=day.isoformat())
    assert mail.outbox == []


def test_a_partner_is_told_of_its_turn_alone(in_review, cast, basile, octave, etienne):
    call_command("due_dates", on="2017-10-01")
    told = {notice.recipient for notice in Notice.objects.filter(kind=Kind.YOUR_TURN)}
    assert told == {cast.basile, cast.luc}
    assert {duty.kind for duty in queries.alerts(basile, in_review, date(2017, 10, 1))} == {Kind.YOUR_TURN}
    assert queries.alerts(octave, in_review, date(2017, 10, 1)) == []
    assert queries.alerts(etienne, in_review, date(2017, 10, 1)) == []


def test_signing_waits_for_those_who_sign(to_sign, cast, chair):
    call_command("due_dates", on="2017-10-01")
    told = {notice.recipient for notice in Notice.objects.filter(kind=Kind.YOUR_TURN)}
    assert told == {cast.luc, chair.user}
    assert Version.objects.count() == 1


def test_who_succeeds_the_pilot_is_told_in_its_place(active, cast):
    OrganisationSuccession.objects.create(
        predecessor=cast.chamber, successor=cast.other_chamber, on=date(2018, 1, 1)
    )  # fmt: skip
    Membership.objects.filter(organisation=cast.chamber).update(ends_on=date(2018, 1, 1))
    call_command("due_dates", on="2018-11-02")
    assert {notice.recipient for notice in Notice.objects.filter(kind=Kind.PROGRAMMING)} == {cast.etienne}
    heir = reader(cast.etienne)
    assert heir.may(Permission.DRAFT_CONVENTION)
    assert Role.PACT_OFFICER in heir.roles


@pytest.fixture
def meeting(active, octave):
    return meetings.prepare(convention=active, by=octave, values={
        "instance": "copil", "starts_at": "2018-03-01T14:00+01:00", "ends_at": "2018-03-01T16:00+01:00",
    })  # fmt: skip
