import pytest

from etabli.accounts.models import User


@pytest.fixture
def alice(db):
    return User.objects.create_user("alice@example.org", "long enough for alice", name="Alice")
