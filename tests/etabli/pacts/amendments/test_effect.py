"""An amendment signed before its day changes nothing until that day, and everything on it."""

from datetime import date

import pytest
from django.core.management import call_command
from django.utils import timezone

from etabli.audit.models import Event
from etabli.pacts import access
from etabli.pacts.amendments import actions
from etabli.pacts.changes import effect
from etabli.pacts.documents import versions
from etabli.pacts.duties.queries import alerts
from etabli.pacts.models import Amendment, Convention, Subject, Target
from etabli.pacts.objectives.years import targets
from etabli.pacts.workflow import AmendmentState
from tests.etabli.cast import as_user
from tests.etabli.pacts.conftest import parties, party, sign_all

pytestmark = pytest.mark.django_db
PARTNER, STRANGER = "246200364", "000000208"
AUTUMN, NEW_YEAR = date(2019, 10, 1), date(2020, 1, 1)


@pytest.fixture
def draft(draft: Convention, octave) -> Convention:
    """The usual draft, with an objective and its target."""
    made = draft.axes.get(number=1).objectives.create(number=1, title="Entreprises aidées", unit="entreprises")
    Target.objects.create(objective=made, year=2020, value=120, set_by=octave.user)
    return draft


@pytest.fixture
def active(time_machine, to_sign: Convention, octave) -> Convention:
    made = sign_all(to_sign, octave)
    time_machine.move_to(AUTUMN)
    return made


def signed(active: Convention, octave, on: date = NEW_YEAR, **values: object) -> Amendment:
    """Signed by everybody, in the autumn."""
    told = {Subject[name]: value for name, value in values.items()}
    made = actions.open_amendment(convention=active, by=octave, subjects=list(told), reason="Suite", effective_on=on)
    actions.write(amendment=made, by=octave, values=told)
    actions.move(amendment=made, by=octave, to=AmendmentState.TO_SIGN)
    sign_all(active, octave)
    made.refresh_from_db()
    return made


def test_nothing_changes_before_the_day_and_everything_on_it(active, octave):
    kept = [code for code in active.perimeter.communes if code != "62498"]
    made = signed(active, octave, BUDGET=15_000_000, PERIMETER={"kept": kept}, DATES=(active.starts_on, NEW_YEAR))
    assert made.state == AmendmentState.SIGNED
    assert (active.budget, len(active.perimeter.communes)) == (14_000_000, 36)
    assert effect.apply_all(on=date(2019, 12, 31)) == 0
    call_command("due_dates", on="2020-01-01")
    active.refresh_from_db()
    made.refresh_from_db()
    assert made.state == AmendmentState.IN_FORCE
    assert Event.objects.get(verb="amendment.in_force").organisation_id == octave.organisation.pk
    assert (active.budget, len(active.perimeter.communes), active.ends_on) == (15_000_000, 35, NEW_YEAR)
    assert effect.apply_all(on=NEW_YEAR) == 0, "once"
    read = [versions.in_force_on(active, day).number for day in (date(2019, 12, 31), NEW_YEAR)]
    assert read == [1, 2]


def test_an_end_postponed_in_time_never_expires(active, octave, time_machine):
    signed(active, octave, on=active.ends_on, DATES=(active.starts_on, date(2022, 12, 31)))
    time_machine.move_to(date(2020, 12, 1))
    call_command("due_dates")  # no round was made on the day itself
    active.refresh_from_db()
    assert (active.state, active.ends_on) == ("active", date(2022, 12, 31))


def test_who_signed_sees_the_convention_and_is_no_party_before_the_day(active, octave, etienne, cast):
    rows = parties(party(PARTNER, "funder", "Luc Bernard"), party(STRANGER, "partner", "Étienne Faure"))
    signed(active, octave, PARTIES=rows)
    assert access.visible(etienne).filter(pk=active.pk).exists()
    assert [one.organisation.siren for one in access.parties_of(active)] == ["000000109", PARTNER]
    effect.apply_all(on=NEW_YEAR)
    assert cast.other_chamber in [one.organisation for one in access.parties_of(active)]


def test_the_next_amendment_starts_from_the_signed_one_and_both_apply_in_their_order(active, octave):
    signed(active, octave, BUDGET=15_000_000)
    second = signed(active, octave, on=date(2020, 2, 1), CLAUSE="Clause nouvelle.")
    assert second.base.content["convention"]["budget"] == 15_000_000
    assert (active.budget, active.clauses) == (14_000_000, "")
    assert effect.apply_all(on=date(2020, 3, 1)) == 2
    active.refresh_from_db()
    assert (active.budget, active.clauses) == (15_000_000, "Clause nouvelle.")


def test_without_a_round_the_pilot_is_told_and_the_next_writing_applies_it_first(active, octave, basile, time_machine):
    signed(active, octave, BUDGET=15_000_000)
    assert not [one for one in alerts(octave, active, AUTUMN) if "pas encore" in one.subject]
    time_machine.move_to(NEW_YEAR)
    assert not [one for one in alerts(octave, active, NEW_YEAR) if "pas encore" in one.subject], (
        "the round is due today"
    )
    time_machine.move_to(date(2020, 3, 1))
    [told] = [one for one in alerts(octave, active, date(2020, 3, 1)) if "pas encore appliqué" in one.subject]
    assert "depuis le 1er\u00a0janvier 2020" in told.text
    assert not [one for one in alerts(basile, active, date(2020, 3, 1)) if "pas encore" in one.subject]
    actions.open_amendment(
        convention=active, by=octave, subjects=[Subject.CLAUSE], reason="Autre", effective_on=date(2020, 4, 1)
    )
    active.refresh_from_db()
    assert (active.budget, active.amendments.get(number=1).state) == (15_000_000, AmendmentState.IN_FORCE)
    assert not [one for one in alerts(octave, active, date(2020, 3, 1)) if "pas encore" in one.subject]


def test_a_round_made_late_does_not_lower_a_target_late(active, octave, time_machine):
    made = active.axes.get(number=1).objectives.get()
    signed(active, octave, TARGETS={(made.pk, "2020"): "90"})
    time_machine.move_to(date(2020, 3, 1))
    effect.apply_all(on=date(2020, 3, 1))
    last = made.targets.order_by("-pk")[0]
    assert (last.value, timezone.localdate(last.set_at)) == (90, NEW_YEAR)
    assert targets(made.targets.all())[2020].mark == ""


def test_a_convention_that_was_terminated_meanwhile_is_left_as_it_was(active, octave):
    signed(active, octave, BUDGET=15_000_000)
    Convention.objects.update(state="terminated")
    assert effect.apply_all(on=NEW_YEAR) == 0


def test_who_left_by_a_first_amendment_keeps_its_day_after_a_second_one(active, octave):
    rows = parties(party(STRANGER, "funder", "Étienne Faure"))
    signed(active, octave, on=date(2019, 7, 1), PARTIES=rows)
    signed(active, octave, on=date(2019, 9, 1), BUDGET=15_000_000)
    assert active.parties.get(organisation__siren=PARTNER).left_on == date(2019, 7, 1)


def test_the_pages_say_that_it_waits_for_its_day(active, octave, cast, client):
    signed(active, octave, BUDGET=15_000_000)
    as_user(client, cast.octave)
    said = client.get(f"/pacte/{active.slug}/avenants/1/").content.decode()
    assert "Toutes les parties l’ont signé" in said
    assert "Abandonner" not in said
    version = client.get(f"/pacte/{active.slug}/convention/versions/2/").content.decode()
    assert "signée, applicable à compter du 1<sup>er</sup>" in version
    page = client.get(f"/pacte/{active.slug}/convention/signer/").content.decode()
    assert "elle s’appliquera le 1<sup>er</sup>" in page
