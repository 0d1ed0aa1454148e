"""Who left a pact reads no year that began after its last day, whatever page asks for it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from etabli.acts.kinds import ActKind
from etabli.pacts.models import Party, PartyRole, Subject, Target
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import parties, party, sign_all
from tests.etabli.pacts.ground import LENS
from tests.etabli.pacts.test_left import amended, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
LAST = date(2025, 6, 30)


@pytest.fixture
def helped(cast, time_machine):
    """An objective of a pact whose partner left in June 2025; seven firms helped in 2026, when today is."""
    time_machine.move_to(datetime(2026, 9, 2, 10, tzinfo=UTC))
    pact = ground.convention(cast.chamber, LENS, slug="lens", years=(2024, 2026))
    Party.objects.create(convention=pact, organisation=cast.agglomeration, role=PartyRole.FUNDER, left_on=LAST)
    one = ground.objective(ground.axis(pact), kinds=[ActKind.VISIT])
    for _ in range(7):
        ground.act(cast.chamber, "2026-03-10", ground.firm())
    return one


@pytest.mark.parametrize(
    "address",
    ["/pacte/lens/", "/pacte/lens/copil/", "/pacte/lens/objectifs/{}/", "/pacte/lens/objectifs/{}/lignes.csv"],
)
def test_a_year_that_began_after_the_last_day_is_not_read(client, cast, helped, address):
    here = address.format(helped.pk)
    for year in (2024, 2025):
        seen(client, cast.basile, f"{here}?annee={year}")
    seen(client, cast.octave, f"{here}?annee=2026")
    seen(client, cast.basile, f"{here}?annee=2026", status=404)


@pytest.mark.parametrize(
    ("address", "year"),
    [("/pacte/lens/", "annee={}"), ("/pacte/lens/objectifs/{}/", "annee={}"), ("/pacte/lens/annees/", ">{}</th>")],
)
def test_no_page_names_a_year_that_began_after_the_last_day(client, cast, helped, address, year):
    partner, pilot = (seen(client, user, address.format(helped.pk)) for user in (cast.basile, cast.octave))
    present, later = year.format(2025), year.format(2026)
    assert (present in partner, later in partner, later in pilot) == (True, False, True)


def test_targets_of_later_do_not_judge_the_pacts_side_by_side(client, cast, helped):
    """The target of its last day was within reach; the one set since is not."""
    ground.act(cast.chamber, "2025-03-10", ground.firm())
    kept = []

    def main(user):
        return seen(client, user, "/pacte/comparaison/").partition("<main")[2].partition("</main>")[0]

    for day, value in ((10, 1), (250, 500)):
        Target.objects.create(
            objective=helped, year=2025, value=value, set_by=cast.octave,
            set_at=datetime(2025, 1, 1, tzinfo=UTC) + timedelta(day),
        )  # fmt: skip
        kept.append([main(user) for user in (cast.basile, cast.octave)])
    (partner, pilot), (partner_later, pilot_later) = kept
    assert (partner_later == partner, pilot_later == pilot) == (True, False)


def test_a_pact_that_starts_later_by_an_amendment_tells_nothing_of_its_new_years(
    client, cast, to_sign, octave, time_machine
):
    """The amendment that moves the start takes the partner out: what is counted began after its last day."""
    active = sign_all(to_sign, octave)
    one = ground.objective(active.axes.get(number=1), kinds=[ActKind.VISIT], title="Visites")
    time_machine.move_to(date(2020, 1, 2))
    amended(active, octave, {
        Subject.DATES: (date(2020, 3, 1), date(2021, 12, 31)),
        Subject.PARTIES: parties(party("000000208", "partner", "Étienne Faure")),
    })  # fmt: skip
    sign_all(active, octave)
    time_machine.move_to(date(2021, 2, 1))
    for _ in range(7):
        ground.act(cast.chamber, "2020-06-10", ground.firm())
    here = f"/pacte/{active.slug}"
    seen(client, cast.basile, f"{here}/objectifs/{one.pk}/", status=404)
    for address in (f"{here}/", f"{here}/copil/", "/pacte/comparaison/"):
        assert "7 actes" not in seen(client, cast.basile, address)
    assert "7 actes" in seen(client, cast.octave, f"{here}/")
    assert as_user(client, cast.basile).get(f"{here}/annees/").status_code == 200
