"""Two people joining the same files at once."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from etabli.accounts.models import User
from etabli.registry import actions
from etabli.registry.models import Beneficiary, BeneficiaryMerge

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_files_joined_both_ways_at_once_make_no_ring():
    alice = User.objects.create_user("alice@example.org", "long enough for alice")
    a, b = (Beneficiary.objects.create(kind="firm") for _ in range(2))
    started, outcomes = threading.Barrier(2), []

    def join(kept, absorbed):
        try:
            with transaction.atomic():
                started.wait()
                actions.merge(by=alice, kept=kept, absorbed=absorbed, reason="essai")
                outcomes.append("joined")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=join, args=pair) for pair in ((a, b), (b, a))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["joined", "refused"]
    assert BeneficiaryMerge.objects.count() == 1
