"""Who leaves a framework is told to the pilot of its yearly conventions, with the amendment ready to open."""

from datetime import date

import pytest

from etabli.pacts.amendments import actions
from etabli.pacts.conventions import moves, preparing
from etabli.pacts.duties.queries import alerts
from etabli.pacts.models import Convention, Subject
from etabli.pacts.workflow import AmendmentState, State
from tests.etabli.cast import as_user
from tests.etabli.pacts.amendments.test_effect import AUTUMN, NEW_YEAR, PARTNER, STRANGER, signed
from tests.etabli.pacts.conftest import parties, party, sign_all

pytestmark = pytest.mark.django_db
MIDDLE = date(2019, 7, 1)


@pytest.fixture
def active(time_machine, to_sign: Convention, octave) -> Convention:
    made = sign_all(to_sign, octave)
    time_machine.move_to(AUTUMN)
    return made


@pytest.fixture
def year(active, octave) -> Convention:
    """The convention of 2019, signed by both."""
    made = preparing.prepare_year(convention=active, by=octave, year=2019)
    for one in made.parties.all():
        one.deliberation_number, one.deliberation_on = "2018-1", date(2018, 12, 1)
        one.save()
    for state in ("in_review", "to_deliberate", "to_sign"):
        made = moves.move(convention=made, to=State(state), by=octave)
    return sign_all(made, octave)


def told(reader, convention: Convention) -> list:
    return [one for one in alerts(reader, convention, AUTUMN) if "la convention cadre" in one.subject]


def test_one_click_opens_the_amendment_that_takes_out_who_left(active, year, octave, basile, client, cast):
    assert told(octave, year) == []
    signed(active, octave, on=MIDDLE, PARTIES=parties(party(STRANGER, "funder", "Étienne Faure")))
    (alert,) = told(octave, year)
    assert f"{cast.agglomeration.short_name} a quitté" in alert.subject
    assert "jusqu’au 1er\u00a0juillet 2019" in alert.text
    assert told(basile, year) == told(octave, active) == []
    as_user(client, cast.octave)
    page = client.get(alert.address)
    assert "retire déjà" in page.content.decode()
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert sent["effective_on"] == MIDDLE
    where = client.post(alert.address.partition("?")[0], sent)["Location"]
    row = year.amendments.get()
    assert where == f"/pacte/{year.slug}/avenants/1/"
    assert [one["siren"] for one in row.proposed["parties"]] == ["000000109"]
    assert told(octave, year) == [], "its amendment is there"
    actions.move(amendment=row, by=octave, to=AmendmentState.TO_SIGN)
    sign_all(year, octave)
    assert year.parties.get(organisation=cast.agglomeration).left_on == MIDDLE


def test_who_leaves_after_the_end_of_the_year_leaves_it_nothing_to_do(active, year, octave):
    signed(active, octave, on=NEW_YEAR, PARTIES=parties(party(STRANGER, "funder", "Étienne Faure")))
    assert told(octave, year) == []


def test_a_departure_signed_to_come_is_told_and_so_is_a_year_that_is_not_signed(active, octave):
    draft = preparing.prepare_year(convention=active, by=octave, year=2020)
    signed(active, octave, on=date(2020, 3, 1), PARTIES=parties(party(STRANGER, "funder", "Étienne Faure")))
    (alert,) = told(octave, draft)
    assert " quitte la convention cadre" in alert.subject
    assert alert.text.endswith("Retirez-la du projet avant la signature.")
    draft.parties.get(organisation__siren=PARTNER).delete()
    assert told(octave, draft) == []


def test_an_amendment_in_preparation_that_keeps_it_is_where_to_go(active, year, octave):
    signed(active, octave, on=MIDDLE, PARTIES=parties(party(STRANGER, "funder", "Étienne Faure")))
    actions.open_amendment(
        convention=year, by=octave, subjects=[Subject.CLAUSE], reason="Autre", effective_on=date(2019, 11, 1)
    )
    (alert,) = told(octave, year)
    assert alert.address == f"/pacte/{year.slug}/avenants/"


def test_an_address_made_up_takes_nobody_out(active, year, client, cast):
    page = as_user(client, cast.octave).get(f"/pacte/{year.slug}/avenants/nouveau/?depart={PARTNER}")
    assert page.context["form"].initial == {}
