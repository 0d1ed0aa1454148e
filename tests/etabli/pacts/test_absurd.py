"""Days, months and words that no page of ours sends, on both databases: refused or told, never an error."""

import pytest

from etabli.accounts.roles import Role
from etabli.acts.kinds import ActKind
from tests.etabli.cast import as_user, person
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import LENS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
DAYS = ("0001-01-01", "9999-12-31")
PARTS = ("month:0000-01", "month:99999-01", "month:x", "month:", "month:2025-99", "commune:a\x00b", "axis:1", "pacte:x")
LISTS = ("/journal/", "/journal.csv", "/atelier/actes/", "/atelier/actes.csv")
WORDS = ("/atelier/beneficiaires/?q=", "/atelier/carnet/entreprises/?firm=")


@pytest.fixture
def everybody(client, cast):
    """The client of somebody who opens everything, and a figure."""
    made = ground.convention(cast.chamber, LENS, slug="lens", years=(2024, 2026))
    one = ground.objective(ground.axis(made), kinds=[ActKind.VISIT])
    ground.act(cast.chamber, "2025-03-10", ground.firm())
    roles = (Role.DPO, Role.ADMINISTRATOR, Role.ADVISER, Role.PACT_OFFICER)
    return as_user(client, person("Dan Roy", cast.chamber, *roles)), one


def test_a_day_that_is_in_no_calendar_of_ours_is_told(everybody):
    client, _ = everybody
    for address in LISTS:
        for day in DAYS:
            for asked in ({"au": day}, {"du": day}, {"du": day, "pacte": "lens", "commun": "entreprises"}):
                answer = client.get(address, asked | {"quoi": "lectures"})
                assert answer.status_code == 200, (address, asked)
                if not address.endswith("csv"):
                    assert "Cette année n’est pas plausible" in answer.content.decode(), (address, asked)


def test_a_part_that_no_figure_has_is_not_found(everybody):
    client, one = everybody
    for part in PARTS:
        for place in ("", "lignes.csv"):
            answer = client.get(f"/pacte/lens/objectifs/{one.pk}/{place}", {"partie": part})
            assert answer.status_code == 404, part
    opened = client.get(f"/pacte/lens/objectifs/{one.pk}/", {"partie": "month:2025-03"})
    assert "mars 2025" in opened.content.decode()


def test_a_sign_that_no_database_takes_is_left_out_of_what_is_looked_for(everybody):
    client, _ = everybody
    for address in WORDS:
        assert client.get(f"{address}bou%00lan").status_code == 200, address
