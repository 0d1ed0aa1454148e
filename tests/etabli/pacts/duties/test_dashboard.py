"""What a convention asks for by a date stands on its dashboard, within the three alerts; the notices say the same."""

from datetime import date, datetime
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from etabli.acts.kinds import ActKind
from etabli.notices import actions as notices
from etabli.notices.kinds import Kind
from etabli.pacts.models import Decision, Meeting, Party, PartyRole, Target
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import LENS, LIEVIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
PLACE = "/pacte/echeances/"
START = timezone.make_aware(datetime(2025, 3, 1, 10))
END = timezone.make_aware(datetime(2025, 3, 1, 12))
PROGRAMMING = "programmation 2026 à présenter avant le"
MID_TERM = "point de mi-parcours à faire en juin"
ENDING = "se termine le 31 décembre 2026"
UNDER_HALF = "1 objectif est à moins de la moitié de la cible 2025"


@pytest.fixture
def pact(cast, time_machine):
    """A framework of three years with one late objective; the chamber leads it, the agglomération funds it."""
    time_machine.move_to(date(2025, 7, 1))
    made = ground.convention(cast.chamber, LENS, LIEVIN, slug="echeances", years=(2024, 2026))
    Party.objects.create(convention=made, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    one = ground.objective(ground.axis(made), title="Labels", kinds=[ActKind.LABEL])
    for year in (2024, 2025, 2026):
        Target.objects.create(objective=one, year=year, value=10, set_by=cast.octave)
    return made


def alerts(client, user, place=PLACE):
    response = as_user(client, user).get(place)
    assert response.status_code == 200
    seen = " ".join(unescape(response.content.decode()).replace("\u00a0", " ").split())
    return seen.partition("<h2>À regarder</h2>")[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("day", "said"),
    [((2025, 11, 3), PROGRAMMING), ((2025, 6, 10), MID_TERM), ((2026, 8, 1), ENDING), ((2025, 9, 10), UNDER_HALF)],
)
def test_a_duty_stands_on_the_dashboard_of_who_does_it_and_in_their_notices(
    client, cast, pact, time_machine, day, said
):
    time_machine.move_to(date(*day))
    seen = alerts(client, cast.octave)
    assert said in seen
    assert "Labels" in seen  # late objectives keep their place
    call_command("due_dates")
    listed = as_user(client, cast.octave).get("/avis/").content.decode().replace("\u00a0", " ")
    assert said in unescape(listed)
    assert said in as_user(client, cast.octave).get(f"{PLACE}convention/").content.decode().replace("\u00a0", " ")
    for other in (cast.basile, cast.luc, cast.diane):
        assert said not in alerts(client, other)
    assert as_user(client, cast.etienne).get(PLACE).status_code == 404


def test_signed_without_payment_stands_on_the_dashboard_until_it_is_paid(client, cast, pact, monkeypatch):
    signature = type("Signed", (), {"signed_on": date(2025, 1, 2)})
    version = type("Text", (), {"signatures": type("All", (), {"all": lambda _self: [signature]})()})
    monkeypatch.setattr("etabli.pacts.duties.rules.versions.signed", lambda _of: [version])
    pact.budget = 100_000
    pact.save()
    assert "aucun versement noté depuis la signature" in alerts(client, cast.octave)
    pact.first_paid_on = date(2025, 3, 1)
    pact.save()
    assert "aucun versement" not in alerts(client, cast.octave)


def test_what_is_switched_off_is_not_on_the_dashboard(client, cast, pact, time_machine):
    time_machine.move_to(date(2025, 6, 10))
    notices.choose(user=cast.octave, wanted={Kind.MID_TERM: (False, True)})
    assert MID_TERM not in alerts(client, cast.octave)


def late_decisions(cast, pact, number):
    meeting = Meeting.objects.create(
        convention=pact, instance="copil", starts_at=START, ends_at=END, state="held", made_by=cast.octave
    )
    for place in range(number):
        Decision.objects.create(meeting=meeting, text=f"Décision {place}", due_on=date(2025, 6, 1), number=place + 1)


def test_three_alerts_and_the_others_with_where_they_are(client, cast, pact):
    late_decisions(cast, pact, 4)
    seen = alerts(client, cast.octave)
    assert seen.count('class="go"') == 3
    assert seen.count("Décision") >= 3
    assert "2 autres points à regarder" in seen
    assert f'<a href="{PLACE}convention/">les échéances de la convention</a>' in seen


def test_the_screen_of_the_committee_keeps_to_the_objectives(client, cast, pact, time_machine):
    time_machine.move_to(date(2025, 6, 10))
    seen = as_user(client, cast.octave).get(f"{PLACE}copil/?vue=9").content.decode().replace("\u00a0", " ")
    assert "Labels" in seen
    assert MID_TERM not in seen


def test_a_pact_without_objective_tells_its_duties_too(client, cast, pact, time_machine):
    time_machine.move_to(date(2025, 6, 10))
    pact.axes.get().objectives.all().update(withdrawn_at=timezone.now())
    assert MID_TERM in alerts(client, cast.octave)


def test_as_many_queries_with_one_late_decision_as_with_fifty(client, cast, pact):
    def told():
        with CaptureQueriesContext(connection) as queries:
            alerts(client, cast.octave)
        return len(queries)

    late_decisions(cast, pact, 1)
    told()
    few = told()
    late_decisions(cast, pact, 49)
    assert told() == few
