"""The lists of pacts ask as much of the database for ten pacts that one left as for one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from etabli.pacts.models import Method, Party, PartyRole, Signature, Version
from etabli.papers.models import Document
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import LENS
from tests.etabli.pacts.test_left import seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
LAST = date(2025, 6, 30)


def left(cast, number, budget):
    """A pact signed by the two of them, that the partner left on a day of its own."""
    made = ground.convention(cast.chamber, LENS, years=(2024, 2026))
    last = LAST - timedelta(number)
    party = Party.objects.create(convention=made, organisation=cast.agglomeration, role=PartyRole.FUNDER, left_on=last)
    document = Document.objects.create(name="v.pdf", media_type="application/pdf", size=1, sha256="0" * 64, path="x")
    text = {
        "convention": {"starts_on": "2024-01-01", "ends_on": "2025-12-31", "budget": budget},
        "perimeter": {"name": "Lens", "as_of": "2024-01-01", "communes": [[LENS, "Lens"]]},
        "parties": [{"siren": cast.agglomeration.siren}],
    }
    version = Version.objects.create(
        convention=made, number=1, content=text, sha256="1" * 64, document=document, applies_from=made.starts_on,
        made_by=cast.octave,
    )  # fmt: skip
    Signature.objects.create(
        version=version, party=party, organisation=cast.agglomeration, method=Method.ELECTRONIC,
        signed_on=made.starts_on, recorded_by=cast.luc, name="Luc", version_sha256=version.sha256, seal="x",
    )  # fmt: skip
    ground.objective(ground.axis(made))
    return made


@pytest.mark.parametrize(
    ("address", "dated"), [("/pacte/", 10), ("/pacte/conventions/", 10), ("/pacte/comparaison/", 0)]
)
def test_a_list_asks_as_much_for_ten_pacts_left_as_for_one(client, cast, time_machine, address, dated):
    time_machine.move_to(datetime(2026, 9, 2, 10, tzinfo=UTC))
    asked = []
    for several in (range(1), range(1, 10)):
        for number in several:
            left(cast, number, budget=1_000_000)
        seen(client, cast.basile, address)
        with CaptureQueriesContext(connection) as queries:
            page = seen(client, cast.basile, address)
        asked.append(len(queries))
    assert asked[0] == asked[1], asked
    assert page.count("31 décembre 2025") == dated, "the dates of its last day"
    assert "31 décembre 2026" not in page
