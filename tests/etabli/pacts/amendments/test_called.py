"""Who an amendment calls is no party before it applies, whatever day it is and whatever becomes of the dates."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from etabli.accounts.policies import Denied
from etabli.accounts.roles import Role
from etabli.pacts import access
from etabli.pacts.amendments import actions
from etabli.pacts.attributions import queries as attributions
from etabli.pacts.documents import versions
from etabli.pacts.meetings.policies import check_can_manage
from etabli.pacts.models import Convention, Subject
from etabli.pacts.objectives.standing import standings_of
from etabli.pacts.workflow import AmendmentState
from tests.etabli.cast import as_user, person
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import parties, party, sign_all

pytestmark = pytest.mark.django_db
STRANGER, PARTNER = "000000208", "246200364"
THREE = parties(party(PARTNER, "funder", "Luc Bernard"), party(STRANGER, "partner", "Étienne Faure"))


def put_to_sign(active, octave, on, values):
    """An amendment that applies on a day."""
    made = actions.open_amendment(convention=active, by=octave, subjects=list(values), reason="Suite", effective_on=on)
    actions.write(amendment=made, by=octave, values=values)
    return actions.move(amendment=made, by=octave, to=AmendmentState.TO_SIGN)


@pytest.fixture
def calling(to_sign, octave, cast, time_machine):
    """The other chamber is called, has signed, and the amendment is still to be signed by the others."""
    active = sign_all(to_sign, octave)
    time_machine.move_to(date(2019, 10, 1))
    amendment = put_to_sign(active, octave, date(2019, 10, 1), {Subject.PARTIES: THREE})
    version = versions.last(active)
    signer = person("Sara Élue", cast.other_chamber, Role.ELECTED)
    version.signatures.create(
        party=active.parties.get(organisation=cast.other_chamber), organisation=cast.other_chamber,
        method="electronic", signed_on=timezone.localdate(), recorded_by=signer, name="Sara",
        version_sha256=version.sha256, seal="x",
    )  # fmt: skip
    return amendment


@pytest.fixture
def early(time_machine):
    """A month before the convention begins."""
    time_machine.move_to(date(2017, 10, 10))


def test_who_has_not_signed_acts_as_no_party_even_before_the_convention_begins(early, to_sign, octave, etienne):
    active = sign_all(to_sign, octave)
    put_to_sign(active, octave, date(2017, 12, 1), {Subject.PARTIES: THREE})
    assert access.visible(etienne).exists(), "to read what there is to sign"
    assert access.acting_parties(etienne, active) == []
    with pytest.raises(Denied, match="n’est pas partie"):
        check_can_manage(etienne, active)


@pytest.mark.parametrize("start", [date(2017, 1, 1), date(2018, 1, 1)])
def test_who_was_called_in_vain_stays_no_party_when_the_start_moves(calling, octave, etienne, cast, start):
    """Its signature is kept, so its row is: it never was a party, whenever the convention begins."""
    active = calling.convention
    actions.move(amendment=calling, by=octave, to=AmendmentState.ABANDONED)
    put_to_sign(active, octave, date(2019, 10, 1), {Subject.DATES: (start, active.ends_on)})
    active = sign_all(active, octave)
    assert active.starts_on == start
    assert not access.visible(etienne).exists()
    assert access.left_on(etienne, active) is None
    assert [one.organisation for one in access.parties_of(active)] == [cast.chamber, cast.agglomeration]
    assert cast.other_chamber.pk not in standings_of([active])[active.pk].organisations


def test_who_is_called_is_offered_no_axis_and_has_no_act_in_the_pact(calling, cast, client):
    active, called = calling.convention, {cast.other_chamber.pk}
    assert attributions.open_axes(called, date(2019, 10, 1)) == attributions.axes_of(called) == []
    ground.act(cast.other_chamber, "2019-03-04", ground.firm(), commune=ground.LENS)
    screen = as_user(client, cast.etienne).get(f"/atelier/actes/?pacte={active.slug}").context["screen"]
    assert (len(screen.lines), screen.totals[0].value) == (0, 0)
    assert len(client.get("/atelier/actes/").context["screen"].lines) == 1


def test_who_is_called_has_no_last_day(calling):
    with pytest.raises(IntegrityError), transaction.atomic():
        calling.convention.parties.filter(called=True).update(left_on=date(2019, 10, 1))


@pytest.mark.django_db(transaction=True)
def test_who_was_called_before_an_upgrade_is_called_after_it_and_who_left_has_left(calling, octave, cast):
    """The day before the start stood for « never »; here the start was moved since, before and after it."""
    active = calling.convention
    active.parties.filter(organisation=cast.agglomeration).update(left_on=date(2018, 3, 1))
    try:
        MigrationExecutor(connection).migrate([("pacts", "0019_renewals_of_the_journal")])
        for start in (date(2017, 1, 1), date(2019, 1, 1)):
            Convention.objects.update(starts_on=start)
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    rows = {one.organisation: (one.called, one.left_on) for one in active.parties.select_related("organisation")}
    assert rows[cast.other_chamber] == (True, None)
    assert rows[cast.agglomeration] == (False, date(2018, 3, 1))
    assert rows[cast.chamber] == (False, None)
