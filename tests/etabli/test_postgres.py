"""Every address answers on PostgreSQL too: pages are tested on SQLite, what they ask of the database on both."""

import pytest

from tests.etabli.matrix import ROWS
from tests.etabli.test_matrix import World, world  # noqa: F401 - a fixture

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.mark.parametrize("who", ["octave", "adele", "luc", "nobody"])
def test_no_address_breaks(world: World, who: str) -> None:  # noqa: F811 - a fixture
    broken = [name for name, row in ROWS.items() if world.fetch(row, who).status_code == 500]
    assert broken == []
