from datetime import date

import pytest

from etabli.accounts.models import Organisation, User
from etabli.acts import actions
from etabli.acts.actions import Entry
from etabli.acts.kinds import ActKind
from etabli.registry.models import Beneficiary

DAY = date(2018, 3, 1)


@pytest.fixture
def alice(db):
    return User.objects.create_user("alice@example.org", "long enough for alice", name="Alice")


@pytest.fixture
def chamber(db):
    return Organisation.objects.create(kind="chamber", name="CMA", short_name="CMA", siren="130020878")


@pytest.fixture
def firm(db):
    return Beneficiary.objects.create(kind="firm")


@pytest.fixture
def record(alice, chamber):
    """Record an act of the chamber: `record("1", minutes=30)`."""

    def write(number, kind=ActKind.VISIT, day=DAY, **more):
        entry = Entry(kind, day, chamber, f"test:{number}", adviser=alice, **more)
        return actions.record(by=alice, entry=entry)

    return write
