"""Many hands write in the ledger at once: nothing is counted twice, nothing is lost."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from etabli.acts import actions, bundles, queries
from etabli.acts.kinds import Measure
from etabli.acts.models import Act, Bundle
from etabli.acts.queries import Selection

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*works):
    """Run each work in its thread, all starting together; returns how many were refused."""
    started, refused = threading.Barrier(len(works)), []

    def run(work):
        try:
            started.wait()
            work()
        except ValidationError as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(refused)


def totals():
    assert bundles.wrong() == []
    return queries.counts(Selection(), [Measure.ACTS, Measure.MINUTES, Measure.BENEFICIARIES])


def test_one_source_sent_by_eight_phones_counts_once(record, firm):
    assert at_once(*[lambda: record("same", minutes=30, beneficiary=firm)] * 8) == 0
    assert Act.objects.count() == 1
    assert totals() == {"acts": 1, "minutes": 30, "beneficiaries": 1}


def test_eight_acts_of_one_key_are_all_in_the_bundles(record, firm):
    works = [lambda number=number: record(str(number), minutes=10, beneficiary=firm) for number in range(8)]
    assert at_once(*works) == 0
    assert totals() == {"acts": 8, "minutes": 80, "beneficiaries": 1}


def test_a_writer_does_not_wait_for_another_one(record):
    record("0")
    with transaction.atomic():
        Bundle.objects.select_for_update().get()
        assert at_once(lambda: record("1")) == 0  # would wait for ever
    assert sorted(Bundle.objects.values_list("size", flat=True)) == [1, 1]
    assert totals()["acts"] == 2


def test_bundles_made_again_while_people_write_lose_nothing(record):
    for number in range(3):
        record(str(number))
    works = [lambda number=number: record(f"late:{number}") for number in range(6)]
    assert at_once(bundles.rebuild, *works, bundles.rebuild) == 0
    assert totals()["acts"] == 9


def test_an_act_reversed_by_four_people_is_reversed_once(record, alice, firm):
    act = record("1", minutes=10, beneficiary=firm)
    assert at_once(*[lambda: actions.reverse(by=alice, act=act)] * 4) == 3
    assert totals() == {"acts": 0, "minutes": 0, "beneficiaries": 0}
