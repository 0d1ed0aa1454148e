"""Many hands write in the ledger at once: nothing is counted twice, nothing is lost."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from etabli.acts import actions, queries
from etabli.acts.models import Act, Helped, Tally
from etabli.acts.queries import Measure, Selection

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


def test_one_source_sent_by_eight_phones_counts_once(record, firm):
    assert at_once(*[lambda: record("same", minutes=30, beneficiary=firm)] * 8) == 0
    assert Act.objects.count() == 1
    assert (Tally.objects.get().minutes, Helped.objects.get().acts) == (30, 1)


def test_eight_acts_of_one_key_are_all_in_the_roll_up(record, firm):
    works = [lambda number=number: record(str(number), minutes=10, beneficiary=firm) for number in range(8)]
    assert at_once(*works) == 0
    assert (Tally.objects.get().acts, Tally.objects.get().minutes, Helped.objects.get().acts) == (8, 80, 8)


def test_an_act_reversed_by_four_people_is_reversed_once(record, alice, firm):
    act = record("1", minutes=10, beneficiary=firm)
    assert at_once(*[lambda: actions.reverse(by=alice, act=act)] * 4) == 3
    assert queries.count(Selection(), Measure.MINUTES) == 0
    assert Helped.objects.count() == 0
