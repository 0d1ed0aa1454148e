"""Who leaves hands over the objectives and the mission of pacts that run; what is over or signed keeps their name."""

from datetime import date

import pytest
from django.utils import timezone

from etabli.accounts.actions import roles
from etabli.audit.models import Event
from etabli.pacts.attributions import actions as missions
from etabli.pacts.models import Convention, MissionLetter
from etabli.pacts.workflow import State
from tests.etabli.pacts.conftest import reader
from tests.etabli.pacts.ground import objective

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


@pytest.fixture
def pact(two_parties: Convention) -> Convention:
    """It runs this year and the next one."""
    two_parties.starts_on, two_parties.ends_on = date(YEAR - 1, 1, 1), date(YEAR + 1, 12, 31)
    two_parties.save()
    return two_parties


def held_by(pact, user, title="Boutiques en ligne"):
    made = objective(pact.axes.get(number=1), title=title)
    made.responsible = user
    made.save()
    return made


def letter(pact, user, year=YEAR, *, signed=False):
    made = missions.draw_up_mission(
        by=user, developer=user, convention=pact, year=year, shares={pact.axes.get(number=1): 60}
    )
    return missions.sign_mission(by=user, letter=made, on=date(year, 1, 5)) if signed else made


def hand_over(cast):
    return roles.hand_over(of=cast.diane, to=cast.alice, organisation=cast.chamber, by=reader(cast.adele))


def test_objectives_answered_for_go_to_the_colleague(pact, cast):
    mine, other = held_by(pact, cast.diane), held_by(pact, cast.octave, "Formés")
    assert hand_over(cast) == 2  # the role and the objective
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.responsible, other.responsible) == (cast.alice, cast.octave)
    assert Event.objects.get(verb="objective.handed_over").changes["responsible"] == [cast.diane.pk, cast.alice.pk]
    assert Event.objects.get(verb="handed_over").changes["things"] == [1, 0]


def test_objectives_of_a_pact_that_another_organisation_pilots_keep_their_name(pact, cast):
    mine = held_by(pact, cast.diane)
    pact.parties.filter(organisation=cast.chamber).update(role="partner")
    assert hand_over(cast) == 1
    mine.refresh_from_db()
    assert mine.responsible == cast.diane


@pytest.mark.parametrize("state", [State.CLOSED, State.TERMINATED, State.ABANDONED])
def test_what_is_over_keeps_its_name(pact, cast, state):
    mine = held_by(pact, cast.diane)
    letter(pact, cast.diane)
    Convention.objects.filter(pk=pact.pk).update(state=state)
    assert hand_over(cast) == 1
    mine.refresh_from_db()
    assert mine.responsible == cast.diane


def test_a_mission_that_is_not_signed_changes_hands_and_last_year_s_does_not(pact, cast):
    last, this = letter(pact, cast.diane, YEAR - 1), letter(pact, cast.diane)
    assert hand_over(cast) == 2
    last.refresh_from_db()
    this.refresh_from_db()
    assert (last.developer, this.developer) == (cast.diane, cast.alice)


def test_a_signed_mission_stays_signed_and_is_drawn_up_for_the_colleague_to_sign(pact, cast):
    signed = letter(pact, cast.diane, signed=True)
    assert hand_over(cast) == 2
    signed.refresh_from_db()
    assert (signed.developer, signed.signed_on) == (cast.diane, date(YEAR, 1, 5))
    made = MissionLetter.objects.get(developer=cast.alice)
    assert (made.year, made.signed_on) == (YEAR, None)
    assert [(share.axis.number, share.percent) for share in made.shares.all()] == [(1, 60)]


def test_the_letter_that_the_colleague_already_has_stands(pact, cast):
    mine, theirs = letter(pact, cast.diane), letter(pact, cast.alice, signed=True)
    assert hand_over(cast) == 1
    mine.refresh_from_db()
    assert mine.developer == cast.diane
    assert MissionLetter.objects.get(developer=cast.alice) == theirs
