"""What several tests of objectives start from."""

from datetime import UTC, datetime

import pytest

from etabli.pacts.models import Convention
from etabli.pacts.workflow import State
from tests.etabli.cast import Cast
from tests.etabli.pacts import ground


@pytest.fixture
def june(time_machine) -> None:
    """A day in the first year of `project`."""
    time_machine.move_to(datetime(2025, 6, 3, 10, tzinfo=UTC))


@pytest.fixture
def project(june: None, cast: Cast) -> Convention:
    """A convention of the chamber alone, that is being written, over three years."""
    return ground.convention(cast.chamber, ground.LENS, slug="projet", years=(2025, 2027), state=State.DRAFT)
