"""A year that has not begun, or a pact that has not, opens everywhere: targets are shown, and no figure."""

from datetime import date

import pytest

from etabli.acts.kinds import ActKind
from etabli.pacts.models import Aggregation, Measure, Nature, Party, PartyRole, Target
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import LENS, LIEVIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
YEAR = 2026  # of the pact that runs; the other one begins with it
KINDS = (
    {"measure": Measure.BENEFICIARIES, "kinds": [ActKind.VISIT], "disaggregations": ["commune"]},
    {"measure": Measure.ACTS, "nature": Nature.STOCK, "aggregation": Aggregation.LAST},
    {"measure": Measure.EVIDENCE},
    {"measure": Measure.INDICATOR, "indicator": "stock"},
    {"measure": Measure.ACTS, "denominator_measure": Measure.ACTS, "aggregation": Aggregation.RATIO},
)


@pytest.fixture(autouse=True)
def june(time_machine):
    time_machine.move_to(date(2025, 7, 1))


@pytest.fixture
def pacts(cast):
    """Two pacts of the same objectives; acts were noted in the one that runs."""
    made = []
    for slug, span in (("en-cours", (2024, 2026)), ("a-venir", (YEAR, 2027))):
        pact = ground.convention(cast.chamber, LENS, LIEVIN, slug=slug, years=span)
        Party.objects.create(convention=pact, organisation=cast.agglomeration, role=PartyRole.FUNDER)
        axis = ground.axis(pact)
        for fields in KINDS:
            one = ground.objective(axis, title=f"Objectif {fields['measure']}", **fields)
            Target.objects.create(objective=one, year=YEAR, value=10, set_by=cast.octave)
        made.append(pact)
    ground.act(cast.chamber, "2025-03-10", ground.firm())
    return made


def addresses(running, coming):
    """Every page of a pact that shows figures, for the year to come."""
    yield from (f"/pacte/en-cours/{page}?annee={YEAR}" for page in ("", "copil/"))
    yield f"/pacte/en-cours/bilan/{YEAR}/"
    yield from (f"/pacte/a-venir/{page}" for page in ("", "objectifs/", "annees/", "copil/", f"bilan/{YEAR}/"))
    yield from ("/pacte/", "/pacte/comparaison/", "/avis/")
    for pact, asked in ((running, f"?annee={YEAR}"), (coming, ""), (coming, f"?annee={YEAR}")):
        for one in pact.axes.get().objectives.all():
            yield f"/pacte/{pact.slug}/objectifs/{one.pk}/{asked}"
            yield f"/pacte/{pact.slug}/objectifs/{one.pk}/lignes.csv{asked}"


def test_every_page_opens_before_its_year(client, cast, pacts):
    for user in (cast.octave, cast.basile):
        as_user(client, user)
        refused = [address for address in addresses(*pacts) if client.get(address).status_code != 200]
        assert refused == []


def test_the_dashboard_says_when_the_year_begins(client, cast, pacts):
    page = as_user(client, cast.octave).get(f"/pacte/en-cours/?annee={YEAR}").content.decode()
    assert "la période commence le 1<sup>er</sup>\u00a0janvier 2026</h1>" in page
    assert "pas encore commencé, 10 visés" in page
    assert "chiffre inconnu" not in page
    assert "par entreprise" not in page


def test_the_other_years_of_an_objective_keep_their_figures(client, cast, pacts):
    one = pacts[0].axes.get().objectives.get(measure=Measure.BENEFICIARIES)
    as_user(client, cast.octave)
    shown = client.get(f"/pacte/en-cours/objectifs/{one.pk}/?annee={YEAR}").context["years"]
    assert [row.figure for row in shown] == ["0", "1", "—"]
