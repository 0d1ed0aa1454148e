from datetime import date
from pathlib import Path

import pytest

from etabli.accounts import queries
from etabli.accounts.policies import Reader
from etabli.accounts.roles import Role
from tests.etabli.cast import Cast
from tests.etabli.pacts import ground

TODAY = date(2025, 3, 10)


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def pact(cast: Cast):
    """A signed convention of the chamber on Lens and Liévin, still running, with two axes."""
    made = ground.convention(cast.chamber, ground.LENS, ground.LIEVIN, years=(2024, 2040))
    ground.axis(made, "Numérique", themes=["numerique"])
    ground.axis(made, "Énergie", themes=["energie"])
    return made


@pytest.fixture
def reader(cast: Cast):
    """Somebody of the cast at work: `reader("alice")`."""

    def of(name: str) -> Reader:
        held = queries.memberships_of(cast.people[name])
        return Reader(cast.people[name], held[0].organisation, frozenset(Role(one.role) for one in held))

    return of


@pytest.fixture
def typed():
    """What the form of the diary sends: `typed(firm="…")`."""

    def fields(**more: object) -> dict[str, object]:
        plain = {
            "key": "3f2b8a52-0b8e-4b6e-9d3c-0a4f5f0f5a11", "firm": "", "commune": "", "axis": "", "kind": "visit_made",
            "minutes": "30", "other_minutes": "", "note": "", "day": TODAY.isoformat(),
        }  # fmt: skip
        return plain | more

    return fields
