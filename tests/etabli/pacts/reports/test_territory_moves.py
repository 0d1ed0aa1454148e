"""A commune merged, an intercommunality changed, a party succeeded in the middle of a pact: what was signed stays."""

from datetime import date

import pytest

from etabli.accounts.models import OrganisationKind, OrganisationSuccession
from etabli.accounts.policies import Denied
from etabli.accounts.roles import Role
from etabli.acts.kinds import ActKind
from etabli.acts.models import Act
from etabli.pacts.conventions import actions as conventions
from etabli.pacts.models import Party, PartyRole
from etabli.pacts.reports import actions
from etabli.pacts.reports.contents import content_of
from etabli.pacts.reports.differences import differences
from etabli.pacts.reports.seal import broken
from etabli.pacts.workflow import State
from maillage.reference.places import links, tables
from maillage.reference.places.tables import Former
from maillage.territory import commune_name, parse
from tests.etabli.cast import as_user, organisation, person
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import LENS_LIEVIN, reader
from tests.etabli.pacts.ground import ARRAS, AVION, LENS, LIEVIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
CACHED = (links._former_codes, links._epci_by_commune, links.leaf_codes, links.communes_by_departement)
PLACES = (LENS, LENS, LENS, LIEVIN, LIEVIN, LIEVIN, AVION, AVION, AVION, AVION)


@pytest.fixture
def pact(octave, cast, time_machine):
    """The 36 communes of today, signed for three years; ten firms visited in 2024, as many in 2025."""
    time_machine.move_to(date(2024, 1, 2))
    made = conventions.create(
        by=octave, title="Lens-Liévin", territory=parse(LENS_LIEVIN), starts_on=date(2024, 1, 1),
        ends_on=date(2026, 12, 31), budget=None,
    )  # fmt: skip
    Party.objects.create(convention=made, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    ground.objective(ground.axis(made), title="Entreprises visitées", kinds=[ActKind.VISIT])
    made.state = State.ACTIVE
    made.save()
    for year in (2024, 2025):
        for place in PLACES:
            ground.act(cast.chamber, date(year, 3, 10), ground.firm(), commune=place)
    return made


def freeze(pact, by, year, time_machine):
    time_machine.move_to(date(year + 1, 1, 20))
    return actions.freeze(convention=pact, year=year, cut_off=date(year, 12, 31), by=by)


def told(report):
    """All that both versions print of a report, its seal, and what would be another figure today."""
    return [content_of(report, public=public) for public in (True, False)], broken(report), differences(report)


@pytest.fixture
def tables_of(monkeypatch):
    """The official tables of another day: `tables_of(former=…)`."""

    def change(**changed):
        for name, value in changed.items():
            monkeypatch.setattr(tables, name, lambda value=value: value)
        if "former" in changed:
            monkeypatch.setattr("etabli.registry.queries.former", tables.former)
        for cached in CACHED:
            cached.cache_clear()

    yield change
    monkeypatch.undo()
    for cached in CACHED:
        cached.cache_clear()


def merge(tables_of, into):
    """Liévin is a part of another commune, as the tables of the next year say it."""
    left = {code: one for code, one in tables.communes().items() if code != LIEVIN}
    members = {
        code: one._replace(communes=tuple(member for member in one.communes if member != LIEVIN))
        for code, one in tables.epcis().items()
    }
    merged = (*tables.former(), Former(LIEVIN, "Liévin", "deleguee", into))
    tables_of(communes=left, epcis=members, former=merged)
    assert links.current_commune(LIEVIN) == into


def test_a_merger_changes_neither_the_frozen_year_nor_the_signed_list(pact, octave, cast, tables_of, time_machine):
    before = freeze(pact, octave, 2024, time_machine)
    said, signed = told(before), (list(pact.perimeter.communes), pact.perimeter.sha256)
    merge(tables_of, LENS)
    assert told(before) == said
    assert said[2] == []
    pact.refresh_from_db()
    assert (pact.perimeter.communes, pact.perimeter.sha256) == signed
    for _ in range(3):
        ground.act(cast.chamber, date(2025, 9, 1), ground.firm(), commune=links.current_commune(LIEVIN))
    after = freeze(pact, octave, 2025, time_machine)
    assert after.figures.get().value == sum(act.day.year == 2025 for act in Act.objects.all()) == 13
    assert {name: value for _, name, value, _ in after.figures.get().parts} == {"Avion": 4, "Lens": 6, "Liévin": 3}
    assert after.head["perimeter"]["communes"] == before.head["perimeter"]["communes"]
    assert told(before) == said


def test_a_merger_with_a_commune_outside_waits_for_a_decision_that_the_dashboard_asks(
    pact, octave, cast, client, tables_of, time_machine
):
    before = freeze(pact, octave, 2024, time_machine)
    said = told(before)
    merge(tables_of, ARRAS)
    ground.act(cast.chamber, date(2025, 9, 1), ground.firm(), commune=ARRAS)
    after = freeze(pact, octave, 2025, time_machine)
    assert after.figures.get().value == 10  # what was noted in Liévin stays; what is noted in Arras waits
    assert told(before) == said
    page = as_user(client, cast.octave).get(f"/pacte/{pact.slug}/").content.decode()
    assert "Arras (62041) réunit aujourd’hui Liévin (62510) (dans le périmètre signé)" in page


def test_a_commune_that_changes_intercommunality_stays_in_the_pact(pact, octave, cast, tables_of, time_machine):
    before = freeze(pact, octave, 2024, time_machine)
    said = told(before)
    home, other = "246200364", next(code for code in tables.epcis() if code != "246200364")
    moved = dict(tables.epcis())
    moved[home] = moved[home]._replace(communes=tuple(one for one in moved[home].communes if one != AVION))
    moved[other] = moved[other]._replace(communes=(*moved[other].communes, AVION))
    tables_of(epcis=moved)
    assert links.epci_of(AVION) == other
    assert told(before) == said
    after = freeze(pact, octave, 2025, time_machine)
    assert after.figures.get().value == 10
    assert [AVION, commune_name(AVION)] in after.head["perimeter"]["communes"]
    assert len(after.head["perimeter"]["communes"]) == 36


def test_who_succeeds_a_party_acts_and_validates_for_it_and_past_years_keep_its_name(pact, octave, cast, time_machine):
    before = freeze(pact, octave, 2024, time_machine)
    said = told(before)
    heir = organisation(OrganisationKind.EPCI, "Communauté urbaine de l’Artois", "CUA", "000000307", "epci:246200364")
    OrganisationSuccession.objects.create(predecessor=cast.agglomeration, successor=heir, on=date(2025, 6, 1))
    ground.act(heir, date(2025, 9, 1), ground.firm())
    assert told(before) == said
    after = freeze(pact, octave, 2025, time_machine)
    assert after.figures.get().value == 11
    actions.draft(report=after, by=octave)
    actions.submit(report=after, by=octave)
    actions.agree(report=after, by=octave)
    with pytest.raises(Denied, match="ne peut pas devenir"):
        actions.publish(report=after, by=octave)
    actions.agree(report=after, by=reader(person("Irène Sauvage", heir, Role.ELECTED)))
    actions.publish(report=after, by=octave)
    names = [one["name"] for one in before.head["parties"]]
    assert "Communauté d’agglomération de Lens-Liévin" in names
    assert told(before) == said
